"""The whole dataset as one JSON document, a record a line so that two can be compared; and its events alone."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.canonical import dump_line
from conflictdata.export.format import FileFormat
from conflictdata.model import Event, Record, Records, Table
from conflictdata.schema.documents import urn
from conflictdata.views.subset import subset


def document(records: Records, events: tuple[Event, ...] | None = None) -> Iterator[bytes]:
    """A document that obeys the dataset's schema, of all records or of a selection that stands by itself."""
    if events is not None:
        records = subset(records, events)
    yield b'{"$schema":"%s"' % urn("dataset").encode()
    if records.release is not None:
        yield b',\n"release":' + dump_line(records.release.to_object()).rstrip(b"\n")
    tables: tuple[tuple[bytes, Table[Record]], ...] = (
        (b"sources", records.sources),
        (b"actors", records.actors),
        (b"places", records.places),
        (b"events", records.events),
    )  # type: ignore[assignment]
    for name, table in tables:
        yield b',\n"%s":[' % name
        for position, record in enumerate(table):
            yield (b",\n" if position else b"\n") + dump_line(record.to_object()).rstrip(b"\n")
        yield b"\n]" if table else b"]"
    yield b"}\n"


def lines(records: Records, events: tuple[Event, ...] | None = None) -> Iterator[bytes]:
    """Each event as one line of JSON."""
    for event in records.events if events is None else events:
        yield dump_line(event.to_object())


JSON = FileFormat(
    name="json",
    description="The whole dataset as one JSON document that obeys its schema and loads back equal.",
    extension=".json",
    media_type="application/json",
    chunks=document,
)

JSON_LINES = FileFormat(
    name="jsonl",
    description="The events with their claims, one JSON object a line.",
    extension=".jsonl",
    media_type="application/jsonl",
    chunks=lines,
    loses=("release", "sources", "actors", "places"),
)
