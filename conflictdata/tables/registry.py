"""Every table of the dataset by name, and its rows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from conflictdata.analysis.lookup import resolve_choice
from conflictdata.analysis.memo import once
from conflictdata.collector_pause import collector_paused
from conflictdata.model import Records
from conflictdata.tables.actors import ACTORS, LAYOUT_NAMES, RELATIONS
from conflictdata.tables.claims import CLAIMS, EVIDENCE
from conflictdata.tables.columns import SEPARATOR, Column, ColumnType, Layout, Link, Value, gather, spell
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


def gathered(records: Records, table: str) -> list[tuple[Column[Any], list[Any]]]:
    """Each column of a table with its cells; codes are plain strings.

    The lists are kept with the records and must not be changed. Data frames and exports of the same records so share
    the values that follow from the claims, which take most of the time.
    """
    layout = LAYOUTS[resolve_choice("table", table, LAYOUTS)]
    kept = _gathered(records)
    if table not in kept:
        with collector_paused():
            cells = gather(layout.columns, [*layout.items(records)])
            kept[table] = [(column, plain(column, each)) for column, each in zip(layout.columns, cells, strict=True)]
    return kept[table]


@once
def _gathered(records: Records) -> dict[str, list[tuple[Column[Any], list[Any]]]]:
    """The tables gathered so far."""
    return {}


def plain(column: Column[Any], cells: list[Any]) -> list[Any]:
    """The cells with codes as text: the libraries do not treat a member of a StrEnum as such."""
    if column.type not in (ColumnType.STRING, ColumnType.CODE):
        return cells
    return [cell if cell is None or type(cell) is str else str(cell) for cell in cells]


def table_rows(records: Records, table: str, only: Container[str] | None = None) -> Iterator[tuple[Value, ...]]:
    """The rows of a table, with a value for each column; `UnknownName` if there is no such table.

    With `only` the other columns are None. A few columns of events take most of the time, such as the number killed.
    """
    layout = LAYOUTS[resolve_choice("table", table, LAYOUTS)]
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
    "gathered",
    "plain",
    "spell",
    "table_rows",
]
