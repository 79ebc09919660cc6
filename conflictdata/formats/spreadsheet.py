"""The choices that formats of CSV offer to those who open them in a spreadsheet."""

from __future__ import annotations

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
