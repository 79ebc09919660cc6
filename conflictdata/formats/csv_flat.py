"""The table of events as one CSV file, with the ranges and the grade."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress

from conflictdata.formats.csv_writer import csv_columns, csv_lines
from conflictdata.formats.interface import FileFormat
from conflictdata.formats.spreadsheet import BOM, SPREADSHEET_SAFE
from conflictdata.model import Event, Records
from conflictdata.tables.event_item import EventItem
from conflictdata.tables.events import EVENTS
from conflictdata.tables.gathering import gathered


def flat(records: Records, events: tuple[Event, ...] | None, *, spreadsheet_safe: bool, bom: bool) -> Iterator[bytes]:
    """A heading and a row for each event that is not withdrawn."""
    if events is not None:
        items = (EventItem(records, event) for event in events if event.withdrawn is None)
        return csv_lines(EVENTS.columns, items, safe=spreadsheet_safe, bom=bom)
    live = [event.withdrawn is None for event in records.events]
    cells = [[*compress(each, live)] for _, each in gathered(records, EVENTS)]
    return csv_columns(EVENTS.columns, cells, safe=spreadsheet_safe, bom=bom)


CSV = FileFormat(
    name="csv",
    description="One flat row per event, in UTF-8 with commas and line feeds; an empty cell is unknown.",
    extension=".csv",
    chunks=flat,
    options=(SPREADSHEET_SAFE, BOM),
    loses=(
        "release",
        "selection",
        "context",
        "period",
        "sources",
        "actors",
        "places.kind",
        "places.names",
        "places.within",
        "places.point.mgrs",
        "places.point.source",
        "places.point.standing",
        "places.point_unknown",
        "places.admin1.pcode",
        "places.admin2.pcode",
        "places.admin3",
        "places.geonames_id",
        "places.withdrawn",
        "places.notes",
        "events.participants.side",
        "events.participants.role",
        "events.participants.claims",
        "events.claims",
        "events.distinct_from",
        "events.external_ids",
        "events.withdrawn",
    ),
)
