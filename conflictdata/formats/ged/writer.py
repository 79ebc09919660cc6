"""Events in the column layout of UCDP GED, coded by conflictdata; not produced, reviewed or endorsed by UCDP."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.analysis.figures.estimate import RULES
from conflictdata.codelists import word_table
from conflictdata.formats.csv_writer import csv_lines
from conflictdata.formats.ged.coding import GedRow, ged_row
from conflictdata.formats.ged.layout_columns import columns
from conflictdata.formats.interface import FileFormat, Option, Setting, Skip, events_of
from conflictdata.formats.spreadsheet import BOM, SPREADSHEET_SAFE
from conflictdata.model import Event, Records

_BEST = "median-origin"


def layout(
    records: Records,
    events: tuple[Event, ...] | None,
    *,
    best: str,
    dates: str,
    words: str,
    spreadsheet_safe: bool,
    bom: bool,
) -> Iterator[bytes]:
    """A heading and a row for each incident that the layout can hold.

    An unknown table of number words raises `InvalidValue`.
    """
    word_table(words)  # an unknown name is reported before anything is written
    found = (ged_row(records, event, words, best) for event in events_of(records, events))
    return csv_lines(
        columns(dates=dates), (row for row in found if isinstance(row, GedRow)), safe=spreadsheet_safe, bom=bom
    )


def skipped(records: Records, events: tuple[Event, ...], *, best: str, words: str, **_: Setting) -> Iterator[Skip]:
    """Each reason for which an event has no row; every event has a row or at least one."""
    for event in events:
        found = ged_row(records, event, words, best)
        if not isinstance(found, GedRow):
            yield from (Skip(event.id, refusal.reason, refusal.sentence) for refusal in found)


GED = FileFormat(
    name="ged",
    description=(
        "Incidents with deaths in the 49 columns of UCDP GED 25.1, coded by conflictdata; not produced, reviewed or"
        " endorsed by UCDP. Text is UTF-8."
    ),
    file="ged",
    extension=".csv",
    chunks=layout,
    skipped=skipped,
    options=(
        Option("best", "The rule of the best estimate.", _BEST, tuple(RULES)),
        Option("dates", "Days as 2017-06-02 00:00:00.000, or as 2017-06-02.", "time", ("time", "iso")),
        Option("words", "The table that converts vague number words, such as default or acled.", "default"),
        SPREADSHEET_SAFE,
        BOM,
    ),
    loses=(
        *("release", "selection", "context", "period", "sources", "actors"),
        *("places.id", "places.kind", "places.names", "places.within", "places.point.radius_m", "places.point.source"),
        *("places.point.mgrs", "places.point.standing", "places.point_unknown", "places.country"),
        *("places.admin1.pcode", "places.admin2.pcode", "places.admin3", "places.geonames_id", "places.withdrawn"),
        *("places.notes", "events.kind", "events.title", "events.type", "events.part_of", "events.when"),
        *("events.where.place", "events.where.precision", "events.where.point", "events.means", "events.target"),
        *("events.participants", "events.claims", "events.distinct_from", "events.external_ids"),
        *("events.grade_override", "events.withdrawn", "events.summary", "events.notes"),
    ),
)
