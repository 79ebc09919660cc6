"""Every table of the dataset by name, and its rows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from conflictdata.analysis.arguments import resolve_choice
from conflictdata.model import Records
from conflictdata.tables.actors import ACTORS, LAYOUT_NAMES, RELATIONS
from conflictdata.tables.claims import CLAIMS, EVIDENCE
from conflictdata.tables.columns import SEPARATOR, Column, ColumnType, Layout, Link, Value, spell
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
    values = [c.value if only is None or c.name in only else _nothing for c in layout.columns]
    for item in layout.items(records):
        yield tuple([value(item) for value in values])


def _nothing(item: object) -> None:
    return None


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
    "spell",
    "table_rows",
]
