"""The whole dataset as a folder of CSV tables with keys, described by a Data Package: the lossless CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from conflictdata.formats.csv_tables.descriptor import descriptor
from conflictdata.formats.csv_tables.names import DESCRIPTOR
from conflictdata.formats.csv_writer import csv_columns, csv_lines
from conflictdata.formats.interface import Chosen, FolderFormat, selected
from conflictdata.formats.spreadsheet import SPREADSHEET_SAFE
from conflictdata.model import Records
from conflictdata.tables.columns import Layout
from conflictdata.tables.events import EVENTS
from conflictdata.tables.gathering import gathered
from conflictdata.tables.registry import LAYOUTS


def tables(records: Records, events: Chosen | None, *, spreadsheet_safe: bool) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The descriptor and each table, of all records or of a selection that stands by itself."""
    records = selected(records, events)
    described = descriptor(records, spreadsheet_safe=spreadsheet_safe)
    yield DESCRIPTOR, iter([json.dumps(described, indent=2, ensure_ascii=False).encode() + b"\n"])
    for layout in LAYOUTS.values():
        yield f"{layout.name}.csv", _table(records, layout, safe=spreadsheet_safe)


def _table(records: Records, layout: Layout[Any], *, safe: bool) -> Iterator[bytes]:
    if layout is not EVENTS:
        return csv_lines(layout.columns, layout.items(records), safe=safe)
    # Only here do cells take long, and other exports need the same; a whole table of claims would take much memory.
    return csv_columns(layout.columns, [cells for _, cells in gathered(records, layout)], safe=safe)


TABLES = FolderFormat(
    name="tables",
    description="A folder of CSV tables with keys and a Data Package that describes them; loads back without loss.",
    files=tables,
    options=(SPREADSHEET_SAFE,),
)
