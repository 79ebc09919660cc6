"""The dataset as tables: columns declared once, for exports, data frames and the codebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from conflictdata.model import Records
from conflictdata.views.names import one_of
from conflictdata.views.rows.actors import ACTORS, LAYOUT_NAMES, RELATIONS
from conflictdata.views.rows.claims import CLAIMS, EVIDENCE
from conflictdata.views.rows.column import SEPARATOR, Column, ColumnType, Layout, Link, Value, spell
from conflictdata.views.rows.events import EVENTS, FLAT
from conflictdata.views.rows.parties import DISTINCTIONS, PARTICIPANTS
from conflictdata.views.rows.places import NAMES, PLACES
from conflictdata.views.rows.sources import ALTERATIONS, CHAIN, SOURCES

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
)

LAYOUTS: Mapping[str, Layout[Any]] = MappingProxyType({layout.name: layout for layout in _ALL})
"""Every table by name; together they hold every member of every record."""

TABLES: Mapping[str, tuple[Column[Any], ...]] = MappingProxyType({layout.name: layout.columns for layout in _ALL})
"""The columns of every table, in order."""


def table_rows(records: Records, table: str) -> Iterator[tuple[Value, ...]]:
    """The rows of a table, each a value for each of its columns; `UnknownName` where there is no such table."""
    layout = LAYOUTS[one_of("table", table, LAYOUTS)]
    for item in layout.items(records):
        yield tuple(column.value(item) for column in layout.columns)


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
    "spell",
    "table_rows",
]
