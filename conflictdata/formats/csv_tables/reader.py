"""Reading a folder of tables back to its records, strictly, with every error reported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from conflictdata.canonical import MAX_DATASET_BYTES, JsonObject, read_bytes, read_file
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding, truncate
from conflictdata.formats.csv_tables.assemble import KIND_OF, Part, assemble
from conflictdata.formats.csv_tables.heading import Line, read_table
from conflictdata.formats.csv_tables.names import DESCRIPTOR, RELEASE, SAFE, SCHEMA
from conflictdata.formats.formulas import unescape_formulas
from conflictdata.formats.json_document import validate_dataset
from conflictdata.model import Records
from conflictdata.schema.documents import READABLE, VERSION, is_in, schema, urn, version_of
from conflictdata.tables.columns import Column, ColumnType, Layout, spell
from conflictdata.tables.registry import LAYOUTS
from conflictdata.text import named, quote
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
        described = read_file(path)
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
    """The dataset document of the tables."""
    release = {"release": described[RELEASE]} if RELEASE in described else {}
    whole = {"$schema": urn("dataset")} | release | {table: [part.value for part in parts[table]] for table in parts}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _located(finding: Finding, folder: Path, parts: Mapping[str, list[Part]]) -> Finding:
    """The finding with its place in the tables or in the descriptor."""
    _, table, *rest = finding.pointer.split("/") if finding.pointer else ["", ""]
    if table in parts and rest:
        place, pointer = parts[table][int(rest[0])].locate("".join(f"/{step}" for step in rest[1:]))
        return Finding(place, pointer, finding.code, finding.message)
    if table == "release":
        pointer = finding.pointer.replace("/release", f"/{RELEASE}", 1)
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
            for cells in [{column.name: spell(column.value(item)) for column in columns}]
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
            message = f"{found} differs from {right}, which the records give; correct it, or delete a derived column"
            yield line.finding(column.name, Code.CELL_MISMATCH, message)
