"""The whole dataset as a folder of CSV tables with keys, described by a Data Package: the lossless CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator

from conflictdata.export.dialect import csv_lines
from conflictdata.export.format import FolderFormat
from conflictdata.export.spreadsheet import SPREADSHEET_SAFE
from conflictdata.export.tables.descriptor import descriptor
from conflictdata.model import Event, Records
from conflictdata.store.tables.naming import DESCRIPTOR
from conflictdata.views.rows import LAYOUTS
from conflictdata.views.subset import subset


def tables(
    records: Records, events: tuple[Event, ...] | None, *, spreadsheet_safe: bool
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The descriptor and each table, of all records or of a selection that stands by itself."""
    if events is not None:
        records = subset(records, events)
    described = descriptor(records, spreadsheet_safe=spreadsheet_safe)
    yield DESCRIPTOR, iter([json.dumps(described, indent=2, ensure_ascii=False).encode() + b"\n"])
    for layout in LAYOUTS.values():
        yield f"{layout.name}.csv", csv_lines(layout.columns, layout.items(records), safe=spreadsheet_safe)


TABLES = FolderFormat(
    name="tables",
    description="A folder of CSV tables with keys and a Data Package that describes them; loads back equal.",
    files=tables,
    options=(SPREADSHEET_SAFE,),
)
