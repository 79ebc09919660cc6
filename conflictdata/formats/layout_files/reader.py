"""A file of a layout read by column name into typed columns, with everything that is wrong with it.

DuckDB reads the file once, in memory that does not grow with it, into a typed copy in a temporary folder.
"""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
import weakref
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from conflictdata.atomic import write_bytes
from conflictdata.errors import InvalidData
from conflictdata.extras import require
from conflictdata.findings import MAX_FINDINGS, Code, Finding, Severity, truncate
from conflictdata.formats.csv_reader import MAX_COLUMNS
from conflictdata.formats.csv_writer import csv_lines
from conflictdata.formats.layout_files.dialect import Dialect, dialect_of, records_of, utf8_chunks
from conflictdata.formats.layout_files.expected import LayoutSpec, checks, parsed, typed
from conflictdata.tables.columns import Column, ColumnType

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

WRONG = "conflictdata_wrong"
"""The column of the typed copy that marks wrong rows; data frames leave it out."""

_MOST = 100 * MAX_FINDINGS
"""More than the findings that are reported, because warnings are not counted."""

_SAMPLE = 500
"""The number of rows from which the form of a column is found."""

MEMORY = "400MB"
"""The memory limit of DuckDB for reading a file."""


@dataclass(frozen=True)
class LayoutFile:
    """A file of a layout that was read: what is wrong with it, and its rows as data frames.

    Days are dates, numbers are nullable, an empty cell is null; columns that the layout does not have are kept as text.
    """

    path: Path
    layout: str
    dialect: Dialect
    columns: tuple[str, ...]
    n_rows: int
    findings: tuple[Finding, ...]
    folder: Path = field(repr=False, compare=False)

    @property
    def parquet(self) -> Path:
        """The typed copy, which exists as long as this object."""
        return self.folder / "typed.parquet"

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars data frame; without polars `MissingExtra`."""
        frame: polars.DataFrame = require("polars").read_parquet(self.parquet, columns=[*self.columns])
        return frame

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas data frame with nullable types; without pandas or pyarrow `MissingExtra`."""
        pd = require("pandas")
        require("pyarrow")
        frame: pandas.DataFrame = pd.read_parquet(self.parquet, columns=[*self.columns], dtype_backend="numpy_nullable")
        for name, kind in frame.dtypes.items():
            if kind == "object":  # a day, as pyarrow gives it
                frame[name] = pd.to_datetime(frame[name]).astype("datetime64[ns]")
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table; without pyarrow `MissingExtra`."""
        table: pyarrow.Table = require("pyarrow.parquet").read_table(self.parquet, columns=[*self.columns])
        return table

    def write(self, target: Path | str, rows: Collection[int] | None = None) -> None:
        """Write the file unchanged, byte for byte, or only its heading and the rows at these positions (from 0)."""
        kept = None if rows is None else frozenset(rows)
        content = (
            record
            for position, record in enumerate(records_of(self.path, self.dialect), -1)
            if position < 0 or kept is None or position in kept
        )
        write_bytes(Path(target), content)

    def write_parquet(self, stream: BinaryIO) -> None:
        """Write the typed rows as a Parquet file."""
        parquet = require("pyarrow.parquet")
        source = parquet.ParquetFile(self.parquet)
        schema = source.schema_arrow
        kept = schema.remove(schema.get_field_index(WRONG))
        with parquet.ParquetWriter(stream, kept, compression="zstd") as writer:
            for batch in source.iter_batches(columns=[*self.columns]):
                writer.write_batch(batch)

    def csv_lines(self, *, spreadsheet_safe: bool = False) -> Iterator[bytes]:
        """The rows as CSV in UTF-8 with commas, line feeds and ISO days."""
        names = ", ".join(map(_name, self.columns))
        cursor = require("duckdb").connect().execute(f"SELECT {names} FROM {_text(self.parquet)}")
        columns: list[Column[Any]] = [
            Column(str(name), ColumnType.STRING if str(kind) == "VARCHAR" else ColumnType.NUMBER, "", itemgetter(at))
            for at, (name, kind, *_) in enumerate(cursor.description or ())
        ]
        return csv_lines(columns, iter(cursor.fetchone, None), safe=spreadsheet_safe)


def read_layout(path: Path, spec: LayoutSpec, *, memory: str = MEMORY) -> LayoutFile:
    """A file of the layout with at most MAX_FINDINGS findings; `InvalidData` if there is no table."""
    dialect = dialect_of(path)
    if isinstance(dialect, Finding):
        raise InvalidData([dialect], path)
    names = tuple(name.strip().lower() for name in dialect.heading)
    if faults := list(_wrong_heading(spec, names, str(path))):
        raise InvalidData(faults, path)
    folder = Path(tempfile.mkdtemp(prefix="conflictdata-"))
    try:
        n_rows, findings = _read_into(folder, path, spec, dialect, names, memory)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    found = LayoutFile(path, spec.name, dialect, names, n_rows, findings, folder)
    weakref.finalize(found, shutil.rmtree, folder, ignore_errors=True)
    return found


def _read_into(
    folder: Path, path: Path, spec: LayoutSpec, dialect: Dialect, names: tuple[str, ...], memory: str
) -> tuple[int, tuple[Finding, ...]]:
    """Make the typed copy in a folder; returns the number of rows and the findings."""
    plain = path
    if dialect.encoding != "utf-8":
        plain = folder / "utf-8.csv"
        write_bytes(plain, utf8_chunks(path, dialect))
    plain, repaired = _without_blank_end(plain, path, dialect.separator, folder)
    known = spec.by_name
    cells = [f"c{n}" for n in range(len(names))]
    sample = _sample(plain, dialect.separator, len(names))
    at_once = [
        parsed(known[name], cell, values) if name in known else ("VARCHAR", cell)
        for name, cell, values in zip(names, cells, sample, strict=True)
    ]
    # A row that was refused is read again as text, which shows what is wrong with which of its cells.
    as_text = [
        ("VARCHAR", typed(known[name], cell) if name in known else cell)
        for name, cell in zip(names, cells, strict=True)
    ]

    def read_as_text(part: Path) -> tuple[int, list[Finding]]:
        reading = _Reading(spec, names, as_text, dialect.separator, part, folder, memory)
        n_rows, _ = reading.copy()
        return n_rows, truncate([*reading.torn_rows(str(path))] or [*reading.wrong_cells(str(path))], str(path))

    if plain.stat().st_size > _LARGE:
        beginning = folder / "beginning.csv"
        with plain.open("rb") as stream, beginning.open("wb") as target:
            target.writelines(islice(stream, _BEGINNING))
        _, findings = read_as_text(beginning)
        if sum(finding.severity is Severity.ERROR for finding in findings) > MAX_FINDINGS:
            raise InvalidData(findings, path)  # there are enough; what comes after them is not looked at
    reading = _Reading(spec, names, at_once, dialect.separator, plain, folder, memory, strict=True)
    with suppress(require("duckdb").Error):  # a row that is none, or a cell of another type than the first ones
        n_rows, n_wrong = reading.copy()
        if not n_wrong:
            return n_rows, repaired
    if torn := [*_torn_rows(plain, str(path), dialect.separator, len(names))]:
        raise InvalidData(torn, path)
    n_rows, findings = read_as_text(plain)
    return n_rows, (*findings, *repaired)


_LARGE = 16 << 20
"""Bytes of a file whose beginning is looked at first."""

_BEGINNING = 5_000
"""Lines in which a file with very many errors shows them."""


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
    told = f"blank rows at the end ({rows or 1}) were not read"
    return shorter, (Finding(str(path), "", Code.CSV_REPAIRED, told),)


_CHUNK = 1 << 20


def _torn_rows(plain: Path, file: str, separator: str, width: int) -> Iterator[Finding]:
    """Where more rows than are reported have too many or too few cells: the first of them."""
    found: list[Finding] = []
    with plain.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = csv.reader((line.replace("\0", "") for line in stream), delimiter=separator)
        try:
            for row in rows:
                if row and len(row) != width:
                    told = f"the row has {len(row)} cells, expected {width}; check separators and quotation marks"
                    found.append(Finding(f"{file}:{rows.line_num}", "", Code.RAGGED_ROW, told))
                if len(found) > MAX_FINDINGS:
                    yield from truncate(found, file)
                    return
        except csv.Error:  # a cell without an end, which is reported with its row
            return


def _sample(path: Path, separator: str, width: int) -> list[list[str]]:
    """The first cells of each column that are not empty."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = list(islice(csv.reader(stream, delimiter=separator), 1, _SAMPLE))
    return [[row[n] for row in rows if n < len(row) and row[n]] for n in range(width)]


def _wrong_heading(spec: LayoutSpec, names: tuple[str, ...], file: str) -> Iterator[Finding]:
    place = f"{file}:1"
    if len(names) > MAX_COLUMNS:
        told = f"the row has more than {MAX_COLUMNS} cells, the maximum; check the separators"
        yield Finding(place, "", Code.TOO_MANY_ITEMS, told)
        return
    for position, name in enumerate(names, 1):
        if not name:
            yield Finding(place, f"/{position}", Code.UNKNOWN_COLUMN, f"column {position} has no name")
        elif name in names[: position - 1]:
            yield Finding(place, f"/{position}", Code.REPEATED_ITEM, f"the column {name[:80]} occurs twice")
    for column in spec.columns:
        if column.needed and column.name not in names:
            yield Finding(place, "", Code.MISSING_COLUMN, f"a file of {spec.name} has a column {column.name}")


class _Reading:
    """One file on its way through DuckDB. Of each column `c` is the text and `t` the value."""

    def __init__(
        self,
        spec: LayoutSpec,
        names: tuple[str, ...],
        sources: Sequence[tuple[str, str]],
        separator: str,
        plain: Path,
        folder: Path,
        memory: str,
        *,
        strict: bool = False,
    ) -> None:
        self.names = names
        self.typed = folder / "typed.parquet"
        self.connection: duckdb.DuckDBPyConnection = require("duckdb").connect()
        self.connection.execute("SET enable_progress_bar = false")
        self.connection.execute(f"SET memory_limit = '{memory}'")
        self.connection.execute(f"SET temp_directory = {_text(folder)}")
        columns = ", ".join(f"'c{n}': '{kind}'" for n, (kind, _) in enumerate(sources))
        source = (
            f"read_csv({_text(plain)}, auto_detect = false, header = true, columns = {{{columns}}},"
            f" delim = '{separator}', quote = '\"', escape = '\"', strict_mode = true"
            + (")" if strict else f", store_rejects = true, rejects_limit = {MAX_FINDINGS + 1})")
        )
        self.rows = f"(SELECT *, {', '.join(f'{value} AS t{n}' for n, (_, value) in enumerate(sources))} FROM {source})"
        at = {name: n for n, name in enumerate(names) if name in spec.by_name}
        self.checks = list(checks(spec, {n: f"c{i}" for n, i in at.items()}, {n: f"t{i}" for n, i in at.items()}))
        self.at = at
        # Cells that were read directly as the right type need no check.
        sure = {f"c{n} IS NOT NULL AND t{n} IS NULL" for n, (_, value) in enumerate(sources) if value == f"c{n}"}
        self.wrong = (
            "(" + " OR ".join(f"({each.wrong})" for each in self.checks if each.wrong not in sure) + ") IS TRUE"
        )

    def copy(self) -> tuple[int, int]:
        """Make the typed copy; returns the number of rows and of wrong rows."""
        columns = ", ".join(f"t{n} AS {_name(name)}" for n, name in enumerate(self.names))
        self.connection.execute(
            f"COPY (SELECT {columns}, {self.wrong} AS {WRONG} FROM {self.rows})"
            f" TO {_text(self.typed)} (FORMAT parquet, COMPRESSION snappy)"
        )
        counted = f"SELECT count(*), count(*) FILTER ({WRONG}) FROM {_text(self.typed)}"
        [(rows, wrong)] = self.connection.execute(counted).fetchall()
        return int(rows), int(wrong)

    def torn_rows(self, file: str) -> Iterator[Finding]:
        """Findings for malformed rows: a missing or extra cell, a quotation mark that is not closed."""
        rejected = "SELECT line, error_type, error_message FROM reject_errors ORDER BY line, column_idx"
        for line, kind, message in self.connection.execute(rejected).fetchall():
            code = Code.RAGGED_ROW if "COLUMNS" in str(kind) else Code.CSV_SYNTAX
            yield Finding(f"{file}:{line}", "", code, str(message).splitlines()[0])

    def wrong_cells(self, file: str) -> Iterator[Finding]:
        """Findings for the first wrong cells, in the order of the rows; row 1 is the heading."""
        faults = ", ".join(
            f"CASE WHEN {check.wrong} THEN {{'check': {n}, 'cell': c{self.at[check.column]}}} END"
            for n, check in enumerate(self.checks)
        )
        numbered = f"SELECT *, row_number() OVER () + 1 AS n FROM {self.rows}"
        found = f"SELECT n, unnest([{faults}]) AS fault FROM ({numbered}) WHERE {self.wrong}"
        query = f"SELECT n, fault['check'], fault['cell'] FROM ({found}) WHERE fault IS NOT NULL LIMIT {_MOST}"
        for row, which, cell in self.connection.execute(query).fetchall():
            check = self.checks[which]
            content = f": {cell[:60]!a}" if cell is not None else ""
            yield Finding(f"{file}:{row}", f"/{check.column}", check.code, f"{check.message}{content}")


def _text(path: Path) -> str:
    """A path as an SQL literal."""
    return "'" + os.fspath(path).replace("'", "''") + "'"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
