"""Text for messages, and text folded for comparison."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST_SHOWN = 80
"""The most characters of a value that a message repeats."""

_APOSTROPHES = frozenset("'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2018\u2019\u201a\u201b\u2032\u0640")
"""Apostrophes, signs for the Arabic letters hamza and ain, and the tatweel, which only lengthens an Arabic word."""


def quote(text: str) -> str:
    """Text in double quotation marks, shortened, with non-printable characters escaped."""
    cut = text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 3] + "..."
    return '"' + "".join(c if c.isprintable() else f"\\u{{{ord(c):04X}}}" for c in cut) + '"'


def named(path: Path) -> str:
    """The path as text, with bytes that are not text escaped."""
    return str(path).encode(errors="backslashreplace").decode()


def spell_cell(value: object) -> str:
    """The value of a cell as text in CSV: unknown is empty, days are ISO, booleans are `true` or `false`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def spell_range(low: float | None, high: float | None) -> str:
    """A range in a few characters: `12`, `12-20`, `12 or more`, `up to 20`, `no number`; None is an open end."""
    match low, high:
        case None, None:
            return "no number"
        case _, None:
            return f"{low} or more"
        case None, _:
            return f"up to {high}"
        case _:
            return str(low) if low == high else f"{low}-{high}"


def and_list(words: Iterable[str]) -> str:
    """Words as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def truncate_line(text: str, length: int) -> str:
    """The first line of a text, with dots if something was left out."""
    line = text.partition("\n")[0]
    return f"{line[: length - 3]}..." if len(line) > length or len(line) < len(text) else line


def fold_text(text: str) -> str:
    """Text folded for comparison: words in lower case, without diacritics and apostrophes, one space between words.

    Composed, decomposed and full-width characters become the same; hyphens and other punctuation become spaces.
    """
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_FOLDED)
    return " ".join(folded.split()) or text  # a text of punctuation alone equals only itself


class _Folded(dict[int, str]):
    """Characters by number, as `fold_text` writes them; each is looked up in Unicode once."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        category = unicodedata.category(character)
        if character in _APOSTROPHES or category in ("Mn", "Cf"):
            self[number] = ""
        else:
            self[number] = character if category[0] in "LNMS" else " "
        return self[number]


_FOLDED = _Folded()


def without_password(text: str) -> str:
    """The text with user name and password removed from each web address in it."""
    return re.sub(r"(?<=://)(?:[^\s/@]*:[^\s]*|[^\s/@]*)@", "", text)
