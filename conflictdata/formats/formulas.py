"""Formulas in text escaped for spreadsheets by an apostrophe, and unescaped again."""

from __future__ import annotations

import re

_RUNS = "[-=+@\t\r＝＋－＠]"
# A program that uses another separator, or misreads a quotation mark, may begin a cell inside one of ours.
_SPLITS = '[",;|\t\r\n]'
_BEFORE = "[ \u00a0\u3000']*+"  # what a spreadsheet ignores, and existing apostrophes
_GUARDED = re.compile(rf"(?:^|(?<={_SPLITS}))(?={_BEFORE}{_RUNS})")
_GUARDS = re.compile(rf"(?:^|(?<={_SPLITS}))'(?={_BEFORE}{_RUNS})")


def escape_formulas(text: str) -> str:
    """The text with an apostrophe before everything that could begin a formula."""
    return _GUARDED.sub("'", text)


def unescape_formulas(text: str) -> str:
    """The text that was given to `escape_formulas`."""
    return _GUARDS.sub("", text)
