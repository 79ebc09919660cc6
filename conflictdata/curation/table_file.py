"""CSV files of curators: their rows, or the first error with its row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from conflictdata.canonical import MAX_DATASET_BYTES, read_bytes
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding
from conflictdata.text import quote


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: `place` is the file and the row's number, the heading counted as row 1."""

    place: str
    cells: dict[str, str]

    def wrong(self, column: str, code: Code, message: str) -> InvalidInput:
        """The error for one of its cells."""
        return InvalidInput(Finding(self.place, f"/{column}", code, message))


def read_rows(path: Path, columns: Iterable[str], *, unique: str | None = None) -> list[TableRow]:
    """The rows of a CSV file in UTF-8 that has at least these columns; `unique` is a column that must differ in each
    row.

    Raises `InvalidInput` with the row and column of the first fault. Bytes that are not UTF-8 are read as U+FFFD.
    """
    text = read_bytes(path, max_bytes=MAX_DATASET_BYTES).decode("utf-8-sig", errors="replace")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows: list[TableRow] = []
    seen: dict[str, int] = {}
    try:
        heading = reader.fieldnames or ()
        if lacking := [name for name in columns if name not in heading]:
            message = f"the table has no column {', '.join(lacking)}; use the file that has {', '.join(columns)}"
            raise InvalidInput(Finding(f"{path}:1", "", Code.MISSING_COLUMN, message))
        for number, cells in enumerate(reader, 2):
            row = TableRow(f"{path}:{number}", cells)
            if None in cells or None in cells.values():
                raise row.wrong(
                    "",
                    Code.RAGGED_ROW,
                    f"the row does not have the {len(heading)} cells of the heading; check commas and quotation marks",
                )
            first = seen.setdefault(cells[unique], number) if unique is not None else number
            if unique is not None and first != number:
                raise row.wrong(
                    unique, Code.DUPLICATE_ID, f"{quote(cells[unique])} is also in row {first}; change or delete one"
                )
            rows.append(row)
    except csv.Error as error:
        raise InvalidInput(Finding(f"{path}:{len(rows) + 2}", "", Code.CSV_SYNTAX, str(error))) from error
    if not rows:
        raise InvalidInput(
            Finding(f"{path}:1", "", Code.EMPTY_INPUT, "the table has no row below its heading; add one")
        )
    return rows
