"""Text that is shown to a user: quoted, short, and printable."""

from __future__ import annotations

from pathlib import Path


def quote(text: str) -> str:
    """Text that a user gave, in quotation marks, so much of it as a sentence bears."""
    return repr(text if len(text) <= 80 else f"{text[:77]}...")


def named(path: Path) -> str:
    """The path as it was given, with what no text can hold as escapes."""
    return str(path).encode(errors="backslashreplace").decode()
