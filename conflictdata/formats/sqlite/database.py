"""The SQLite database: every table with its keys, indexes and foreign keys, views, and full-text search."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from conflictdata.analysis.citation import citation
from conflictdata.analysis.disputes import disputes
from conflictdata.analysis.figures.count_claims import COUNTS, counted
from conflictdata.analysis.figures.estimate import alike, figure_of
from conflictdata.analysis.figures.totals import FigureQuery, addable
from conflictdata.model import Records
from conflictdata.tables.columns import Column, ColumnType, Layout, Value
from conflictdata.tables.dataframes import columns_of
from conflictdata.tables.events import FLAT
from conflictdata.tables.registry import LAYOUTS, table_rows

Rows = Iterable[tuple[Value, ...]]

TYPES = {
    ColumnType.STRING: "TEXT",
    ColumnType.CODE: "TEXT",
    ColumnType.DATE: "TEXT",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.NUMBER: "REAL",
    ColumnType.BOOLEAN: "INTEGER",
}
"""The SQLite type of each type of column: days are text as YYYY-MM-DD, truth is 0 or 1."""

SEARCHED = {
    "events": ("title", "summary"),
    "claims": ("statement_text", "as_stated"),
    "sources": ("title",),
}
"""The columns of each table in its full-text search table."""

_DERIVED = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE dispute_sides (
  dispute INTEGER NOT NULL, kind TEXT NOT NULL, side INTEGER NOT NULL, claim_id TEXT NOT NULL REFERENCES claims (id),
  PRIMARY KEY (dispute, side, claim_id)
);
CREATE INDEX dispute_sides_claim_id ON dispute_sides (claim_id);
CREATE TABLE event_figures (
  event_id TEXT NOT NULL REFERENCES events (id), position INTEGER NOT NULL, property TEXT NOT NULL, status TEXT,
  actor_id TEXT REFERENCES actors (id), nationality TEXT, item TEXT, unit TEXT NOT NULL, low REAL, high REAL,
  lowest_says TEXT, highest_says TEXT, n_claims INTEGER NOT NULL, n_origins INTEGER NOT NULL,
  in_sum INTEGER NOT NULL CHECK (in_sum IN (0, 1)),
  PRIMARY KEY (event_id, position)
);
CREATE INDEX event_figures_actor_id ON event_figures (actor_id);
"""

_VIEWS = f"""
CREATE VIEW events_flat AS
  SELECT {", ".join(column.name for column in FLAT)} FROM events WHERE withdrawn_reason IS NULL;
CREATE VIEW disputes AS
  SELECT d.dispute, d.kind, d.side, c.event_id, e.title, d.claim_id, c.claimant, c.stance, c.property, c.low, c.high,
    c.as_stated, c.statement_text
  FROM dispute_sides d JOIN claims c ON c.id = d.claim_id JOIN events e ON e.id = c.event_id
  ORDER BY d.dispute, d.side, d.claim_id;
CREATE VIEW figures AS
  SELECT f.*, e.kind, e.title, e.date_start, e.date_end, e.place, e.grade
  FROM event_figures f JOIN events e ON e.id = f.event_id;
"""


def database(records: Records) -> Iterator[bytes]:
    """The database of all tables of the records, as bytes."""
    with tempfile.TemporaryDirectory(prefix="conflictdata-") as folder:
        path = Path(folder) / "conflictdata.db"
        tables = {name: table_rows(records, name) for name in LAYOUTS}
        fill(path, tables, _derived(records), partial=bool(records.context))
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                yield chunk


def fill(path: Path, tables: Mapping[str, Rows], derived: Mapping[str, Rows], *, partial: bool = False) -> None:
    """Make a new database of the rows of each table; where it is `partial`, rows may name events that are not in it."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # The file is new: protecting it from a crash would only take time.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
        connection.execute("BEGIN")
        for name, rows in tables.items():
            connection.execute(_create(LAYOUTS[name], partial))
            _insert(connection, name, len(LAYOUTS[name].columns), _plain(name, rows))
        for name in tables:
            for statement in _indexes(LAYOUTS[name]):
                connection.execute(statement)
        for statement in _DERIVED.strip().split(";\n"):
            connection.execute(statement)
        for name, given in derived.items():
            if held := list(given):
                _insert(connection, name, len(held[0]), held)
        for statement in (*_VIEWS.strip().split(";\n"), *(_search(name) for name in SEARCHED)):
            connection.execute(statement)
        for name in SEARCHED:
            connection.execute(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('rebuild')")
        connection.execute("COMMIT")
    finally:
        connection.close()


def _create(layout: Layout[Any], partial: bool) -> str:
    links = {link.column: link.table for link in (layout.inner_links if partial else layout.links)}
    cells = [_cell(column, layout, links.get(column.name)) for column in layout.columns]
    if len(layout.key) > 1:
        cells.append(f"PRIMARY KEY ({', '.join(layout.key)})")
    return f"CREATE TABLE {layout.name} (\n  " + ",\n  ".join(cells) + "\n)"


def _cell(column: Column[Any], layout: Layout[Any], target: str | None) -> str:
    words = [column.name, TYPES[column.type]]
    if layout.key == (column.name,):
        words.append("PRIMARY KEY")
    if column.name in layout.key:
        words.append("NOT NULL")
    if target is not None:
        words.append(f"REFERENCES {target} (id)")
    if column.codelist is not None:
        codes = ", ".join(f"'{code}'" for code in column.categories)
        words.append(f"CHECK ({column.name} IN ({codes}))")
    if column.type is ColumnType.BOOLEAN:
        words.append(f"CHECK ({column.name} IN (0, 1))")
    return " ".join(words)


def _indexes(layout: Layout[Any]) -> Iterator[str]:
    for column in dict.fromkeys((*(link.column for link in layout.links), *_ASKED.get(layout.name, ()))):
        if column != layout.key[0]:
            yield f"CREATE INDEX {layout.name}_{column} ON {layout.name} ({column})"


_ASKED = {"events": ("type", "date_best"), "claims": ("property",)}
"""The columns by which tables are often filtered, besides their foreign keys."""


def _search(name: str) -> str:
    columns = ", ".join(SEARCHED[name])
    # Datasette and sqlite-utils recognise the table by `content="events"`, spelled so.
    return f'CREATE VIRTUAL TABLE {name}_fts USING fts5 ({columns}, content="{name}")'


def _plain(table: str, rows: Rows) -> Iterable[tuple[Any, ...]]:
    """The rows with days as text, as in SQLite."""
    cells = (
        [day.isoformat() if isinstance(day, dt.date) else None for day in each]
        if column.type is ColumnType.DATE
        else each
        for column, each in columns_of(table, rows)
    )
    return zip(*cells, strict=True)


def _insert(connection: sqlite3.Connection, table: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def _derived(records: Records) -> dict[str, Rows]:
    return {"about": _about(records), "dispute_sides": _dispute_sides(records), "event_figures": _figures(records)}


def _about(records: Records) -> Iterator[tuple[Value, ...]]:
    yield "title", "conflictdata"
    yield "citation", citation(records).strip()
    yield "licence", "CC-BY-4.0"
    if records.selection is not None:
        yield "selection", str(records.selection)
    yield "release", records.release.version if records.release is not None else None


def _dispute_sides(records: Records) -> Iterator[tuple[Value, ...]]:
    for number, dispute in enumerate(disputes(records), 1):
        for side, claims in enumerate(dispute.sides, 1):
            for claim in claims:
                if records.claims.get(claim.id) is None:  # of an event that was not chosen
                    continue
                yield number, str(dispute.kind), side, claim.id


def _figures(records: Records) -> Iterator[tuple[Value, ...]]:
    """For every event and property the range of each population, and whether it is added in sums over events."""
    for event in records.events:
        position = 0
        for code in sorted(COUNTS):
            summed = {f.claims for f in addable(records, event, FigureQuery(code, {event.id}))}
            for claims in alike(counted(records, event, code, "default")):
                position += 1
                # Parts of a count of the same people (18 shot and one beheaded, of 19) do not widen its range.
                parts = {part for claim in claims for part in claim.count.includes}
                group = tuple(claim for claim in claims if claim.id not in parts)
                figure = figure_of(records, group)
                of = figure.population
                yield (
                    event.id,
                    position,
                    str(code),
                    str(of.status) if of is not None and of.status is not None else None,
                    of.actor if of is not None else None,
                    of.nationality if of is not None else None,
                    of.item if of is not None else None,
                    str(figure.unit),
                    figure.low,
                    figure.high,
                    "; ".join(dict.fromkeys(claim.claim.claimant for claim in figure.lowest)) or None,
                    "; ".join(dict.fromkeys(claim.claim.claimant for claim in figure.highest)) or None,
                    len(figure.claims),
                    len(figure.origins),
                    int(figure.claims in summed),
                )
