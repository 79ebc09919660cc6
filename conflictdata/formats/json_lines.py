"""JSON Lines: events are written, and records of any kind are validated one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from conflictdata.canonical import dump_line, split_lines
from conflictdata.findings import Code, Finding, limited, truncate, unreadable
from conflictdata.formats.interface import FileFormat
from conflictdata.model import Event, Record, Records
from conflictdata.text import named
from conflictdata.validation import in_batches, validate_texts

_MOST_EVENTS = 10_000_000
"""An event's id has at most seven digits."""


def validate_lines(stream: BinaryIO, file: str, *, fast: bool | None = None) -> Iterator[Finding]:
    """The findings of each record, and every repeated id; rules between records are not applied.

    After MAX_FINDINGS errors, or as many warnings, reading ends; BATCH_BYTES and a line may have been read on. A file
    without a line is a fault, because one that was cut off at once looks the same.
    """
    return limited(_of_stream(stream, file, RecordIds(), fast), file)


def validate_lines_of(path: Path, ids: RecordIds | None = None) -> Iterator[Finding]:
    """The same for a file; `ids` takes in the ids of its records."""
    try:
        if path.exists() and not path.is_file():  # opening a pipe could block
            yield unreadable(named(path), "it is not a regular file", "give a regular file")
            return
        stream = path.open("rb")
    except OSError as error:
        yield unreadable(named(path), error.strerror or str(error))
        return
    with stream:
        yield from limited(_of_stream(stream, named(path), ids or RecordIds(), None), named(path))


def validate_batch(lines: Iterable[tuple[int, str]], file: str) -> list[Finding]:
    """The findings of some of a file's lines, each given with its number, for an engine that has them spread out.

    All batches of a file together give what `validate_lines` gives of it, but for ids that lie in two batches.
    """
    numbered = ((number, text.removesuffix("\n").encode("utf-8", "surrogatepass")) for number, text in lines)
    return truncate(_faults(numbered, file, RecordIds(), None), file)


def _of_stream(stream: BinaryIO, file: str, ids: RecordIds, fast: bool | None) -> Iterator[Finding]:
    numbered = split_lines(stream, file)
    first = next(numbered, None)
    if first is None:
        yield Finding(file, "", Code.EMPTY_INPUT, "the input is empty; expected one record per line", 0)
    else:
        yield from _faults(chain([first], numbered), file, ids, fast)


def _faults(
    numbered: Iterable[tuple[int, bytes | Finding]], file: str, ids: RecordIds, fast: bool | None
) -> Iterator[Finding]:
    placed = (text if isinstance(text, Finding) else (text, f"{file}:{number}", number) for number, text in numbered)
    for batch in in_batches(placed, lambda each: 0 if isinstance(each, Finding) else len(each[0])):
        lines = [each for each in batch if not isinstance(each, Finding)]
        validated = validate_texts(lines, fast=fast)
        for each in batch:
            if isinstance(each, Finding):
                yield each
                continue
            record, findings = next(validated)
            yield from findings
            if record is not None and not ids.add(record):
                message = f"{record.id} is also the id of a record on an earlier line; change or delete one of them"
                yield Finding(each[1], "/id", Code.DUPLICATE_ID, message)


class RecordIds:
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

    def shared(self, others: RecordIds) -> Iterator[str]:
        """The ids in both, in order, those of events first."""
        both = int.from_bytes(self._events, "little") & int.from_bytes(others._events, "little")
        while both:
            lowest = both & -both
            yield f"CD-{lowest.bit_length() - 1:04}"
            both ^= lowest
        yield from sorted(record_id for _, record_id in self._others & others._others)

    def update(self, others: RecordIds) -> None:
        """Take in the ids of others."""
        all_of = int.from_bytes(self._events, "little") | int.from_bytes(others._events, "little")
        self._events[:] = all_of.to_bytes(len(self._events), "little")
        self._others |= others._others


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
