"""CSV that is opened in a spreadsheet: the options for it, and formulas in text made harmless by an apostrophe."""

from __future__ import annotations

import re

from conflictdata.formats.interface import Option

BOM = Option("bom", "Begin with a byte order mark, by which Excel knows that the file is UTF-8.", False)

SPREADSHEET_SAFE = Option(
    "spreadsheet_safe",
    "Put an apostrophe before text that a spreadsheet would run as a formula.",
    False,
    notice=(
        "spreadsheet-safe: in text columns an apostrophe is put before each =, +, -, @, tab or carriage return that"
        " begins a cell, or that follows a separator, a quotation mark or spaces; other columns are unchanged"
    ),
)

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
