"""The table of events: first the flat row of the CSV export, then the remaining members of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from conflictdata.analysis.disputes import disputed
from conflictdata.analysis.grades import grade
from conflictdata.analysis.origins import origins
from conflictdata.analysis.violence_type import violence_type
from conflictdata.model import Records
from conflictdata.tables.columns import (
    Column,
    ColumnType,
    Layout,
    Link,
    Value,
    added,
    code,
    day,
    integer,
    joined,
    listed,
    number,
    string,
)
from conflictdata.tables.event_item import EventItem
from conflictdata.tables.shared_columns import lasting, tombstone, where_point, withdrawn


def _events(records: Records) -> Iterator[EventItem]:
    for event in records.events:
        yield EventItem(records, event)


def _derived(name: str, kind: ColumnType, description: str, value: Callable[[EventItem], Value]) -> Column[EventItem]:
    return Column(name, kind, description, value, derived=True)


DATES: tuple[Column[EventItem], ...] = (
    _derived(
        "date_start",
        ColumnType.DATE,
        "The first day of the effective window: the stated one, narrowed by the operation; empty where open.",
        lambda item: item.dates.start,
    ),
    _derived(
        "date_end",
        ColumnType.DATE,
        "The last day of the effective window: the stated one, narrowed by the operation and by the first report.",
        lambda item: item.dates.end,
    ),
    _derived(
        "date_best",
        ColumnType.DATE,
        "The middle day of the effective window; empty where it is open.",
        lambda item: item.dates.best,
    ),
    _derived(
        "date_precision",
        ColumnType.INTEGER,
        "The number of days in the effective window: 1 is a certain day; empty where it is open.",
        lambda item: item.dates.precision,
    ),
    *(
        Column(
            f"date_{end}_basis",
            ColumnType.CODE,
            f"Where date_{end} comes from.",
            value,
            codelist="date-bases",
            derived=True,
        )
        for end, value in (
            ("start", lambda item: item.dates.start_basis),
            ("end", lambda item: item.dates.end_basis),
        )
    ),
)
"""The columns of the effective window."""

FLAT: tuple[Column[EventItem], ...] = (
    string("id", "The event's id.", "event.id"),
    code("kind", "Incident or operation.", "event.kind", "event-kinds"),
    string("part_of", "The operation it belongs to.", "event.part_of"),
    code("type", "What sort of event.", "event.type", "event-types"),
    string("title", "What happened, in our words.", "event.title"),
    day("date_earliest", "The first local day that can belong to it; empty where not known.", "event.when.first"),
    day("date_latest", "The last local day that can belong to it; empty where not known.", "event.when.last"),
    Column(
        "date_shape",
        ColumnType.STRING,
        "`within`: on at least one day from earliest to latest. `lasting`: it went on for a time between them.",
        lambda item: "lasting" if item.event.when.lasting else "within",
    ),
    string("place_id", "The place it is filed under; empty where it has none.", "event.where.place"),
    replace(string("place", "The place's name.", "place.name"), derived=True),
    replace(string("admin1", "The first-level administrative area.", "admin1.name"), derived=True),
    replace(string("admin2", "The second-level administrative area.", "admin2.name"), derived=True),
    replace(string("country", "The country; empty where the place crosses a border.", "country"), derived=True),
    replace(string("iso3", "The country's ISO 3166-1 alpha-3 code.", "iso3"), derived=True),
    replace(
        number(
            "latitude",
            "Degrees north, WGS 84; if the place has no point, of the innermost place around it that has one.",
            "located.point.lat",
        ),
        derived=True,
    ),
    replace(
        number(
            "longitude",
            "Degrees east, WGS 84; if the place has no point, of the innermost place around it that has one.",
            "located.point.lon",
        ),
        derived=True,
    ),
    replace(
        code("place_precision", "How closely the point fits what the text says.", "precision", "place-precisions"),
        derived=True,
    ),
    _derived(
        "acled_event_type",
        ColumnType.STRING,
        "The event type in ACLED's vocabulary; empty where it maps to none.",
        lambda item: item.layout_type[0],
    ),
    _derived(
        "acled_sub_event_type",
        ColumnType.STRING,
        "The sub-event type in ACLED's vocabulary.",
        lambda item: item.layout_type[1],
    ),
    Column(
        "actors",
        ColumnType.STRING,
        "The ids of those who took part, in order.",
        lambda item: joined(dict.fromkeys(who.actor for who in item.event.participants)),
        many=True,
        derived=True,
    ),
    _derived(
        "killed_low",
        ColumnType.INTEGER,
        "The lowest number of people killed, over all populations; empty is unknown, never 0.",
        lambda item: item.killed.low,
    ),
    _derived(
        "killed_high",
        ColumnType.INTEGER,
        "The highest number of people killed; empty where no upper bound is reported.",
        lambda item: item.killed.high,
    ),
    _derived(
        "n_claims",
        ColumnType.INTEGER,
        "The number of live claims.",
        lambda item: sum(claim.live for claim in item.event.claims),
    ),
    _derived(
        "n_origins",
        ColumnType.INTEGER,
        "The number of independent origins that attest it.",
        lambda item: len(origins(item.records, item.event)),
    ),
    Column(
        "disputed",
        ColumnType.STRING,
        "The properties that a live claim denies, doubts or contradicts; empty where there are none.",
        lambda item: joined(sorted(disputed(item.records, item.event))),
        many=True,
        derived=True,
    ),
    Column(
        "grade",
        ColumnType.CODE,
        "How reliable it is.",
        lambda item: grade(item.records, item.event),
        codelist="grades",
        derived=True,
    ),
    replace(listed("sources", "The ids of the documents that its claims stand in.", "sources"), derived=True),
    string("summary", "What the claims say, in our words.", "event.summary"),
    *DATES,
    *added(
        "1.1.0",
        listed("means", "The means or weapons used: codes of `means`.", "event.means"),
        listed("target", "What was hit or aimed at: codes of `targets`.", "event.target"),
    ),
    Column(
        "violence_type",
        ColumnType.CODE,
        "UCDP's type of violence; empty where it is not violence, or where no opponent is known.",
        lambda item: violence_type(item.records, item.event),
        codelist="violence-types",
        derived=True,
    ),
    _derived(
        "killed_reported_low",
        ColumnType.INTEGER,
        "For an operation: the lowest number killed that is reported for the whole of it; not added to any sum.",
        lambda item: item.reported.low if item.reported else None,
    ),
    _derived(
        "killed_reported_high",
        ColumnType.INTEGER,
        "For an operation: the highest number; empty without an upper bound, or if several populations are counted.",
        lambda item: item.reported.high if item.reported else None,
    ),
    Column(
        "killed_reported_by",
        ColumnType.STRING,
        "For an operation: the ids of the claimants of these numbers.",
        lambda item: joined(item.reported.claimants) if item.reported else None,
        many=True,
        derived=True,
    ),
)
"""The flat row of an event, in this order, which the CSV export promises."""

EVENTS: Layout[EventItem] = Layout(
    "events",
    "What happened, or is claimed to have happened: the flat row first, then the remaining members of the record.",
    (
        *FLAT,
        replace(
            integer("radius_m", "The place is within this many metres of the point.", "located.point.radius_m"),
            derived=True,
        ),
        *lasting("", "event.when", "When it happened"),
        string("when_basis", "How the text was turned into days.", "event.when.basis"),
        code(
            "where_precision",
            "How closely the place fits what the text says, by the record.",
            "event.where.precision",
            "place-precisions",
        ),
        string("where_note", "What else the text says of the place.", "event.where.note"),
        *where_point("event.where.point", "Where it happened"),
        code(
            "grade_override",
            "A grade that the curator set instead of the computed one.",
            "event.grade_override.grade",
            "grades",
        ),
        string("grade_override_reason", "The reason for that grade.", "event.grade_override.reason"),
        *tombstone("event."),
        string("notes", "The curator's reasoning.", "event.notes"),
        withdrawn("event.withdrawn"),
    ),
    ("id",),
    (Link("part_of", "events"), Link("place_id", "places")),
    _events,
)
