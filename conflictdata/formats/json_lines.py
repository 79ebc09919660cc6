"""JSON Lines: events are written, and records of any kind are validated one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from conflictdata.canonical import dump_line, split_lines
from conflictdata.findings import Code, Finding, limited, unreadable
from conflictdata.formats.interface import FileFormat
from conflictdata.model import Event, Record, Records
from conflictdata.text import named
from conflictdata.validation import validate_bytes

_MOST_EVENTS = 10_000_000
"""An event's id has at most seven digits."""


def validate_lines(stream: BinaryIO, file: str, *, fast: bool | None = None) -> Iterator[Finding]:
    """The findings of each record, and every repeated id; rules between records are not applied.

    After MAX_FINDINGS errors, or as many warnings, reading ends. A file without a line is a fault, because one that was
    cut off at once looks the same.
    """
    return limited(_faults(stream, file, fast), file)


def _faults(stream: BinaryIO, file: str, fast: bool | None) -> Iterator[Finding]:
    seen = _Seen()
    number = 0
    for number, text in split_lines(stream, file):
        if isinstance(text, Finding):
            yield text
            continue
        line = f"{file}:{number}"
        record, findings = validate_bytes(text, line, line=number, fast=fast)
        yield from findings
        if record is not None and not seen.add(record):
            message = f"{record.id} is also the id of a record on an earlier line; change or delete one of them"
            yield Finding(line, "/id", Code.DUPLICATE_ID, message)
    if not number:
        yield Finding(file, "", Code.EMPTY_INPUT, "the input is empty; expected one record per line", 0)


def validate_lines_of(path: Path) -> Iterator[Finding]:
    """The findings of the records in a file of JSON Lines."""
    try:
        if path.exists() and not path.is_file():  # opening a pipe could block
            yield unreadable(named(path), "it is not a regular file", "give a regular file")
            return
        stream = path.open("rb")
    except OSError as error:
        yield unreadable(named(path), error.strerror or str(error))
        return
    with stream:
        yield from validate_lines(stream, named(path))


class _Seen:
    """The ids read so far.

    Those of events are one bit each, about a megabyte for all possible ids; the others are few.
    """

    def __init__(self) -> None:
        self._events = bytearray(_MOST_EVENTS // 8)
        self._others: set[tuple[type[Record], str]] = set()

    def add(self, record: Record) -> bool:
        """Whether the id is new."""
        if isinstance(record, Event):
            place, bit = divmod(int(record.id.removeprefix("CD-")), 8)
            new = not self._events[place] >> bit & 1
            self._events[place] |= 1 << bit
            return new
        before = len(self._others)
        self._others.add((type(record), record.id))
        return len(self._others) > before


def lines(records: Records, events: tuple[Event, ...] | None = None) -> Iterator[bytes]:
    """Each event as one line of JSON."""
    for event in records.events if events is None else events:
        yield dump_line(event.to_object())


JSON_LINES = FileFormat(
    name="jsonl",
    description="The events with their claims, one JSON object per line.",
    extension=".jsonl",
    chunks=lines,
    loses=("release", "selection", "context", "period", "sources", "actors", "places"),
)
