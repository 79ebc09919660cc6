"""Pairs of our incidents and rows of a file in ACLED's or UCDP's layout, by days, distance and actors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conflictdata.analysis.affiliation import ancestors
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.figures.totals import event_total
from conflictdata.analysis.geography import country, locate
from conflictdata.extras import require
from conflictdata.formats.layout_files.layout_file import LayoutFile
from conflictdata.model import Event, Records
from conflictdata.model.codes import EventKind, ExternalDataset, Property
from conflictdata.tables.columns import SEPARATOR, Value

KM_PER_DEGREE = 111.195
"""Kilometres in a degree of latitude, on a sphere with the earth's mean radius."""

EARTH_KM = 6371.0088

COLUMNS = (
    *("event_id", "their_id", "days_apart", "km_apart", "shared_actors", "only_ours", "only_theirs"),
    *("killed_low", "killed_high", "their_deaths", "deaths", "listed"),
)
"""The columns of a pair."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One incident of ours and one row of the file.

    `days_apart` is 0 if the row's days and the effective window overlap. Actors have their names in the layout.
    `deaths` says whether the row's number is inside, above or below our range; `listed` whether our event names the
    row's id as the same event.
    """

    event_id: str
    their_id: str
    days_apart: int
    km_apart: float
    shared_actors: str | None
    only_ours: str | None
    only_theirs: str | None
    killed_low: int | None
    killed_high: int | None
    their_deaths: int
    deaths: str
    listed: bool

    @property
    def cells(self) -> tuple[Value, ...]:
        """The values of `COLUMNS`."""
        return tuple(getattr(self, name) for name in COLUMNS)


@dataclass(frozen=True, slots=True)
class Matched:
    """The pairs, our incidents without a pair, and the positions (from 0) of rows without a pair.

    `not_placed` are incidents without a point or known days, which cannot be compared.
    """

    pairs: tuple[Pair, ...]
    only_ours: tuple[str, ...]
    only_theirs: tuple[int, ...]
    not_placed: tuple[str, ...]


def match(records: Records, file: LayoutFile, *, window: int = 3, km: float = 25) -> Matched:
    """Pairs at most `window` days and `km` kilometres apart, the nearest first for each incident.

    If the actors of both are known by name and none is shared, the row does not match.
    """
    placed, not_placed = _ours(records)
    names = {event.id: _names(records, event, ged="side_a" in file.columns) for event, *_ in placed}
    pairs: list[tuple[Pair, int]] = []
    for event_id, position, their_id, days, distance, actors, deaths in _near(file, placed, window, km):
        theirs = tuple(dict.fromkeys(name for cell in actors for name in cell.split("; ") if name))
        shared = [name for name in theirs if name in names[event_id]]
        if theirs and names[event_id] and not shared:
            continue
        event = records.events[event_id]
        killed = event_total(records, event, Property.KILLED)
        low, high = (None if number is None else int(number) for number in (killed.low, killed.high))
        pair = Pair(
            event_id,
            their_id,
            days,
            round(distance, 1),
            _cell(shared),
            _cell([name for name in names[event_id] if name not in theirs]),
            _cell([name for name in theirs if name not in shared]),
            low,
            high,
            deaths,
            _compared(low, high, deaths),
            _listed(event, their_id, ged="side_a" in file.columns),
        )
        pairs.append((pair, position))
    found, rows = {pair.event_id for pair, _ in pairs}, {position for _, position in pairs}
    return Matched(
        tuple(pair for pair, _ in pairs),
        tuple(event.id for event, *_ in placed if event.id not in found),
        tuple(position for position in range(file.n_rows) if position not in rows),
        not_placed,
    )


_Placed = tuple[Event, dt.date, dt.date, float, float]


def _ours(records: Records) -> tuple[list[_Placed], tuple[str, ...]]:
    placed: list[_Placed] = []
    left: list[str] = []
    for event in records.events:
        if event.kind is not EventKind.INCIDENT or event.withdrawn is not None:
            continue
        dates = event_dates(records, event)
        located = locate(records, event.where)
        if located is None or dates.start is None or dates.end is None:
            left.append(event.id)
        else:
            placed.append((event, dates.start, dates.end, located.point.lat, located.point.lon))
    return placed, tuple(left)


_Near = tuple[str, int, str, int, float, list[str], int]


def _near(file: LayoutFile, placed: Sequence[_Placed], window: int, km: float) -> Iterator[_Near]:
    """Rows near our incidents: event, position, id, days and kilometres apart, actors and deaths."""
    connection = require("duckdb").connect()
    connection.execute("CREATE TABLE ours (event_id VARCHAR, first DATE, last DATE, lat DOUBLE, lon DOUBLE)")
    if not placed:
        return
    connection.executemany("INSERT INTO ours VALUES (?, ?, ?, ?, ?)", [(each[0].id, *each[1:]) for each in placed])
    path = str(file.parquet).replace("'", "''")
    connection.execute(
        f"CREATE VIEW theirs AS SELECT row_number() OVER () - 1 AS position, {_selected(file.columns)} FROM '{path}'"
    )
    apart = (
        f"2 * {EARTH_KM} * asin(sqrt(least(1, pow(sin(radians(t.lat - o.lat) / 2), 2)"
        " + cos(radians(o.lat)) * cos(radians(t.lat)) * pow(sin(radians(t.lon - o.lon) / 2), 2))))"
    )
    query = f"""
        SELECT o.event_id, t.position, t.id, greatest(0, t.first - o.last, o.first - t.last) AS days, {apart} AS km,
          t.actors, t.deaths
        FROM ours o JOIN theirs t ON t.first <= o.last + $window AND t.last >= o.first - $window
          AND t.lat BETWEEN o.lat - $km / {KM_PER_DEGREE} AND o.lat + $km / {KM_PER_DEGREE}
        WHERE {apart} <= $km ORDER BY o.event_id, days, km, t.position
    """
    yield from connection.execute(query, {"window": window, "km": km}).fetchall()


def _selected(columns: Sequence[str]) -> str:
    if "side_a" in columns:
        return (
            "CAST(id AS VARCHAR) AS id, date_start AS first, date_end AS last, latitude AS lat, longitude AS lon,"
            " [coalesce(side_a, ''), coalesce(side_b, '')] AS actors, best AS deaths"
        )
    id_column = next((name for name in ("event_id_cnty", "data_id") if name in columns), "''")
    actors = ", ".join(
        f"coalesce({name}, '')" for name in ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2") if name in columns
    )
    return (
        f"CAST({id_column} AS VARCHAR) AS id, event_date AS first, event_date AS last, latitude AS lat,"
        f" longitude AS lon, [{actors}]::VARCHAR[] AS actors, fatalities AS deaths"
    )


def _names(records: Records, event: Event, *, ged: bool) -> tuple[str, ...]:
    """The names in the layout of the participants and the actors they belong to, for the country of the event."""
    found: dict[str, None] = {}
    there = country(records, event.where.place) if event.where is not None else None
    for who in event.participants:
        for each in (who.actor, *sorted(ancestors(records, who.actor) - {who.actor})):
            actor = records.actors.get(each)
            if actor is not None and ged and actor.ucdp is not None:
                found[actor.ucdp.name] = None
            elif actor is not None and not ged:
                found.update({name.name: None for name in actor.acled if name.country in (None, there)})
    return tuple(found)


def _compared(low: int | None, high: int | None, theirs: int) -> str:
    if low is None and high is None:
        return "ours unknown"
    if low is not None and theirs < low:
        return "theirs lower"
    return "theirs higher" if high is not None and theirs > high else "within our range"


def _listed(event: Event, their_id: str, *, ged: bool) -> bool:
    dataset = ExternalDataset.UCDP_GED if ged else ExternalDataset.ACLED
    return any(each.dataset is dataset and each.id == their_id for each in event.external_ids)


def _cell(items: Sequence[str]) -> str | None:
    return SEPARATOR.join(items) or None
