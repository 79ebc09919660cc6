"""`exclusions.csv` beside the records: the parts of documents that were left out on purpose, by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from conflictdata.canonical import misspelt, read_bytes
from conflictdata.canonical.limits import MAX_LISTING, is_spelled
from conflictdata.codelists import codes
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding
from conflictdata.formats.csv_tables.table_rows import Line, read_table
from conflictdata.formats.records_folder.entries import EXCLUSIONS, astray
from conflictdata.model import Records
from conflictdata.rules.context import ANY
from conflictdata.tables.columns import Column, ColumnType, Layout
from conflictdata.text import named, quote

REASONS = "exclusion-reasons"
"""The codelist of its reasons."""

_COLUMNS = {
    "source": "The document.",
    "paragraph": "Which of its paragraphs; empty for the document as a whole.",
    "reason": "Why it was left out, a code.",
    "what": "What it says, in our words.",
}
_LAYOUT: Layout[Any] = Layout(
    EXCLUSIONS,
    "What was left out on purpose.",
    tuple(Column(name, ColumnType.STRING, meaning, lambda item: None) for name, meaning in _COLUMNS.items()),
    (),
    (),
    lambda records: (),  # it is only read and copied, never written
)


def excluded_documents(path: Path) -> frozenset[str]:
    """The ids of the sources that the file names; none where it cannot be read, which `validate_exclusions` reports."""
    try:
        lines, _ = read_table(_LAYOUT, read_bytes(path, max_bytes=MAX_LISTING), named(path))
    except InvalidInput:
        return frozenset()
    return frozenset(line.cells["source"] for line in lines)


def validate_exclusions(path: Path, root: Path, records: Records, refused: Set[str]) -> Iterator[Finding]:
    """The findings in the file in the folder of records `root`; `refused` are the sources that could not be read."""
    if out := astray(path, root):
        yield out
        return
    try:
        data = read_bytes(path, max_bytes=MAX_LISTING)
    except InvalidInput as unread:
        yield unread.finding
        return
    lines, findings = read_table(_LAYOUT, data, named(path))
    yield from findings
    seen: dict[tuple[str, ...], int] = {}
    for line in lines:
        yield from _wrong_reason(line)
        yield from _wrong_paragraph(line, records, refused)
        cells = tuple(line.cells[name] for name in _COLUMNS)
        if (first := seen.setdefault(cells, line.number)) != line.number:
            yield line.finding("what", Code.REPEATED_ITEM, f"the row is the same as row {first}; remove one")


def _wrong_reason(line: Line) -> Iterator[Finding]:
    reason = line.cells["reason"]
    if reason not in codes(REASONS):
        message = f"{quote(reason)} is not a code here; use one of {', '.join(codes(REASONS))}"
        yield line.finding("reason", Code.NOT_IN_CODELIST, message)
    if not line.cells["what"].strip():
        yield line.finding("what", Code.EMPTY_STRING, "`what` is empty; write what was left out")


def _wrong_paragraph(line: Line, records: Records, refused: Set[str]) -> Iterator[Finding]:
    cell, source = line.cells["paragraph"], records.sources.get(line.cells["source"])
    if source is None and not refused & {line.cells["source"], ANY}:
        message = f"no source has the id {quote(line.cells['source'])}; correct the id, or add the source"
        yield line.finding("source", Code.DANGLING_REFERENCE, message)
    if not cell:
        return
    if not (cell.isdecimal() and is_spelled(cell)):
        yield line.finding("paragraph", Code.NUMBER_SPELLING, misspelt(cell))
    elif source is not None and not 1 <= int(cell) <= source.paragraphs:
        message = f"paragraph {cell} does not exist, because {source.id} has {source.paragraphs}; correct the number"
        yield line.finding("paragraph", Code.PARAGRAPH_OUT_OF_RANGE, message)
