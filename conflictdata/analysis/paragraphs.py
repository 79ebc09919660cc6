"""Paragraphs and their digests: what proves that a paragraph is the one that was read, without repeating its text."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# Unicode's White_Space; Python's own notion of white space would add four control characters to it.
_SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

_FEW_MARKS = 128
"""How many characters may need to be put in order at once: `normalize` takes the square of their number in time."""


def fold(line: str) -> str:
    """The line in NFC with each run of white space as one space, none at its ends."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", _in_order(line))).strip(" ")


def _in_order(line: str) -> str:
    """The line, which has the same NFC, with long runs of combining marks taken apart and in canonical order."""
    if line.isascii() or len(line) <= _FEW_MARKS:
        return line
    apart = line.translate({ord(one): unicodedata.normalize("NFD", one) for one in set(line)})
    marks = re.escape("".join(one for one in set(apart) if unicodedata.combining(one)))
    long_run = re.compile(f"[{marks}]{{{_FEW_MARKS},}}") if marks else None
    if long_run is None or not long_run.search(apart):
        return line
    return long_run.sub(lambda run: "".join(sorted(run[0], key=unicodedata.combining)), apart)


def paragraphs(text: str) -> tuple[str, ...]:
    """The folded paragraphs of a text, split at line feeds alone; empty ones are left out, the first is number 1."""
    return tuple(folded for line in text.split("\n") if (folded := fold(line)))


def digest(paragraph: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the folded paragraph in UTF-8."""
    return hashlib.sha256(fold(paragraph).encode("utf-8")).hexdigest()[:16]
