"""Paragraphs and their digests. A digest proves which paragraph was read without repeating its text."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# Unicode's White_Space; Python's own notion of white space would add four control characters to it.
_SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

_FEW_MARKS = 128
"""The most combining marks that `normalize` orders at once; its time grows with the square of their number."""


def fold(line: str) -> str:
    """The line in NFC, with each run of white space replaced by one space and none at the ends."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", _in_order(line))).strip(" ")


def _in_order(line: str) -> str:
    """The same line, with long runs of combining marks decomposed and in canonical order; its NFC is the same."""
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
