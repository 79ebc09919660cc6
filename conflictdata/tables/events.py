"""The table of events: first the flat row of the CSV export, then the remaining members of the record."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.model import Records
from conflictdata.tables.columns import (
    Column,
    ColumnType,
    Layout,
    Link,
    added,
    code,
    day,
    derived,
    integer,
    listed,
    number,
    string,
)
from conflictdata.tables.event_item import EventItem
from conflictdata.tables.shared_columns import lasting, tombstone, where_point, withdrawn


def _events(records: Records) -> Iterator[EventItem]:
    for event in records.events:
        yield EventItem(records, event)


DATES: tuple[Column[EventItem], ...] = derived(
    day(
        "date_start",
        "The first day of the effective window: the stated one, narrowed by the operation; empty where open.",
        "dates.start",
    ),
    day(
        "date_end",
        "The last day of the effective window: the stated one, narrowed by the operation and by the first report.",
        "dates.end",
    ),
    day("date_best", "The middle day of the effective window; empty where it is open.", "dates.best"),
    integer(
        "date_precision",
        "The number of days in the effective window: 1 is a certain day; empty where it is open.",
        "dates.precision",
    ),
    code("date_start_basis", "Where date_start comes from.", "dates.start_basis", "date-bases"),
    code("date_end_basis", "Where date_end comes from.", "dates.end_basis", "date-bases"),
)
"""The columns of the effective window."""

_REPORTED = derived(
    integer(
        "killed_reported_low",
        "For an operation: the lowest number killed that is reported for the whole of it; not added to any sum.",
        "reported.low",
    ),
    integer(
        "killed_reported_high",
        "For an operation: the highest number; empty without an upper bound, or if several populations are counted.",
        "reported.high",
    ),
    listed("killed_reported_by", "For an operation: the ids of the claimants of these numbers.", "reported.claimants"),
)

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
    *derived(
        string("place", "The place's name.", "place.name"),
        string("admin1", "The first-level administrative area.", "admin1.name"),
        string("admin2", "The second-level administrative area.", "admin2.name"),
        string("country", "The country; empty where the place crosses a border.", "country"),
        string("iso3", "The country's ISO 3166-1 alpha-3 code.", "iso3"),
        number(
            "latitude",
            "Degrees north, WGS 84; if the place has no point, of the innermost place around it that has one.",
            "located.point.lat",
        ),
        number(
            "longitude",
            "Degrees east, WGS 84; if the place has no point, of the innermost place around it that has one.",
            "located.point.lon",
        ),
        code("place_precision", "How closely the point fits what the text says.", "precision", "place-precisions"),
        string(
            "acled_event_type", "The event type in ACLED's vocabulary; empty where it maps to none.", "acled_event_type"
        ),
        string("acled_sub_event_type", "The sub-event type in ACLED's vocabulary.", "acled_sub_event_type"),
        listed("actors", "The ids of those who took part, in order.", "actors"),
        integer(
            "killed_low",
            "The lowest number of people killed, over all populations; 0 where a live claim denies or doubts the whole "
            "count or the event; empty is unknown, never 0.",
            "killed.low",
        ),
        integer(
            "killed_high",
            "The highest number of people killed; empty where no upper bound is reported.",
            "killed.high",
        ),
        integer("n_claims", "The number of live claims.", "n_claims"),
        integer("n_origins", "The number of independent origins that attest it.", "n_origins"),
        listed(
            "disputed",
            "The properties that a live claim denies, doubts or contradicts; empty where there are none.",
            "disputed",
        ),
        code("grade", "How reliable it is.", "grade", "grades"),
        listed("sources", "The ids of the documents that its claims stand in.", "sources"),
    ),
    string("summary", "What the claims say, in our words.", "event.summary"),
    *DATES,
    *added(
        "1.1.0",
        listed("means", "The means or weapons used: codes of `means`.", "event.means"),
        listed("target", "What was hit or aimed at: codes of `targets`.", "event.target"),
    ),
    *derived(
        code(
            "violence_type",
            "UCDP's type of violence; empty where it is not violence, or where no opponent is known.",
            "violence_type",
            "violence-types",
        ),
    ),
    *_REPORTED,
)
"""The flat row of an event, in this order, which the CSV export promises."""

EVENTS: Layout[EventItem] = Layout(
    "events",
    "What happened, or is claimed to have happened: the flat row first, then the remaining members of the record.",
    (
        *FLAT,
        *derived(integer("radius_m", "The place is within this many metres of the point.", "located.point.radius_m")),
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
