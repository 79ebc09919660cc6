"""Deliberate failures; the command line catches the root and nothing wider."""

from __future__ import annotations


class ConflictDataError(Exception):
    """Root of every deliberate failure; its text is one sentence that a user can act on."""
