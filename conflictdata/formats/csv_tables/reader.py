"""Reading a folder of tables back to its records, strictly, with every error reported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from conflictdata.canonical import MAX_DATASET_BYTES, JsonObject, read_bytes, read_file
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding, truncate
from conflictdata.formats.csv_tables.assemble import KIND_OF, Part, assemble
from conflictdata.formats.csv_tables.names import CONTEXT, DESCRIPTOR, PERIOD, RELEASE, SAFE, SCHEMA, SELECTION
from conflictdata.formats.csv_tables.table_rows import Line, read_table
from conflictdata.formats.json_document import validate_dataset
from conflictdata.formats.spreadsheet import unescape_formulas
from conflictdata.model import Records
from conflictdata.schema.documents import READABLE, VERSION, is_in, schema, urn, version_of
from conflictdata.tables.columns import Column, ColumnType, Layout
from conflictdata.tables.registry import LAYOUTS
from conflictdata.text import named, quote, spell_cell
from conflictdata.validation import errors_only

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})


def read_tables(folder: Path) -> tuple[Records, list[Finding]]:
    """The records in a folder of the `tables` format, and the findings; with an error there are no records.

    The place of a finding is file, row (the heading is row 1) and column. Columns may be in any order, and derived ones
    may be left out; if present, they must have the values that the records give. Tables of an older schema lack the
    columns that were added since, and their derived columns are not compared.
    """
    described, wrong = _descriptor(folder)
    findings = [*_unknown_files(folder), *wrong]
    version = version_of(str(described.get(SCHEMA)))
    lines: dict[str, list[Line]] = {}
    for name, layout in LAYOUTS.items():
        lines[name], wrong = _lines(layout, folder, version)
        findings += wrong
    if errors_only(findings):
        return Records.of(), findings
    if described[SAFE]:
        lines = {name: [_unescaped(line) for line in table] for name, table in lines.items()}
    lines = {name: _as_spelled(table, findings) for name, table in lines.items()}
    parts, astray = assemble(lines, version)
    if astray:  # a misspelt id would otherwise be reported only where other rows refer to it
        astray = [*_wrong_ids(lines), *astray]
    findings += truncate(astray, named(folder))
    if errors_only(findings):
        return Records.of(), findings
    records, found = validate_dataset(_document(described, parts), named(folder))
    findings += [_located(finding, folder, parts) for finding in found]
    if not errors_only(findings):
        findings += truncate(_mismatches(records, lines, derived=version == VERSION or _whole(lines)), named(folder))
    return (Records.of() if errors_only(findings) else records), findings


def _descriptor(folder: Path) -> tuple[JsonObject, list[Finding]]:
    """The descriptor, and the findings in our own members of it."""
    path = folder / DESCRIPTOR
    try:
        described = read_file(path, max_bytes=MAX_DATASET_BYTES)
    except InvalidInput as refused:
        return {}, [refused.finding]
    findings: list[Finding] = []
    if described.get(SCHEMA) not in {urn("dataset", version) for version in READABLE}:
        message = f"the tables are not of this schema; `{SCHEMA}` has to be {urn('dataset')}"
        findings.append(Finding(named(path), f"/{SCHEMA}", Code.UNKNOWN_SCHEMA, message))
    if not isinstance(described.get(SAFE), bool):
        findings.append(Finding(named(path), f"/{SAFE}", Code.WRONG_TYPE, "expected true or false; write one of them"))
    return described, findings


def _unknown_files(folder: Path) -> Iterator[Finding]:
    """Findings for tables that would be ignored."""
    for path in sorted(folder.glob("*")):
        if path.name.startswith((".", "~$")):  # leftovers of the system or an office program
            continue
        if path.suffix.lower() in _WORKBOOKS:
            message = "a workbook is not read; save each sheet as the CSV file of its table"
            yield Finding(named(path), "", Code.STRAY_FILE, message)
        elif path.suffix.lower() == ".csv" and path.stem not in LAYOUTS:
            message = f"the file is not a table of this dataset and is not read; the tables are {', '.join(LAYOUTS)}"
            yield Finding(named(path), "", Code.STRAY_FILE, message)


def _wrong_ids(lines: Mapping[str, list[Line]]) -> Iterator[Finding]:
    """Findings for rows with an id in the wrong form."""
    for table, kind in KIND_OF.items():
        form = re.compile(schema("definitions")["$defs"]["event_id" if kind == "event" else "slug"]["pattern"])
        wanted = "CD- and four digits" if kind == "event" else "small letters, digits and single hyphens"
        for line in lines[table]:
            if not form.search(record_id := line.cells["id"]):
                yield line.finding("id", Code.BAD_FORMAT, f"{quote(record_id)} is not an id; write {wanted}")


def _document(described: JsonObject, parts: Mapping[str, list[Part]]) -> bytes:
    """The dataset document that the tables make."""
    about = {member: described[name] for name, member in _MEMBERS.items() if name in described}
    whole = {"$schema": urn("dataset")} | about | {table: [part.value for part in parts[table]] for table in parts}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


_MEMBERS = {RELEASE: "release", PERIOD: "period", SELECTION: "selection", CONTEXT: "context"}
"""Of the descriptor, what stands in a dataset document under another name."""


def _located(finding: Finding, folder: Path, parts: Mapping[str, list[Part]]) -> Finding:
    """The finding with its place in the tables or in the descriptor."""
    _, table, *rest = finding.pointer.split("/") if finding.pointer else ["", ""]
    if table in parts and rest:
        place, pointer = parts[table][int(rest[0])].locate("".join(f"/{step}" for step in rest[1:]))
        return Finding(place, pointer, finding.code, finding.message)
    for name, member in _MEMBERS.items():
        if table == member:
            pointer = finding.pointer.replace(f"/{member}", f"/{name}", 1)
            return Finding(named(folder / DESCRIPTOR), pointer, finding.code, finding.message)
    return finding


def _lines(layout: Layout[Any], folder: Path, version: str) -> tuple[list[Line], list[Finding]]:
    path = folder / f"{layout.name}.csv"
    if not is_in(version, layout.since) and not path.exists():
        return [], []
    try:
        data = read_bytes(path, max_bytes=MAX_DATASET_BYTES)
    except InvalidInput as refused:
        return [], [refused.finding]
    return read_table(layout, data, named(path), version)


def _unescaped(line: Line) -> Line:
    """The row with its text unescaped."""
    text = {column.name for column in LAYOUTS[line.table].columns if column.type is ColumnType.STRING}
    cells = {name: unescape_formulas(cell) if name in text else cell for name, cell in line.cells.items()}
    return Line(line.table, line.number, line.place, cells)


_WHOLE = re.compile(r"(-?(?:0|[1-9][0-9]{0,17}))\.0+")
"""A whole number as pandas writes it where another cell of its column is empty."""

_TRUTHS = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}
"""True and false as pandas and R write them."""


def _as_spelled(table: list[Line], findings: list[Finding]) -> list[Line]:
    """The rows with whole numbers and truth values in our spelling, and a warning that says which were in another."""
    kinds = {column.name: column.type for column in LAYOUTS[table[0].table].columns} if table else {}
    numbers = [name for name, kind in kinds.items() if kind in (ColumnType.INTEGER, ColumnType.NUMBER)]
    truths = [name for name, kind in kinds.items() if kind is ColumnType.BOOLEAN]
    first: Finding | None = None
    repaired, count = [], 0
    for line in table:
        other = {}
        for name in numbers:
            cell = line.cells.get(name, "")
            if ".0" in cell and (found := _WHOLE.fullmatch(cell)):
                other[name] = "0" if found[1] == "-0" else found[1]
        for name in truths:
            if (cell := line.cells.get(name, "")) in _TRUTHS:
                other[name] = _TRUTHS[cell]
        if other and first is None:
            name = next(iter(other))
            message = f"{quote(line.cells[name])} was read as {other[name]}"
            first = line.finding(name, Code.CSV_REPAIRED, message)
        count += len(other)
        repaired.append(Line(line.table, line.number, line.place, line.cells | other) if other else line)
    if first is not None:
        more = f", and {count - 1} more cells in this table in the same way" if count > 1 else ""
        findings.append(replace(first, message=first.message + more))
    return repaired


def _whole(lines: Mapping[str, list[Line]]) -> bool:
    """Whether the tables have every column of this version, so that it wrote them, from records of an older schema."""
    return not any(
        column.since is not None and column.name not in line.cells
        for name, table in lines.items()
        for line in table[:1]
        for column in LAYOUTS[name].columns
    )


def _mismatches(records: Records, lines: Mapping[str, list[Line]], *, derived: bool) -> Iterator[Finding]:
    """Findings for cells that differ from the values that the records give, so that no change is ignored."""
    for name, layout in LAYOUTS.items():
        given = {tuple(line.cells[column] for column in layout.key): line for line in lines[name]}
        columns = tuple(column for column in layout.columns if derived or not column.derived)
        expected = {
            tuple(cells[column] for column in layout.key): cells
            for item in layout.items(records)
            for cells in [{column.name: spell_cell(column.value(item)) for column in columns}]
        }
        for line in lines[name]:
            key = tuple(line.cells[column] for column in layout.key)
            if given[key] is not line or key not in expected:
                message = "occurs in more than one row" if key in expected else "does not fit the other rows"
                yield line.finding(
                    layout.key[-1], Code.CELL_MISMATCH, f"{quote(', '.join(key))} {message}; correct or delete it"
                )
                continue
            yield from _differences(line, expected[key], columns)


def _differences(line: Line, expected: Mapping[str, str], columns: tuple[Column[Any], ...]) -> Iterator[Finding]:
    for column in columns:
        if column.name in line.cells and line.cells[column.name] != expected[column.name]:
            found, right = (quote(cell) for cell in (line.cells[column.name], expected[column.name]))
            wrong = f"{found} differs from {right}, which follows from the other tables"
            message = f"{wrong}; correct it, or delete a derived column"
            yield line.finding(column.name, Code.CELL_MISMATCH, message)
