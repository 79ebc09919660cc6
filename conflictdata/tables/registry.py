"""Every table of the dataset by name, and its rows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import compress, islice, repeat
from types import MappingProxyType
from typing import Any

from conflictdata.analysis.arguments import resolve_choice
from conflictdata.collector_pause import collector_paused
from conflictdata.model import Records
from conflictdata.tables.actors import ACTORS, LAYOUT_NAMES, RELATIONS
from conflictdata.tables.claims import CLAIMS, EVIDENCE
from conflictdata.tables.columns import SEPARATOR, Column, ColumnType, Layout, Link, Value, gather
from conflictdata.tables.events import EVENTS, FLAT
from conflictdata.tables.participants import DISTINCTIONS, EXTERNAL_IDS, PARTICIPANTS
from conflictdata.tables.places import NAMES, PLACES
from conflictdata.tables.sources import ALTERATIONS, CHAIN, SOURCES

_ALL: tuple[Layout[Any], ...] = (
    EVENTS,
    PARTICIPANTS,
    CLAIMS,
    EVIDENCE,
    ACTORS,
    RELATIONS,
    PLACES,
    SOURCES,
    NAMES,
    LAYOUT_NAMES,
    CHAIN,
    ALTERATIONS,
    DISTINCTIONS,
    EXTERNAL_IDS,
)

LAYOUTS: Mapping[str, Layout[Any]] = MappingProxyType({layout.name: layout for layout in _ALL})
"""Every table by name; together they hold every member of every record."""

TABLES: Mapping[str, tuple[Column[Any], ...]] = MappingProxyType({layout.name: layout.columns for layout in _ALL})
"""The columns of every table, in order."""


def layout_of(table: str) -> Layout[Any]:
    """The table of that name, in any letter case; else `UnknownName`."""
    return LAYOUTS[resolve_choice("table", table, LAYOUTS)]


def table_rows(records: Records, table: str, only: Container[str] | None = None) -> Iterator[tuple[Value, ...]]:
    """The rows of a table, with a value for each column; `UnknownName` if there is no such table.

    With `only` the other columns are None. A few columns of events take most of the time, such as the number killed.
    """
    layout = layout_of(table)
    asked = [only is None or column.name in only for column in layout.columns]
    columns = [*compress(layout.columns, asked)]
    left = iter(layout.items(records))
    while True:
        with collector_paused():  # as in `gathered`
            items = [*islice(left, _ROWS)]
            found = iter(gather(columns, items))
        if not items:
            return
        yield from zip(*(next(found) if each else repeat(None, len(items)) for each in asked), strict=True)


_ROWS = 1000
"""So many rows are gathered at once."""


__all__ = [
    "FLAT",
    "LAYOUTS",
    "SEPARATOR",
    "TABLES",
    "Column",
    "ColumnType",
    "Layout",
    "Link",
    "Value",
    "layout_of",
    "table_rows",
]
