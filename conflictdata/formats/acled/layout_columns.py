"""The 31 columns of the ACLED column layout, in its order, each with its content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from conflictdata.analysis.acled_mapping import by_code
from conflictdata.formats.acled.actors import Side, source_names, source_scale
from conflictdata.formats.acled.coding import Row
from conflictdata.tables.columns import SEPARATOR, Column, ColumnType, Value

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
"""English names in every locale."""


def columns(*, inter: str = "text", dates: str = "iso", timestamp: int = 0) -> tuple[Column[Row], ...]:
    """The columns, with inter codes as `text` or `numeric`, and days as `iso` or as in files of the `export` tool."""
    number, coded = ColumnType.INTEGER, ColumnType.INTEGER if inter == "numeric" else ColumnType.STRING
    return (
        _text("event_id_cnty", "The event's id; unlike any of ACLED's own.", lambda r: r.event.id),
        Column(
            "event_date",
            ColumnType.DATE if dates == "iso" else ColumnType.STRING,
            "The day, or the middle day of the window.",
            lambda r: r.time.day if dates == "iso" else spelled_out(r.time.day),
        ),
        _of("year", number, "The year of event_date.", lambda r: r.time.day.year),
        _of("time_precision", number, "1: the day. 2: within 7 days. 3: within 31 days.", lambda r: r.time.precision),
        _text("disorder_type", "Follows from sub_event_type.", lambda r: r.sub_type["disorder_type"]),
        _text("event_type", "What the event's type maps to.", lambda r: r.sub_type["event_type"]),
        _text("sub_event_type", "What the event's type maps to.", lambda r: r.sub_type["sub_event_type"]),
        _text("actor1", "The first actor of side 1.", lambda r: r.sides.one.actor),
        _text("assoc_actor_1", "The others of side 1.", lambda r: SEPARATOR.join(r.sides.one.associates)),
        _of("inter1", coded, "The type of actor1.", lambda r: _inter(r.sides.one, inter)),
        _text(
            "actor2",
            "The first actor of side 2; the victim, in violence against civilians.",
            lambda r: r.sides.two.actor,
        ),
        _text("assoc_actor_2", "The others of side 2.", lambda r: SEPARATOR.join(r.sides.two.associates)),
        _of("inter2", coded, "The type of actor2; blank or 0 if none.", lambda r: _inter(r.sides.two, inter)),
        _of(
            "interaction",
            coded,
            "Both codes, the lower one first.",
            lambda r: r.sides.interaction if inter == "numeric" else r.sides.interaction_label,
        ),
        _text(
            "civilian_targeting",
            "`Civilian targeting` where civilians are the target, else blank.",
            lambda r: "Civilian targeting" if r.targets_civilians else "",
        ),
        _of("iso", number, "The country's ISO 3166-1 numeric code.", lambda r: int(r.spot.country["iso_numeric"])),
        _text("region", "The country's region.", lambda r: r.spot.country["acled_region"]),
        _text("country", "The country.", lambda r: r.spot.country["acled_country"]),
        _text("admin1", "The first-level administrative area.", lambda r: r.spot.areas[0]),
        _text("admin2", "The second-level administrative area.", lambda r: r.spot.areas[1]),
        _text("admin3", "The third-level administrative area.", lambda r: r.spot.areas[2]),
        _text("location", "The place's name.", lambda r: r.spot.place.name),
        _of("latitude", ColumnType.NUMBER, "Degrees north, four decimals.", lambda r: degrees(r.point.lat)),
        _of("longitude", ColumnType.NUMBER, "Degrees east, four decimals.", lambda r: degrees(r.point.lon)),
        _of(
            "geo_precision",
            number,
            "1: the place. 2: near it, or a small area. 3: a governorate.",
            lambda r: r.spot.precision,
        ),
        _text("source", "The names of the sources, never an address.", lambda r: source_names(r.sources)),
        _text("source_scale", "Their scale; blank where none is known.", lambda r: source_scale(r.sources)),
        _text("notes", "What happened, who claims it, and what the other columns cannot show.", lambda r: r.notes),
        _of("fatalities", number, "The lowest number of people killed; 0 also means unknown.", lambda r: r.fatalities),
        _text("tags", "Always blank.", lambda r: None),
        _of("timestamp", number, "The release's day in Unix seconds; 0 if there is none.", lambda r: timestamp),
    )


def degrees(number: float) -> str:
    """Degrees with four decimals, zeros kept, as the files have them since 2025."""
    return f"{number:.4f}"


def spelled_out(day: dt.date) -> str:
    """A day as the export tool wrote it until 2025, such as `02 June 2017`."""
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}"


def _inter(side: Side, inter: str) -> Value:
    if inter == "numeric":
        return side.inter
    return by_code("acled-inter")[str(side.inter)]["title"] if side.inter else ""


def _of(name: str, kind: ColumnType, description: str, value: Callable[[Row], Value]) -> Column[Row]:
    return Column(name, kind, description, value)


def _text(name: str, description: str, value: Callable[[Row], Value]) -> Column[Row]:
    return Column(name, ColumnType.STRING, description, value)
