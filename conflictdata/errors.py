"""Deliberate failures; the command line catches the root and nothing wider."""

from __future__ import annotations


class ConflictDataError(Exception):
    """Root of every deliberate failure; its text is one sentence that a user can act on."""


class WrongArgument(ConflictDataError, TypeError):
    """A function was given a value of a type that cannot be meant; `wanted` says what it takes."""

    def __init__(self, wanted: str, given: object) -> None:
        super().__init__(f"{wanted}, not {type(given).__name__}")
        self.wanted = wanted
