"""Rules on the form of a record: the name and spelling of its file, and texts that can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from conflictdata.canonical import MAX_DATASET_BYTES
from conflictdata.canonical.dump import dump
from conflictdata.findings import Code, Finding
from conflictdata.model import Record
from conflictdata.schema.messages import NOTHING_VISIBLE


def filed_under_own_id(file: str, record: Record, data: bytes) -> Iterator[Finding]:
    """Whoever knows a record's id knows its file, and no two files hold one id."""
    if PurePath(file).name != f"{record.id}.json":
        yield Finding(
            file,
            "/id",
            Code.WRONG_FILE_NAME,
            f"the file name does not match the id; rename the file to {record.id}.json, or correct the id",
        )


def spelled_in_one_way(file: str, record: Record, data: bytes) -> Iterator[Finding]:
    """With one spelling, two versions of a file differ only where what they say differs."""
    if data != dump(record.to_object(), max_bytes=MAX_DATASET_BYTES):
        told = "the file is not in canonical format; run `conflictdata format`"
        yield Finding(file, "", Code.NOT_CANONICAL, told)


# What the schema lets a text begin with; a text in which nothing is seen begins with one of these.
_SUSPECT = re.compile(
    "[\u2800\ufe00-\ufe0f\ufff0-\ufffb\U00013430-\U00013442\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a]"
)
# Controls, spaces and what has no shape of its own: hyphens and joiners, marks of direction, fillers, selectors of
# variants, tags, the blank Braille pattern, and what only steers musical, shorthand and hieroglyphic writing.
_SEEN = re.compile(
    "[^\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U00013442\U00016fe4\U0001bca0-\U0001bca3"
    "\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def texts_can_be_seen(file: str, record: Record) -> Iterator[Finding]:
    """What nobody can see says nothing; the schema's patterns know only the commonest of such characters."""
    whole = record.model_dump_json()
    if whole.isascii() or not _SUSPECT.search(whole):  # as nearly all, which then need not be taken apart
        return
    for pointer, text in _texts(record.to_object(), ""):
        if not _SEEN.search(text):
            yield Finding(file, pointer, Code.EMPTY_STRING, NOTHING_VISIBLE)


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Every text in a record, by its pointer."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict | list):
        for step, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(member, f"{pointer}/{step}")
