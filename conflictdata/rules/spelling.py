"""Rules on the file that holds a record: its name and its spelling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from conflictdata.canonical import MAX_DATASET_BYTES, dump
from conflictdata.findings import Code, Finding
from conflictdata.model import Record


def filed_under_own_id(file: str, record: Record, data: bytes) -> Iterator[Finding]:
    """Whoever knows a record's id knows its file, and no two files hold one id."""
    if PurePath(file).name != f"{record.id}.json":
        yield Finding(file, "/id", Code.WRONG_FILE_NAME, f"the file of {record.id} is called {record.id}.json")


def spelled_in_one_way(file: str, record: Record, data: bytes) -> Iterator[Finding]:
    """With one spelling, two versions of a file differ only where what they say differs."""
    if data != dump(record.to_object(), max_bytes=MAX_DATASET_BYTES):
        told = "the file is not in the one spelling; `conflictdata format` rewrites it"
        yield Finding(file, "", Code.NOT_CANONICAL, told)
