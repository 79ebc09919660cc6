"""Records gathered from where they lie, so that what is wrong between them is told at the right place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conflictdata.findings import Code, Finding
from conflictdata.model import Record, Records, Release, type_of_kind
from conflictdata.rules import check_records
from conflictdata.store.judging import within

FOLDERS = {f"{kind}s": kind for kind in type_of_kind}
"""The folder of each kind of record, which is also the name of its list in a dataset document."""

Known = tuple[str, str]
"""A record's kind and id."""


class Gathering:
    """Records by kind and id, and by the file and pointer where each was found."""

    def __init__(self) -> None:
        self._found: dict[str, list[Record]] = {kind: [] for kind in type_of_kind}
        self._where: dict[Known, tuple[str, str]] = {}
        self._refused: set[Known] = set()

    def add(self, record: Record, file: str, pointer: str = "") -> Iterator[Finding]:
        """Take a record in; one whose id is taken is told and left out."""
        kind = type(record).__name__.lower()
        first, inside = self._where.setdefault((kind, record.id), (file, pointer))
        if (first, inside) == (file, pointer):
            self._found[kind].append(record)
        else:
            told = f"{record.id} is also the id of {inside or first}"
            yield Finding(file, f"{pointer}/id", Code.DUPLICATE_ID, told)

    def refuse(self, kind: str, record_id: str) -> None:
        """Take note of a record that is there but could not be read."""
        self._refused.add((kind, record_id))

    def refused(self, kind: str) -> frozenset[str]:
        """The ids of such records of a kind."""
        return frozenset(record_id for of, record_id in self._refused if of == kind)

    def records(self, release: Release | None = None) -> Records:
        """All that was taken in."""
        tables: dict[str, Any] = {f"{kind}s": rows for kind, rows in self._found.items()}
        return Records.of(**tables, release=release)

    def findings(self, records: Records) -> Iterator[Finding]:
        """What is wrong between the records."""
        # The rules know records by kind and id; where such a record lies, file and pointer, is known here.
        for finding in check_records(records, lambda kind, record_id: f"{kind} {record_id}", frozenset(self._refused)):
            kind, record_id = finding.file.split(" ")
            file, pointer = self._where[kind, record_id]
            yield from within(pointer, [Finding(file, finding.pointer, finding.code, finding.message)])
