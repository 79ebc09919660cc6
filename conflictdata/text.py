"""Text that is shown to a user: quoted, short, and printable."""

from __future__ import annotations

from pathlib import Path

MOST_SHOWN = 80
"""The most characters of a value that a message repeats."""


def quote(text: str) -> str:
    """Text in double quotation marks, cut short, with an escape for each character that a terminal would not show."""
    cut = text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 3] + "..."
    return '"' + "".join(c if c.isprintable() else f"\\u{{{ord(c):04X}}}" for c in cut) + '"'


def named(path: Path) -> str:
    """The path as it was given, with what no text can hold as escapes."""
    return str(path).encode(errors="backslashreplace").decode()
