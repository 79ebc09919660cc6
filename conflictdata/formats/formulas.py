"""Text that a spreadsheet would run as a formula, made harmless by an apostrophe, and made whole again."""

from __future__ import annotations

import re

_RUNS = "[-=+@\t\r＝＋－＠]"
# A program that splits at another separator than ours, or stumbles over a quote, begins a cell inside one of ours.
_SPLITS = '[",;|\t\r\n]'
_BEFORE = "[ \u00a0\u3000']*+"  # what a spreadsheet passes over, and apostrophes that are there already
_GUARDED = re.compile(rf"(?:^|(?<={_SPLITS}))(?={_BEFORE}{_RUNS})")
_GUARDS = re.compile(rf"(?:^|(?<={_SPLITS}))'(?={_BEFORE}{_RUNS})")


def escape_formulas(text: str) -> str:
    """The text with an apostrophe before whatever in it could begin a formula."""
    return _GUARDED.sub("'", text)


def unescape_formulas(text: str) -> str:
    """The text that `neutralised` was given."""
    return _GUARDS.sub("", text)
