"""`conflictdata list`: a table of the dataset, with the columns that are most asked for or those named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, Choice, dataset, filters
from conflictdata.cli.output import many, talk
from conflictdata.cli.param_types import named
from conflictdata.cli.table_output import Cell, print_table

USUAL = {
    "events": ("id", "date_start", "date_end", "type", "grade", "title"),
    "claims": ("id", "claimant", "stance", "property", "low", "high", "as_stated"),
    "actors": ("id", "kind", "country", "name"),
    "places": ("id", "kind", "within", "latitude", "longitude", "name"),
    "sources": ("id", "language", "composition", "title"),
    "relations": ("id", "type", "other_actor", "claimant", "stance"),
}
"""The columns of a table that are printed where none are named; of another table, all."""


def _tables() -> Any:
    from conflictdata.tables.registry import TABLES

    return TABLES


@click.command(cls=Command)
@click.argument("table", default="events", type=named("table", _tables))
@click.option("--columns", metavar="NAME,...", help="These columns, in this order; `all` for every one.")
@filters
@FORM
@DATA
def command(table: str, columns: str | None, choice: Choice, form: str, data: str | Path | None) -> None:
    """List events, claims, actors, places, sources or another table.

    With filters, of events only those that fit, of claims those of these events, of the other tables what these
    events refer to.

    \b
    Example:
      conflictdata list --place raqqa-governorate --from 2017-06-01
      conflictdata list claims --actor islamic-state --columns id,claimant,property,low,high
    """
    from conflictdata.tables.registry import LAYOUTS

    layout = LAYOUTS[table]
    known = [column.name for column in layout.columns]
    wanted = _wanted(columns, table, known)
    places = [known.index(name) for name in wanted]
    rows = [tuple(row[place] for place in places) for row in _rows(table, choice, data)]
    print_table(wanted, rows, form)
    if form == "text":
        talk(many(len(rows), "row"))


def _wanted(columns: str | None, table: str, known: list[str]) -> list[str]:
    """The columns asked for, or those that are mostly."""
    if columns is None:
        return list(USUAL.get(table, known))
    if columns == "all":
        return known
    wanted = columns.split(",")
    for position, name in enumerate(wanted):
        if name not in known:
            told = f"{table} has no column {name!r}; it has {', '.join(known)}"
            raise click.BadParameter(told, param_hint="--columns")
        if name in wanted[:position]:
            raise click.BadParameter(f"the column {name} is asked for twice", param_hint="--columns")
    return wanted


def _rows(table: str, choice: Choice, data: str | Path | None) -> Iterator[tuple[Cell, ...]]:
    from conflictdata.analysis.selection import subset
    from conflictdata.tables.registry import table_rows

    whole = dataset(data)
    events = choice.events(whole)
    if events is None:
        yield from table_rows(whole.records, table)
        return
    # What events refer to stands by itself in a subset; but that brings in events that were not asked for.
    ids = {event.id for event in events}
    for row in table_rows(subset(whole.records, events), table):
        if table not in _OF_EVENTS or _event_of(table, row) in ids:
            yield row


_OF_EVENTS = {
    "events": "id",
    "participants": "event_id",
    "claims": "event_id",
    "distinctions": "event_id",
    "external_ids": "event_id",
}


def _event_of(table: str, row: tuple[Cell, ...]) -> Cell:
    from conflictdata.tables.registry import TABLES

    return row[[column.name for column in TABLES[table]].index(_OF_EVENTS[table])]
