"""Reading the rows of a table by the names of its columns, with findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from conflictdata.findings import MAX_FINDINGS, Code, Finding, truncate
from conflictdata.formats.csv_reader import MAX_CELL, SEPARATORS, TableRows
from conflictdata.schema.documents import VERSION, is_in
from conflictdata.tables.columns import Column, Layout
from conflictdata.text import quote


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: `number` counts from 1 (the heading); `place` is its file and number."""

    table: str
    number: int
    place: str
    cells: dict[str, str]

    def finding(self, column: str, code: Code, message: str) -> Finding:
        """A finding in one of its cells."""
        return Finding(self.place, f"/{column}", code, message)


def read_table(layout: Layout[Any], data: bytes, file: str, version: str = VERSION) -> tuple[list[Line], list[Finding]]:
    """The rows that are whole, and everything wrong with the others; a table of an older schema has fewer columns."""
    table = TableRows(data, file)
    rows = iter(table)
    ahead = [*islice(rows, _AHEAD)]
    first = [row[1] for row in ahead if not isinstance(row, Finding)]
    if not first:
        return [], [*(row for row in ahead if isinstance(row, Finding)), *table.repairs]
    former = {column.former: column.name for column in layout.columns if column.former is not None}
    names = first[0] = [former.get(name, name) for name in first[0]]
    if heading := list(_wrong_heading(layout, first, file, version)):
        # Where the heading is not understood, what follows from that would only hide it.
        return [], heading
    lines: list[Line] = []
    findings: list[Finding] = []
    repeated: list[Finding] = []
    seen: set[str] = set()
    # What follows from other cells is as long as they make it, and held against them.
    unbounded = {column.name for column in layout.columns if column.derived}
    for row in chain(ahead[1:], rows):
        if isinstance(row, Finding):
            findings.append(row)
            continue
        number, cells = row
        faults = list(_wrong_row(names, cells, f"{file}:{number}", unbounded))
        findings.extend(faults)
        if len(findings) > MAX_FINDINGS:
            break
        if not faults:
            line = Line(layout.name, number, f"{file}:{number}", dict(zip(names, cells, strict=True)))
            lines.append(line)
            if (record_id := line.cells.get("id")) in seen:
                message = f"{record_id} occurs in more than one row; change or delete one of them"
                repeated.append(line.finding("id", Code.DUPLICATE_ID, message))
                if len(repeated) > MAX_FINDINGS:  # fewer are reported when the rows are put together
                    findings += repeated
                    break
            elif record_id is not None:
                seen.add(record_id)
    return lines, truncate([*findings, *table.repairs], file)


_AHEAD = 20
"""Rows that are looked at to understand the heading."""


def _wrong_heading(layout: Layout[Any], rows: list[list[str]], file: str, version: str) -> Iterator[Finding]:
    columns = {column.name: column for column in layout.columns}
    place = f"{file}:1"
    names = rows[0]
    if not columns.keys() & set(names):
        if other := next(filter(None, (_separator(row[0], columns) for row in rows)), None):
            yield Finding(place, "", Code.DIALECT, f"the cells are separated by {other}; save the file with commas")
            return
        if any(len(columns.keys() & set(row)) > len(columns) // 2 for row in rows[1:]):
            message = "the first row does not name the columns; delete the rows above the column names"
            yield Finding(place, "", Code.TITLE_ROW, message)
            return
    for position, name in enumerate(names, 1):
        if not name:
            yield Finding(
                place, f"/{position}", Code.UNKNOWN_COLUMN, f"column {position} has no name; name it or delete it"
            )
        elif name not in columns:
            message = f"{layout.name} has no column {quote(name)}; correct the name or delete the column"
            yield Finding(place, f"/{position}", Code.UNKNOWN_COLUMN, message)
        elif name in names[: position - 1]:
            yield Finding(place, f"/{position}", Code.REPEATED_ITEM, f"the column {name} occurs twice; delete one")
    for column in columns.values():
        if not column.derived and is_in(version, column.since) and column.name not in names:
            yield Finding(place, "", Code.MISSING_COLUMN, f"the column {column.name} is missing; add it")


def _separator(cell: str, columns: dict[str, Column[Any]]) -> str | None:
    for mark, name in SEPARATORS.items():
        if len(columns.keys() & {part.strip('"') for part in cell.split(mark)}) > 1:
            return name
    return None


def _wrong_row(names: list[str], row: list[str], place: str, unbounded: set[str]) -> Iterator[Finding]:
    if len(row) != len(names):
        cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
        message = (
            "the row is blank; delete it"
            if row == [""]
            else f"the row has {cells}, expected {len(names)}; check commas and quotation marks"
        )
        yield Finding(place, "", Code.RAGGED_ROW, message)
        return
    if not any(row):
        yield Finding(place, "", Code.RAGGED_ROW, "the row is blank; delete it")
        return
    for name, cell in zip(names, row, strict=True):
        if len(cell) > MAX_CELL and name not in unbounded:
            message = f"the cell has {len(cell)} characters, the maximum is {MAX_CELL}; shorten it"
            yield Finding(place, f"/{name}", Code.TOO_LONG, message)
