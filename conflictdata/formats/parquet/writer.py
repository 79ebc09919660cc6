"""A folder of Parquet files, one a table, or for events one a partition that engines can leave unread."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from conflictdata.analysis.citation import citation
from conflictdata.errors import InvalidValue
from conflictdata.extras import require
from conflictdata.formats.interface import Chosen, FolderFormat, Option, selected
from conflictdata.formats.parquet.geo import with_points
from conflictdata.model import Records
from conflictdata.tables.dataframes import to_arrow
from conflictdata.tables.registry import TABLES

if TYPE_CHECKING:
    import pyarrow

YEAR = "year"
"""The partition that is not a column: the year of `date_best`."""

PARTITIONS = (YEAR, "admin1", "country", "iso3", "kind", "type", "grade")
"""What events can be partitioned by."""

NULL = "__HIVE_DEFAULT_PARTITION__"
"""The folder name that engines read as null."""

_LOCATED = frozenset({"events", "places"})
_ROW_GROUP = 100_000


def files(records: Records, events: Chosen | None, *, partition_by: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each table's file, of all records or of a selection that stands by itself."""
    keys = _keys(partition_by)
    records = selected(records, events)
    about = {b"citation": citation(records).strip().encode(), b"licence": b"CC-BY-4.0"}
    if records.release is not None:
        about[b"release"] = records.release.version.encode()
    if records.selection is not None:
        about[b"selection"] = str(records.selection).encode()
    for name in TABLES:
        if name == "events" and keys:
            yield from partitions(_described(to_arrow(records, name), about), keys)
        else:
            yield f"{name}.parquet", _later(records, name, about)


def _later(records: Records, name: str, about: dict[bytes, bytes]) -> Iterator[bytes]:
    """The bytes of a file, made when needed, so that only one table is in memory."""
    table = _described(to_arrow(records, name), about)
    yield parquet_bytes(with_points(table) if name in _LOCATED else table)


def _described(table: pyarrow.Table, about: dict[bytes, bytes]) -> pyarrow.Table:
    described: pyarrow.Table = table.replace_schema_metadata(about)
    return described


def parquet_bytes(table: pyarrow.Table) -> bytes:
    """A table as a Parquet file."""
    parquet = require("pyarrow.parquet")
    stream = io.BytesIO()
    parquet.write_table(table, stream, compression="zstd", row_group_size=_ROW_GROUP)
    return stream.getvalue()


def _keys(partition_by: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in partition_by.split(",") if key.strip())
    for key in keys:
        if key not in PARTITIONS:
            wrong = f"partition_by: events cannot be partitioned by {key!r}"
            raise InvalidValue(f"{wrong}; choose from {', '.join(PARTITIONS)}")
    if len(set(keys)) < len(keys):
        raise InvalidValue("partition_by: a column is named twice; name each once")
    return keys


def partitions(table: pyarrow.Table, keys: tuple[str, ...]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The events in folders named for the values of the keys, as Hive names them; the keys are in no file."""
    pa = require("pyarrow")
    values = [_year(table) if key == YEAR else table[key].cast(pa.string()).to_pylist() for key in keys]
    rows: dict[tuple[Any, ...], list[int]] = {}
    for position, found in enumerate(zip(*values, strict=True)):
        rows.setdefault(found, []).append(position)
    left = table.drop_columns([key for key in keys if key != YEAR])
    for found in sorted(rows, key=lambda each: tuple(map(str, each))):
        folders = "/".join(f"{key}={_spelled(value)}" for key, value in zip(keys, found, strict=True))
        yield f"events/{folders}/part-0.parquet", _part(left, rows[found])


def _part(table: pyarrow.Table, rows: list[int]) -> Iterator[bytes]:
    yield parquet_bytes(with_points(table.take(rows)))


def _year(table: pyarrow.Table) -> list[int | None]:
    return [day.year if day is not None else None for day in table["date_best"].to_pylist()]


def _spelled(value: str | int | None) -> str:
    return NULL if value is None else quote(str(value), safe=" ")


PARQUET = FolderFormat(
    name="parquet",
    description=("A folder of Parquet files, one per table, with typed columns; events and places are GeoParquet 1.1."),
    files=files,
    options=(
        Option(
            "partition_by",
            f"Split events into folders that engines can skip, such as year,admin1; from {', '.join(PARTITIONS)}.",
            "",
        ),
    ),
    loses=("release.date", "release.stage", "selection", "context", "period"),
    needs=("pyarrow",),
)
