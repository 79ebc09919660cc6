"""Damage: valid JSON changed a little in structure, type, value, text or Unicode, as careless hands change it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from conflictdata.schema.documents import hand_written, schema

Json = Any
Path = tuple[str | int, ...]

TRAPS: tuple[Json, ...] = (
    None, True, False, 0, 1, -1, 9, 1.5, -0.5, 10_000_000, 10_000_001, 2**53, "", " ", "0", "1", "12", "null", "true",
    [], {}, [[]], [None], {"": ""}, "2016-02-29", "2015-02-29", "1900-02-29", "2000-02-29", "2016-13-01",
    "2016-00-10", "2016-04-31", "2016-2-9", "20160209", "2016-W06-5", "09/02/2016", "2016-02-09\n", "\n2016-02-09",
    "2016-02-09T00:00:00Z", "0000-01-01", "1899-12-31", "2100-01-01", "1454976000", "con", "com1", "con-1", "nul",
    "a-", "-a", "a--b", "A", "a\n", "a_b", "CD-1", "CD-0001", "CD-00001", "CD-0001\n", "CD-0001#c1", "CD-0001#c0",
    "cd-0001", "c0", "c1", "c01", "c10000", "r1", "http://example.com", "ftp://example.com", "https://",
    "https://ex ample", "javascript:alert(1)", "en", "EN", "en-US\n", "SYR", "syr", "XXX", "\u0661\u0662",
    "\uff11\uff12", "x" * 40, "x" * 41, "x" * 60, "x" * 61, "x" * 200, "x" * 201, "x" * 20_000, "x" * 20_001,
    "0" * 16, "0" * 15, "0" * 64, "F" * 64, "a\u0300" * 100, "a/b", "../a", "a.", ".a", "a.txt",
)  # fmt: skip
"""Values that a definition may or may not allow, for each of which somebody somewhere was wrong."""

CHARACTERS = (
    *" \t\n\r\0\x0b\x1b\x7f\x85\xa0\xad\\\"'<>&%{}#/.,;:=+-@_|~`^$*?!()[]Aa0z9",
    *"\u0130\u0131\u017f\u212a\u00df\u0301\u034f\u061c\u0660\u06f0\u115f\u1680\u17b4\u180e\u2000\u200b\u200c\u200d\u200e",
    *"\u200f\u2028\u2029\u202a\u202e\u202f\u205f\u2060\u2066\u2069\u206a\u3000\u3164\ue000\uf8ff\ufdd0\ufeff\uff10\uff1d",
    *"\uffa0\ufffc\ufffd\ufffe\uffff\U00010348\U0001f600\U0001fffe\U0002ffff\U0003fffd\U0003fffe\U000e0041\U000f0000\U0010ffff",
)  # fmt: skip
LENGTHS = (16, 40, 60, 64, 80, 120, 160, 200, 500, 600, 1000, 2000, 4000, 20_000)


Operation = Callable[[Any, Any, random.Random, list[Json]], None]


def damage(value: Json, rng: random.Random, donor: Json = None) -> Json:
    """A damaged copy of `value`; parts of `donor`, by default of `value` itself, may be grafted into it."""
    whole = [json.loads(json.dumps(value))]
    donors = [part for _, part in _places([value if donor is None else donor])]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        path = rng.choice([path for path, _ in _places(whole)] or [(0,)])
        holder: Json = whole
        for step in path[:-1]:
            holder = holder[step]
        if len(holder) > 0:
            rng.choice(_fitting(holder[path[-1]]))(holder, path[-1], rng, donors)
    return whole[0] if whole else None


def _places(value: Json, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in members:
        yield (*path, step), member
        yield from _places(member, (*path, step))


def _fitting(value: Json) -> tuple[Operation, ...]:
    if isinstance(value, str):
        return _ANY + _TEXT * 3
    if isinstance(value, dict):
        return _ANY + _OBJECT * 3
    if isinstance(value, list):
        return _ANY + _LIST * 3
    return _ANY + _NUMBER * 3


def _delete(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    del holder[key]


def _trap(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    holder[key] = copied(rng.choice(TRAPS))


def _graft(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    holder[key] = copied(rng.choice(donors))


def _wrap(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    holder[key] = rng.choice(([holder[key]], {"value": holder[key]}, str(holder[key])[:100]))


def _unwrap(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    inside = [*holder[key].values()] if isinstance(holder[key], dict) else holder[key]
    holder[key] = rng.choice(inside) if inside else None


def _drop_member(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    if holder[key]:
        del holder[key][rng.choice([*holder[key]])]


def _add_member(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    holder[key][rng.choice(MEMBERS)] = copied(rng.choice((*donors, *TRAPS)))


def _rename_member(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    if holder[key]:
        name = rng.choice([*holder[key]])
        named = {"new": name}
        rng.choice(_TEXT)(named, "new", rng, donors)
        holder[key][named["new"]] = holder[key].pop(name)


def _exchange_members(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    if len(holder[key]) > 1:
        one, other = rng.sample([*holder[key]], 2)
        holder[key][one], holder[key][other] = holder[key][other], holder[key][one]


def _repeat_item(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    if holder[key]:
        holder[key] += [copied(rng.choice(holder[key]))] * rng.choice((1, 1, 1, 9, 25, 60))


def _add_item(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    holder[key].insert(rng.randrange(len(holder[key]) + 1), copied(rng.choice((*donors, *TRAPS))))


def _shuffle(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    rng.shuffle(holder[key])


def _empty(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    holder[key].clear()


def _arithmetic(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    number = holder[key] or 0
    holder[key] = rng.choice((number + 1, number - 1, -number, number * 10, number * 1000, number + 0.5, bool(number)))
    if isinstance(holder[key], float) and holder[key].is_integer():  # the gate knows one spelling of a whole number
        holder[key] = int(holder[key])


def _insert_character(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    text = holder[key]
    at = rng.choice((0, len(text), rng.randrange(len(text) + 1)))
    holder[key] = text[:at] + rng.choice(CHARACTERS) * rng.choice((1, 1, 1, 2, 50)) + text[at:]


def _replace_character(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    text = holder[key]
    if text:
        at = rng.randrange(len(text))
        holder[key] = text[:at] + rng.choice(CHARACTERS) + text[at + 1 :]


def _cut(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    holder[key] = holder[key][: rng.randrange(len(holder[key]) + 1)]


def _stretch(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    holder[key] = holder[key].ljust(rng.choice(LENGTHS) + rng.choice((-1, 0, 1)), rng.choice("x0a\U00010348"))


def _change_case(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    holder[key] = rng.choice((str.upper, str.lower, str.title, str.swapcase))(holder[key])


def _other_code(holder: Any, key: Any, rng: random.Random, donors: list[Json]) -> None:
    holder[key] = rng.choice(CODES)


def copied(value: Json) -> Json:
    """A copy of a JSON value that shares nothing with it."""
    if isinstance(value, dict):
        return {name: copied(member) for name, member in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value


def _found(keyword: str) -> Iterator[Any]:
    stack: list[Json] = [schema(name) for name in hand_written()]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            yield from [part[keyword]] if keyword in part else []
            stack += part.values()
        elif isinstance(part, list):
            stack += part


MEMBERS = sorted(
    {name for members in _found("properties") for name in members} | {"", "x", "__proto__", "$ref", "Title "}
)
"""Every member that any schema knows, and some that none does."""
CODES = sorted({code for codes in _found("enum") for code in codes if isinstance(code, str)})
"""Every code of every codelist."""

_ANY: tuple[Operation, ...] = (_delete, _trap, _graft, _wrap)
_OBJECT: tuple[Operation, ...] = (_unwrap, _drop_member, _add_member, _rename_member, _exchange_members, _empty)
_LIST: tuple[Operation, ...] = (_unwrap, _repeat_item, _add_item, _shuffle, _empty)
_NUMBER: tuple[Operation, ...] = (_arithmetic,)
_TEXT: tuple[Operation, ...] = (
    _insert_character, _replace_character, _cut, _stretch, _change_case, _other_code,
)  # fmt: skip
