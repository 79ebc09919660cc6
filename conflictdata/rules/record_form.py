"""Rules on the form of a record: the name and format of its file, and visible texts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

from conflictdata.canonical import JsonObject, lay_out
from conflictdata.findings import Code, Finding
from conflictdata.model import Record


def filed_under_own_id(file: str, record: Record, data: bytes) -> Iterator[Finding]:
    """A record's file name is its id, so that it can be found and no two files have the same id."""
    if os.path.basename(file) != f"{record.id}.json":  # noqa: PTH119  # a Path takes five times as long
        message = f"the file name does not match the id; rename the file to {record.id}.json, or correct the id"
        yield Finding(file, "/id", Code.WRONG_FILE_NAME, message)


def in_canonical_format(file: str, record: Record, data: bytes) -> Iterator[Finding]:
    """In canonical format, two versions of a file differ only in their content."""
    if data != lay_out(record.to_object()):
        message = "the file is not in canonical format; run `conflictdata format`"
        yield Finding(file, "", Code.NOT_CANONICAL, message)


# What the schema lets a text begin with where nothing in it is seen, and what stands for a letter that was lost.
_SUSPECT = re.compile(
    "[\u2800\ufe00-\ufe0f\ufff0-\ufffd\U00013430-\U00013442\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a]"
)
_LEADS_OF_SUSPECTS = (b"\xe2\xa0", b"\xef", b"\xf0")
"""The first bytes of all of these in UTF-8."""
# Controls, spaces and what has no shape of its own: hyphens and joiners, marks of direction, fillers, selectors of
# variants, tags, the blank Braille pattern, and what only steers musical, shorthand and hieroglyphic writing.
_SEEN = re.compile(
    "[^\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U00013442\U00016fe4\U0001bca0-\U0001bca3"
    "\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def may_hide_text(data: bytes) -> bool:
    """Whether a JSON document may contain an invisible text; most cannot, and need no further check."""
    if b"\\" in data and b"\\u" in data:  # the search for one byte takes a tenth of that for two
        return True
    if data.isascii():
        return False
    # A search for bytes takes a twentieth of the time of one for characters.
    suspect = any(lead in data for lead in _LEADS_OF_SUSPECTS) and _SUSPECT.search(data.decode())
    return bool(suspect)


def texts_can_be_seen(file: str, obj: JsonObject) -> Iterator[Finding]:
    """A text must have a visible character; the schema's patterns exclude only the most common invisible ones."""
    for pointer, text in _texts(obj, ""):
        if not _SEEN.search(text):
            from conflictdata.schema.messages import NOTHING_VISIBLE

            yield Finding(file, pointer, Code.EMPTY_STRING, NOTHING_VISIBLE)
        elif "\ufffd" in text:
            message = "the text holds U+FFFD, which stands for a letter that was lost; put the letter back"
            yield Finding(file, pointer, Code.REPLACEMENT_CHARACTER, message)


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Every text in a record, by its pointer."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict | list):
        for step, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(member, f"{pointer}/{step}")
