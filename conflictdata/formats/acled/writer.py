"""Events in the ACLED column layout, coded by conflictdata; not produced, reviewed or endorsed by ACLED."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from conflictdata.codelists import word_table
from conflictdata.formats.acled.coding import Row, row_of
from conflictdata.formats.acled.layout_columns import columns
from conflictdata.formats.csv_writer import FPUTCSV, csv_lines
from conflictdata.formats.interface import FileFormat, Option, Setting, Skip, events_of
from conflictdata.formats.spreadsheet import BOM, SPREADSHEET_SAFE
from conflictdata.model import Event, Records, Release


def layout(
    records: Records,
    events: tuple[Event, ...] | None,
    *,
    inter: str,
    dates: str,
    timestamp: int,
    words: str,
    operations: bool,
    spreadsheet_safe: bool,
    bom: bool,
) -> Iterator[bytes]:
    """A heading and a row for each incident that the layout can hold, with the quoting of ACLED's files.

    An unknown table of number words raises `InvalidValue`.
    """
    word_table(words)  # an unknown name is reported before anything is written
    if not timestamp and records.release is not None:
        timestamp = timestamp_of(records.release)
    found = (row_of(records, event, words, operations=operations) for event in events_of(records, events))
    rows = (row for row in found if isinstance(row, Row))
    declared = columns(inter=inter, dates=dates, timestamp=timestamp)
    return csv_lines(declared, rows, quote=FPUTCSV, safe=spreadsheet_safe, bom=bom)


def skipped(records: Records, events: tuple[Event, ...], *, operations: bool, **_: Setting) -> Iterator[Skip]:
    """Each reason for which an event has no row; every event has a row or at least one."""
    for event in events:
        found = row_of(records, event, operations=operations)
        if not isinstance(found, Row):
            yield from (Skip(event.id, refusal.reason, refusal.sentence) for refusal in found)


def timestamp_of(release: Release) -> int:
    """The first second of the release's day in UTC, as Unix seconds."""
    return int(dt.datetime(release.date.year, release.date.month, release.date.day, tzinfo=dt.UTC).timestamp())


ACLED = FileFormat(
    name="acled",
    description=(
        "Incidents in the 31 columns of the ACLED column layout, coded by conflictdata; not produced, reviewed or"
        " endorsed by ACLED. Text is UTF-8."
    ),
    file="acled",
    extension=".csv",
    chunks=layout,
    skipped=skipped,
    options=(
        Option("inter", "Inter codes and interaction as words or as numbers.", "text", ("text", "numeric")),
        Option("dates", "Days as 2017-06-02, or as 02 June 2017 like ACLED's export tool.", "iso", ("iso", "export")),
        Option("timestamp", "Unix seconds for every row; 0 is the release's day, or 0 without one.", 0),
        Option("words", "The table that converts vague number words, such as default or acled.", "default"),
        Option("operations", "Also operations that have a day and a place; they overlap with incidents.", False),
        SPREADSHEET_SAFE,
        BOM,
    ),
    loses=(
        *("release", "selection", "context", "period", "sources", "actors"),
        *(
            "places.id",
            "places.kind",
            "places.names",
            "places.within",
            "places.point",
            "places.point_unknown",
            "places.country",
        ),
        *("places.admin1.pcode", "places.admin2.pcode", "places.admin3.pcode"),
        *("places.geonames_id", "places.withdrawn", "places.notes"),
        *("events.kind", "events.title", "events.type", "events.part_of", "events.when", "events.where"),
        *("events.participants", "events.claims", "events.distinct_from", "events.grade_override"),
        *("events.means", "events.target", "events.external_ids"),
        *("events.withdrawn", "events.summary", "events.notes"),
    ),
)
