"""Deliberate failures; the command line catches the root and nothing wider."""

from __future__ import annotations


class ConflictDataError(Exception):
    """Root of every deliberate failure; its text is one sentence that a user can act on."""


def quoted(text: str) -> str:
    """Text that a user gave, in quotation marks, so much of it as a sentence bears."""
    return repr(text if len(text) <= 80 else f"{text[:77]}...")


class WrongArgument(ConflictDataError, TypeError):
    """A function was given a value of a type that cannot be meant; `wanted` says what it takes."""

    def __init__(self, wanted: str, given: object) -> None:
        super().__init__(f"{wanted}, not {type(given).__name__}")
        self.wanted = wanted
