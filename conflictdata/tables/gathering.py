"""The cells of whole tables, column by column, computed once for a set of records."""

from __future__ import annotations

from typing import Any

from conflictdata.analysis.memo import once
from conflictdata.collector_pause import collector_paused
from conflictdata.model import Records
from conflictdata.tables.columns import Column, ColumnType, Layout, gather

Cells = list[tuple[Column[Any], list[Any]]]
"""Each column with its cells; codes are plain strings."""


def gathered(records: Records, layout: Layout[Any]) -> Cells:
    """The cells of a table.

    They are kept with the records and must not be changed. Data frames and exports of the same records so share the
    values that follow from the claims, which take most of the time.
    """
    kept = _gathered(records)
    if layout.name not in kept:
        with collector_paused():
            cells = gather(layout.columns, [*layout.items(records)])
            kept[layout.name] = [
                (column, plain(column, each)) for column, each in zip(layout.columns, cells, strict=True)
            ]
    return kept[layout.name]


@once
def _gathered(records: Records) -> dict[str, Cells]:
    """The tables gathered so far."""
    return {}


def plain(column: Column[Any], cells: list[Any]) -> list[Any]:
    """The cells with codes as text: the libraries do not treat a member of a StrEnum as such."""
    if column.type not in (ColumnType.STRING, ColumnType.CODE) or {*map(type, cells)} <= _PLAIN:
        return cells
    texts = {cell: cell if cell is None else str(cell) for cell in {*cells}}
    return [texts[cell] for cell in cells]


_PLAIN = {str, type(None)}
