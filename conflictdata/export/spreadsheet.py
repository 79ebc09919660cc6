"""Text that a spreadsheet would run as a formula, made harmless by an apostrophe, and made whole again."""

from __future__ import annotations

import re

from conflictdata.export.format import Option

_RUNS = "[-=+@\t\r＝＋－＠]"
# A program that splits at another separator than ours, or stumbles over a quote, begins a cell inside one of ours.
_SPLITS = '[",;|\t\r\n]'
_GUARDED = re.compile(rf"^(?=[ \u00a0']*+{_RUNS})|(?<={_SPLITS})(?='*+{_RUNS})")
_GUARDS = re.compile(rf"^'(?=[ \u00a0']*+{_RUNS})|(?<={_SPLITS})'(?='*+{_RUNS})")

SPREADSHEET_SAFE = Option(
    "spreadsheet_safe",
    "Put an apostrophe before text that a spreadsheet would run as a formula.",
    False,
    notice=(
        "spreadsheet-safe: in text columns an apostrophe stands before each =, +, -, @, tab or carriage return that"
        " begins a cell or follows a separator or a quotation mark; other columns are as they were"
    ),
)


def neutralised(text: str) -> str:
    """The text with an apostrophe before whatever in it could begin a formula."""
    return _GUARDED.sub("'", text)


def restored(text: str) -> str:
    """The text that `neutralised` was given."""
    return _GUARDS.sub("", text)
