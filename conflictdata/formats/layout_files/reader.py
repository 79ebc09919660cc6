"""A file of a layout read by column name into typed columns, with everything that is wrong with it.

DuckDB reads the file once, in memory that does not grow with it, into a typed copy in a temporary folder. Only a file
in which something is wrong is read again, as text, which shows what it is.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from conflictdata.atomic import write_bytes
from conflictdata.errors import CannotWrite, InvalidData
from conflictdata.extras import require
from conflictdata.findings import MAX_FINDINGS, Code, Finding, Severity, truncate
from conflictdata.formats.csv_reader import MAX_COLUMNS
from conflictdata.formats.layout_files.dialect import Dialect, dialect_of, utf8_chunks
from conflictdata.formats.layout_files.expected import LayoutSpec, parsed, typed
from conflictdata.formats.layout_files.layout_file import LayoutFile
from conflictdata.formats.layout_files.rows import write_numbered
from conflictdata.formats.layout_files.typed_copy import TypedCopy

_SAMPLE = 500
"""The number of rows from which the form of a column is found."""

_LARGE = 16 << 20
"""Bytes of a file whose beginning is looked at first."""

_BEGINNING = 5_000
"""Lines in which a file with very many errors shows them."""

_CHUNK = 1 << 20


def read_layout(path: Path, spec: LayoutSpec) -> LayoutFile:
    """A file of the layout with at most MAX_FINDINGS errors; `InvalidData` if there is no table, or too many torn rows.

    `CannotWrite` if the temporary folder has no space.
    """
    dialect = dialect_of(path)
    if isinstance(dialect, Finding):
        raise InvalidData([dialect], path)
    names = tuple(name.strip().lower() or f"unnamed_{n}" for n, name in enumerate(dialect.heading, 1))
    if faults := list(_wrong_heading(spec, names, str(path))):
        raise InvalidData(faults, path)
    duckdb = require("duckdb")
    try:
        folder = Path(tempfile.mkdtemp(prefix="conflictdata-"))
    except OSError as error:
        raise CannotWrite(Path("a temporary folder"), error.strerror or str(error)) from error
    try:
        n_rows, findings = _Reading(path, spec, dialect, names, folder).read()
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise CannotWrite(folder, getattr(error, "strerror", None) or str(error).splitlines()[0]) from error
    except duckdb.Error as error:
        shutil.rmtree(folder, ignore_errors=True)
        message = f"cannot be read: {str(error).splitlines()[0]}"
        raise InvalidData([Finding(str(path), "", Code.CSV_SYNTAX, message)], path) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return LayoutFile(path, spec.name, dialect, names, n_rows, findings, folder)


class _Reading:
    """The reading of one file: `read` makes the typed copy in the folder."""

    def __init__(self, path: Path, spec: LayoutSpec, dialect: Dialect, names: tuple[str, ...], folder: Path) -> None:
        self.path = path
        self.spec = spec
        self.dialect = dialect
        self.names = names
        self.folder = folder

    def read(self) -> tuple[int, tuple[Finding, ...]]:
        """The number of rows, and the findings."""
        plain, repaired = self._plain()
        repaired = (*self._nameless(), *repaired)
        if plain.stat().st_size > _LARGE:
            beginning = self.folder / "beginning.csv"
            with plain.open("rb") as stream, beginning.open("wb") as target:
                target.writelines(islice(stream, _BEGINNING))
            _, findings = self._read_as_text(beginning)
            if sum(finding.severity is Severity.ERROR for finding in findings) > MAX_FINDINGS:
                raise InvalidData(findings, self.path)  # there are enough; what comes after them is not looked at
        with suppress(require("duckdb").Error):  # a row that is none, or a cell of another type than the first ones
            n_rows, n_wrong = self._typed_copy(plain, self._read_as(plain)).write()
            if not n_wrong:
                return n_rows, repaired
        n_rows, findings = self._read_as_text(plain)
        return n_rows, (*findings, *repaired)

    def _nameless(self) -> Iterator[Finding]:
        """A warning for each column without a name: R and pandas write the numbers of the rows so."""
        for position, (heading, name) in enumerate(zip(self.dialect.heading, self.names, strict=True), 1):
            if not heading.strip():
                message = f"column {position} has no name; it was read as {name}"
                yield Finding(f"{self.path}:1", f"/{position}", Code.CSV_REPAIRED, message)

    def _plain(self) -> tuple[Path, tuple[Finding, ...]]:
        """The file in UTF-8 without blank rows at its end, and a warning if there were any."""
        plain = self.path
        if self.dialect.encoding != "utf-8":
            plain = self.folder / "utf-8.csv"
            write_bytes(plain, utf8_chunks(self.path, self.dialect))
        elif re.search("[*?[]", os.fspath(plain)):  # DuckDB would read every file whose name fits
            plain = self.folder / "file.csv"
            shutil.copyfile(self.path, plain)
        return _without_blank_end(plain, self.path, self.dialect.separator, self.folder)

    def _read_as(self, plain: Path) -> list[tuple[str, str]]:
        """Of each column the type with which its first cells can be read directly, and SQL for its value."""
        known, sample = self.spec.by_name, _sample(plain, self.dialect.separator, len(self.names))
        return [
            parsed(known[name], f"c{n}", values) if name in known else ("VARCHAR", f"c{n}")
            for n, (name, values) in enumerate(zip(self.names, sample, strict=True))
        ]

    def _read_as_text(self, plain: Path) -> tuple[int, tuple[Finding, ...]]:
        """The number of whole rows, and what is wrong; `InvalidData` if too many rows are torn."""
        file, numbered = str(self.path), self.folder / "numbered.csv"
        copied = write_numbered(plain, numbered, file, self.dialect.separator, len(self.names))
        if len(copied.torn) > MAX_FINDINGS:
            raise InvalidData(list(truncate(copied.torn, file)), self.path)
        known = self.spec.by_name
        sources = [
            ("VARCHAR", typed(known[name], f"c{n}") if name in known else f"c{n}") for n, name in enumerate(self.names)
        ]
        copy = self._typed_copy(numbered, sources, numbered=True)
        n_rows, _ = copy.write()
        findings = truncate(sorted([*copied.torn, *copy.wrong_cells(file), *copy.na_cells(file)], key=_row), file)
        if len(copied.line_ends) > 1:
            message = f"rows end with {' and '.join(copied.line_ends)}; each was read as the end of a row"
            findings.append(Finding(file, "", Code.CSV_REPAIRED, message))
        return n_rows, tuple(findings)

    def _typed_copy(self, plain: Path, sources: list[tuple[str, str]], *, numbered: bool = False) -> TypedCopy:
        separator = self.dialect.separator
        return TypedCopy(self.spec, self.names, sources, separator, plain, self.folder, numbered=numbered)


def _row(finding: Finding) -> int:
    return int(finding.file.rpartition(":")[2])


def _without_blank_end(plain: Path, path: Path, separator: str, folder: Path) -> tuple[Path, tuple[Finding, ...]]:
    """The file without rows at its end that hold nothing, and a warning if there were any."""
    blank = f"{separator}\r\n".encode()
    with plain.open("rb") as stream:
        size = end = stream.seek(0, os.SEEK_END)
        kept = b""
        while end and not kept:
            start = max(0, end - _CHUNK)
            stream.seek(start)
            kept = stream.read(end - start).rstrip(blank)
            end = start if not kept else start + len(kept)
        stream.seek(end)
        first = len(stream.readline())  # the rest of the last row that holds something
        if size - end - first == 0:
            return plain, ()
        rows = sum(piece.count(b"\n") for piece in iter(lambda: stream.read(_CHUNK), b""))
        shorter = folder / "without-blank-rows.csv"
        stream.seek(0)
        with shorter.open("wb") as target:
            left = end + first
            while left and (piece := stream.read(min(left, _CHUNK))):
                target.write(piece)
                left -= len(piece)
    message = f"blank rows at the end ({rows or 1}) were not read"
    return shorter, (Finding(str(path), "", Code.CSV_REPAIRED, message),)


def _sample(path: Path, separator: str, width: int) -> list[list[str]]:
    """The first cells of each column that are not empty."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows: list[list[str]] = []
        with suppress(csv.Error):  # a cell that is not closed, which is reported with its row
            rows.extend(islice(csv.reader(stream, delimiter=separator), 1, _SAMPLE))
    return [[row[n] for row in rows if n < len(row) and row[n]] for n in range(width)]


def _wrong_heading(spec: LayoutSpec, names: tuple[str, ...], file: str) -> Iterator[Finding]:
    place = f"{file}:1"
    if len(names) > MAX_COLUMNS:
        message = f"the row has more than {MAX_COLUMNS} cells, the maximum; check the separators"
        yield Finding(place, "", Code.TOO_MANY_ITEMS, message)
        return
    for position, name in enumerate(names, 1):
        if name in names[: position - 1]:
            yield Finding(place, f"/{position}", Code.REPEATED_ITEM, f"the column {name[:80]} occurs twice; delete one")
    for column in spec.columns:
        if column.needed and column.name not in names:
            message = f"the column {column.name} is missing; every file in {spec.name} has it"
            yield Finding(place, "", Code.MISSING_COLUMN, message)
