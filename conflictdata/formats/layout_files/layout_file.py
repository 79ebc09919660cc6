"""A file of a layout that was read: its findings, and its rows as data frames, as CSV or as Parquet."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from conflictdata.atomic import write_bytes
from conflictdata.errors import InvalidData
from conflictdata.extras import require
from conflictdata.findings import Code, Finding
from conflictdata.formats.csv_writer import csv_lines
from conflictdata.formats.layout_files.dialect import Dialect, records_of
from conflictdata.formats.layout_files.typed_copy import WRONG, sql_name, sql_text
from conflictdata.tables.columns import Column, ColumnType

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


@dataclass(frozen=True, repr=False)
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
    folder: Path = field(compare=False)

    def __post_init__(self) -> None:
        weakref.finalize(self, _remove, self.folder, os.getpid())

    def __repr__(self) -> str:
        return (
            f"<LayoutFile {self.path}: {self.n_rows} rows, {len(self.columns)} columns, {len(self.findings)} findings>"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        # Another process, or a copy, has a typed copy of its own.
        members = {name: value for name, value in vars(self).items() if name != "folder"}
        return _restored, (members, self.parquet.read_bytes())

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
        """Write the file unchanged, byte for byte, or only its heading and the rows at these positions (from 0).

        `InvalidData` if rows are chosen of a file with torn ones, which have no position.
        """
        torn = [finding for finding in self.findings if finding.code in (Code.RAGGED_ROW, Code.CSV_SYNTAX)]
        if rows is not None and torn:
            raise InvalidData(torn, self.path)
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
        names = ", ".join(map(sql_name, self.columns))
        cursor = require("duckdb").connect().execute(f"SELECT {names} FROM {sql_text(self.parquet)}")
        columns: list[Column[Any]] = [
            Column(str(name), ColumnType.STRING if str(kind) == "VARCHAR" else ColumnType.NUMBER, "", itemgetter(at))
            for at, (name, kind, *_) in enumerate(cursor.description or ())
        ]
        return csv_lines(columns, iter(cursor.fetchone, None), safe=spreadsheet_safe)


def _restored(members: dict[str, Any], content: bytes) -> LayoutFile:
    file = LayoutFile(**members, folder=Path(tempfile.mkdtemp(prefix="conflictdata-")))
    file.parquet.write_bytes(content)
    return file


def _remove(folder: Path, process: int) -> None:
    """Remove a temporary folder, if this process made it and no child of it."""
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
