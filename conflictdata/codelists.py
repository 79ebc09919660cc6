"""The codelists of `schema/codelists/` as plain rows: what each code means and what it maps to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from conflictdata.errors import InvalidValue, WrongArgument
from conflictdata.resources import is_carried, list_files, read_text
from conflictdata.text import quote

FOLDER = "schema/codelists"
"""Where the codelists are."""

_TABLES = f"{FOLDER}/number-words"

Bounds = tuple[int | None, int | None]
"""The smallest and the largest number that words can mean; None is an open end."""


def codelist_names() -> tuple[str, ...]:
    """The names of the codelists, in order."""
    return tuple(name.removesuffix(".csv") for name in list_files(FOLDER, ".csv"))


@cache
def codelist(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `codelists/NAME.csv`, in the file's order; an empty cell is an empty string."""
    return _rows(f"{FOLDER}/{name}.csv")


@cache
def codes(name: str) -> tuple[str, ...]:
    """The codes of a codelist, in the file's order."""
    return tuple(row["code"] for row in codelist(name))


def number_words(table: str = "default") -> Mapping[str, Bounds]:
    """The ranges of vague words in a table, named with its version (`default-1`) or without (`default`, the latest)."""
    return _number_words(word_table(table))


def words_range(stated: str, table: str = "default") -> Bounds:
    """The range of number words in a document, by a table; `(None, None)` if the table has none of the words.

    The counted thing may follow the words: `dozens` is also found in "Dozens of fighters" and "dozens more".
    """
    text = stated.casefold()
    for words, bounds in _longest_first(word_table(table)):
        begins = text.startswith(f"{words} ") and not _NUMBERS.intersection(text[len(words) :].split())
        if begins or text in (words, words.removesuffix(" of")):
            return bounds
    return None, None


_NUMBERS = frozenset({"dozen", "dozens", "score", "scores", "hundred", "hundreds", "thousand", "thousands", "million"})
"""Words that multiply the one before them: `several dozen`, `tens of thousands`."""


@cache
def _number_words(table: str) -> Mapping[str, Bounds]:
    rows = _rows(f"{_TABLES}/{table}.csv")
    return MappingProxyType({row["words"]: (_number(row["low"]), _number(row["high"])) for row in rows})


@cache
def _longest_first(table: str) -> list[tuple[str, Bounds]]:
    return sorted(_number_words(table).items(), key=lambda row: -len(row[0]))


def word_table(table: str) -> str:
    """The full name, with the version, of the table with that name; else `InvalidValue`."""
    if not isinstance(table, str):
        raise WrongArgument("the name of a table of number words is text", table)
    return _word_table(table)


@cache
def _word_table(table: str) -> str:
    versions: dict[str, int] = {}
    for file in list_files(_TABLES, ".csv"):
        name, _, version = file.removesuffix(".csv").rpartition("-")
        versions[name] = max(versions.get(name, 0), int(version))
    if table in versions:
        return f"{table}-{versions[table]}"
    if re.fullmatch(r"[a-z]+-[0-9]+", table) and is_carried(f"{_TABLES}/{table}.csv"):
        return table
    known = ", ".join(sorted(versions))
    raise InvalidValue(f"there is no table of number words {quote(table)}; choose from {known}")


def _rows(path: str) -> tuple[Mapping[str, str], ...]:
    import csv
    import io

    return tuple(MappingProxyType(row) for row in csv.DictReader(io.StringIO(read_text(path), newline=""), strict=True))


def _number(cell: str) -> int | None:
    return int(cell) if cell else None
