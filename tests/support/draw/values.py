"""Texts, ids, days and codes: the values that records are made of."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from hypothesis import strategies as st

from conflictdata.schema.documents import schema

Json = Any
Strategy = st.SearchStrategy[Any]

HOSTILE = (
    *(
        '"',
        "'",
        ",",
        ";",
        "\\",
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "%s",
        "{0}",
        "$HOME",
        "<b>",
        "</script>",
        "|",
        "`",
        "--",
    ),
    *(
        "e\u0301",
        "a" + "\u0300" * 9,
        "\u05e9\u05dc\u05d5\u05dd",
        "\u0627\u0644\u0631\u0642\u0629",
        "\u0645\u06cc\u200c\u062e",
    ),
    *("\U00010348", "\U0001f1f8\U0001f1fe", "\ufb03", "\u0130", "\u00df", "\uff1d1", "x\u00a0y", "a  b"),
    *("NULL", "NA", "1E5", "Mar-24", "007", "true"),
)
"""What breaks careless writers and readers, and yet may stand in a line."""
IN_TEXT = ("\n", "\n\n", "x\u2028y", "x\u2029y", "x\u200by", "soft\u00adhyphen", "\n=cmd()", "\n- ")
"""The same, for text of more than one line."""


def schema_at(name: str, *path: str | int) -> Json:
    """The piece of a schema at a path of keys."""
    part: Json = schema(name)
    for step in path:
        part = part[step]
    return part


@cache
def code(definition: str, *, but: tuple[str, ...] = ()) -> Strategy:
    """One of the codes that a definition allows, as the schema file has them."""
    return st.sampled_from([code for code in schema_at("definitions", "$defs", definition, "enum") if code not in but])


def record(required: dict[str, Strategy], **optional: Strategy) -> Strategy:
    """An object with all of the required members and any of the optional; a trailing low line is not in the name."""
    return st.fixed_dictionaries(required, optional={name.rstrip("_"): value for name, value in optional.items()})


def spelled(value: Json) -> str:
    """JSON text that differs where values differ, 1 from 1.0 and from true, whatever the order of members."""
    return json.dumps(value, sort_keys=True)


@lru_cache(1024)
def several(items: Strategy, most: int = 3) -> Strategy:
    """A list of one item or a few, all different."""
    return st.lists(items, min_size=1, max_size=most, unique=True)


_LINE = re.compile(schema_at("definitions", "$defs", "line", "pattern"))
_VISIBLE = st.characters(codec="utf-8", exclude_categories=("C", "Z"), max_codepoint=0x3FFFD).filter(_LINE.search)


def _written(pieces: Sequence[str], limit: int) -> Strategy:
    plain = st.text(_VISIBLE, min_size=1, max_size=8)
    parts = st.lists(plain | st.sampled_from(pieces) | st.just(" "), max_size=6).map("".join)
    return (
        st.builds(lambda first, middle, last: (first + middle)[: limit - 1] + last, _VISIBLE, parts, _VISIBLE) | plain
    )


@cache
def lines(limit: int = 200) -> Strategy:
    """Text on one line."""
    return _written(HOSTILE, limit)


@cache
def texts(limit: int = 20_000) -> Strategy:
    """Text that may have line feeds and line separators in it."""
    return _written(HOSTILE + IN_TEXT, limit)


_LETTERS, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"


@cache
def slugs() -> Strategy:
    """Ids in words, as short as a letter and as long as is allowed."""
    reserved = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]")
    rest = st.text(_LETTERS + _DIGITS + "-", max_size=12)
    short = st.builds(lambda first, rest: re.sub("-+", "-", first + rest).rstrip("-"), st.sampled_from(_LETTERS), rest)
    return (short | st.just("a1" + "-1" * 29)).filter(lambda slug: not reserved.fullmatch(slug))


@cache
def event_ids() -> Strategy:
    """Event ids of four to seven digits."""
    return st.integers(0, 9_999_999).map("CD-{:04d}".format)


@cache
def numbered(letter: str) -> Strategy:
    """Ids within a record, such as c1."""
    return st.integers(1, 9999).map(f"{letter}{{}}".format)


@cache
def claim_refs() -> Strategy:
    """Addresses of claims."""
    return st.builds("{}#{}".format, event_ids(), numbered("c"))


@cache
def languages() -> Strategy:
    """Language tags."""
    return st.sampled_from(["en", "ar", "ckb", "es", "zh-Hant", "pt-BR", "sr-Latn-RS"])


@cache
def country_codes() -> Strategy:
    """Codes of the form of a country's."""
    return st.text(_LETTERS.upper(), min_size=3, max_size=3)


@cache
def urls() -> Strategy:
    """Web addresses."""
    host = st.text(_LETTERS, min_size=1, max_size=9)
    path = st.text(_LETTERS + _LETTERS.upper() + _DIGITS + "._~:/?#@!$&'()*+,;=%-", max_size=20)
    scheme = st.sampled_from(["https", "http"])
    home = st.builds("{}://{}.example".format, scheme, host)
    return home | st.builds("{}/{}".format, home, path)


@cache
def file_names() -> Strategy:
    """Names of files."""
    plain = _LETTERS + _LETTERS.upper() + _DIGITS
    end = st.sampled_from(plain)
    return st.builds("{}{}{}".format, end, st.text(plain + "._-", max_size=20), end) | end


FIRST, LAST = "1900-01-01", "2099-12-31"


@cache
def dates(first: str = FIRST, last: str = LAST) -> Strategy:
    """Days as text."""
    return st.dates(dt.date.fromisoformat(first), dt.date.fromisoformat(last)).map(dt.date.isoformat)


@cache
def ends(first: str = FIRST, last: str = LAST, widest: int = 40) -> Strategy:
    """Windows of at most so many days, in order, of which one end may be open."""

    def between(start: str, length: int, shape: str) -> dict[str, str]:
        end = min((dt.date.fromisoformat(start) + dt.timedelta(length)).isoformat(), last)
        return {name: day for name, day in (("earliest", start), ("latest", end)) if shape in (name, "both")}

    shape = st.sampled_from(["both", "both", "earliest", "latest"])
    return st.builds(between, dates(first, last), st.integers(0, widest), shape)


@cache
def days(first: str = FIRST, last: str = LAST) -> Strategy:
    """Windows of days, with their reasoning or without."""
    return st.builds(lambda window, basis: window | basis, ends(first, last), record({}, basis=texts(1000)))


@cache
def whens(first: str = FIRST, last: str = LAST, *, basis: bool = False, widest: int = 30) -> Strategy:
    """Both shapes of time: within a window, or lasting from one window to another."""
    reasoning = record({"basis": texts(1000)}) if basis else record({}, basis=texts(1000))
    started, ended = ends(first, "2015-06-15", widest // 2), ends("2015-08-01", last, widest)
    lasting = record({"started": started}) | record({"ended": ended}) | record({"started": started, "ended": ended})
    return st.builds(lambda shape, why: shape | why, ends(first, last, widest) | lasting, reasoning)


@cache
def names() -> Strategy:
    """Names as documents spell them."""
    return record({"text": lines(120), "kind": code("name_kind")}, language=languages(), sources=several(slugs()))


@cache
def withdrawals(replacements: Strategy) -> Strategy:
    """Tombstones."""
    return record({"reason": texts(1000)}, replaced_by=several(replacements))


@cache
def overrides() -> Strategy:
    """Grades that stand instead of the computed ones."""
    return record({"grade": code("grade"), "reason": texts(1000)})


@cache
def degrees(low: float, high: float) -> Strategy:
    """Degrees of at most four decimals, whole ones without a point."""
    number = st.integers(int(low * 10_000) + 1, int(high * 10_000) - 1)
    return number.map(lambda tenthousandths: _plain(tenthousandths / 10_000))


def _plain(number: float) -> float | int:
    return int(number) if number.is_integer() else number


@cache
def points(south: float = -90, north: float = 90, west: float = -180, east: float = 180) -> Strategy:
    """Points in a box."""
    where = {"lat": degrees(south, north), "lon": degrees(west, east), "radius_m": st.integers(1, 1_000_000)}
    column, row = st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ"), st.sampled_from("ABCDEFGHJKLMNPQRSTUV")
    grid = st.builds("37S{}{}{:04}".format, column, row, st.integers(0, 9999))
    return record(where | {"source": texts(500), "standing": code("point_standing")}, mgrs=grid)
