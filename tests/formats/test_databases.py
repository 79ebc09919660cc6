"""Parquet and SQLite: the tables with their types and keys, opened by the engines that users open them with."""

from __future__ import annotations

import html
import json
import sqlite3
import subprocess
import sys

import duckdb
import geopandas
import polars
import pyarrow
import pyarrow.dataset
import pyarrow.parquet
import pytest
import sqlite_utils
from hypothesis import given

from conflictdata import load
from conflictdata.dataset import Dataset
from conflictdata.errors import InvalidValue
from conflictdata.formats.parquet.writer import PARTITIONS
from conflictdata.formats.registry import FORMATS
from conflictdata.tables.registry import TABLES, table_rows
from tests.support.effort import effort
from tests.support.exported import folder_export
from tests.support.shared import shared_records
from tests.support.small import small


def plain(rows):
    """Rows with days as text and codes as plain text, as SQLite and JSON hold them."""
    return [tuple(None if c is None else c if isinstance(c, (int, float)) else str(c) for c in row) for row in rows]


# SQLite.


@effort(0.25)
@given(shared_records())
def test_the_database_holds_every_row_and_its_foreign_keys_hold(tmp_path_factory, whole):
    folder = folder_export("sqlite", tmp_path_factory.mktemp("sqlite"), whole)
    connection = sqlite3.connect(folder / "conflictdata.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for name in TABLES:
        held = connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
        assert held == plain(table_rows(whole, name)), name
    connection.close()


def test_names_of_columns_need_no_quotation_marks_in_sql():
    for connection in (sqlite3.connect(":memory:"), duckdb.connect()):
        for name, columns in TABLES.items():
            listed = ", ".join(column.name for column in columns)
            connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column.name} VARCHAR' for column in columns)})")
            assert connection.execute(f"SELECT {listed} FROM {name}").fetchall() == []
        connection.close()


def test_views_and_search_answer(tmp_path, whole):
    path = folder_export("sqlite", tmp_path / "sqlite", whole) / "conflictdata.db"
    database = sqlite_utils.Database(path)
    assert {"events_flat", "disputes", "figures"} <= set(database.view_names())
    live = [event for event in whole.events if event.withdrawn is None]
    assert database["events_flat"].count == len(live)
    word = next(word for word in live[0].title.split() if word.isalpha())
    assert live[0].id in {row["id"] for row in database["events"].search(word)}
    ours = Dataset(whole)
    assert {row["dispute"] for row in database.query("SELECT dispute FROM disputes")} == set(
        range(1, len(ours.disputes()) + 1)
    )
    sums = database.query("SELECT sum(low) AS low FROM figures WHERE property = 'killed' AND in_sum")
    assert (next(iter(sums))["low"] or 0) >= (ours.figures("killed").low or 0)
    database.close()


def test_the_queries_that_datasette_is_given_answer(tmp_path):
    folder = folder_export("sqlite", tmp_path / "sqlite", small())
    metadata = json.loads((folder / "metadata.json").read_text("utf-8"))["databases"]["conflictdata"]
    assert set(metadata["tables"]) == set(TABLES)
    connection = sqlite3.connect(folder / "conflictdata.db")
    for query in metadata["queries"].values():
        assert connection.execute(query["sql"], {"event_id": "CD-0002"}).fetchall()
    connection.close()


@pytest.mark.slow
def test_datasette_serves_the_folder(tmp_path):
    folder = folder_export("sqlite", tmp_path / "sqlite", small())
    served = [sys.executable, "-W", "ignore", "-m", "datasette", str(folder), "--get"]
    every = "/conflictdata/events.json?_shape=array"
    rows = json.loads(subprocess.run([*served, every], capture_output=True, check=True).stdout)
    assert {row["id"] for row in rows} == set(small().events.ids())
    asked = f"/conflictdata/events.json?_shape=array&_search={small().events[0].title.split()[-1]}"
    found = json.loads(subprocess.run([*served, asked], capture_output=True, check=True).stdout)
    assert small().events[0].id in {row["id"] for row in found} and len(found) < len(rows)
    page = subprocess.run([*served, "/conflictdata/claims"], capture_output=True, check=True).stdout.decode()
    assert TABLES["claims"][0].description in html.unescape(page)


# Parquet.


@effort(0.25)
@given(shared_records())
def test_parquet_holds_every_cell_with_its_type(tmp_path_factory, whole):
    folder = folder_export("parquet", tmp_path_factory.mktemp("parquet"), whole)
    for name, columns in TABLES.items():
        table = pyarrow.parquet.read_table(folder / f"{name}.parquet").select([column.name for column in columns])
        assert plain(zip(*(each.to_pylist() for each in table.columns), strict=True)) == plain(table_rows(whole, name))
        kinds = {column.name: column for column in columns}
        for field in table.schema:
            column = kinds[field.name]
            assert pyarrow.types.is_dictionary(field.type) == (column.codelist is not None)
            assert pyarrow.types.is_date(field.type) == (column.type == "date")
            assert pyarrow.types.is_boolean(field.type) == (column.type == "boolean")


def test_duckdb_polars_and_geopandas_open_parquet(tmp_path, whole):
    folder = folder_export("parquet", tmp_path / "parquet", whole)
    columns = [column.name for column in TABLES["events"]]
    asked = f"SELECT {', '.join(columns)} FROM '{folder}/events.parquet'"
    assert plain(duckdb.sql(asked).fetchall()) == plain(table_rows(whole, "events"))
    frame = polars.read_parquet(folder / "events.parquet", columns=columns)
    assert plain(frame.rows()) == plain(table_rows(whole, "events"))
    located = geopandas.read_parquet(folder / "events.parquet")
    points = [(row[columns.index("longitude")], row[columns.index("latitude")]) for row in table_rows(whole, "events")]
    found = [(None, None) if point is None else (point.x, point.y) for point in located.geometry]
    assert found == points
    west = geopandas.read_parquet(folder / "events.parquet", bbox=(-180, -90, 39, 90))
    assert len(west) == sum(lon is not None and lon <= 39 for lon, _ in points)


def test_the_metadata_says_what_the_file_is_and_where_the_points_are(tmp_path):
    folder = folder_export("parquet", tmp_path / "parquet", load("2026.11.0").records)
    metadata = pyarrow.parquet.read_schema(folder / "events.parquet").metadata
    assert metadata[b"release"] == b"2026.11.0"
    assert b"conflictdata" in metadata[b"citation"]
    geo = json.loads(metadata[b"geo"])
    assert geo["version"] == "1.1.0" and geo["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert b"geo" not in pyarrow.parquet.read_schema(folder / "claims.parquet").metadata


@pytest.mark.parametrize("keys", ["year,admin1", "type", "grade,country,year"])
def test_partitions_hold_every_event_once_and_engines_read_their_keys(tmp_path, whole, keys):
    folder = folder_export("parquet", tmp_path / "parquet", whole, partition_by=keys) / "events"
    names = keys.split(",")
    asked = f"SELECT id, {keys} FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true) ORDER BY id"
    found = duckdb.sql(asked).fetchall()
    columns = [column.name for column in TABLES["events"]]
    rows = {row[0]: dict(zip(columns, row, strict=True)) for row in table_rows(whole, "events")}
    assert [row[0] for row in found] == sorted(rows)
    for row in found:
        event = rows[row[0]] | {"year": rows[row[0]]["date_best"].year if rows[row[0]]["date_best"] else None}
        # Earlier versions of DuckDB give the mark of an absent key as it stands in the path.
        keys_read = [None if cell == "__HIVE_DEFAULT_PARTITION__" else cell for cell in row[1:]]
        assert [str(cell) for cell in keys_read] == [str(event[name]) for name in names]
    assert pyarrow.dataset.dataset(folder, partitioning="hive").count_rows() == len(rows)
    if names[0] == "type":
        chosen = whole.events[0].type
        lazy = polars.scan_parquet(folder / "**/*.parquet", hive_partitioning=True)
        assert len(lazy.filter(polars.col("type") == chosen).collect()) == sum(e.type == chosen for e in whole.events)


@pytest.mark.parametrize("keys", ["title", "year,year", "year;admin1"])
def test_what_events_cannot_be_partitioned_by_is_refused(keys):
    with pytest.raises(InvalidValue) as refused:
        list(FORMATS["parquet"].contents(small(), partition_by=keys))
    assert keys == "year,year" or all(name in str(refused.value) for name in PARTITIONS)


# Frames.


def test_every_library_gives_the_same_columns_and_rows(whole):
    dataset = Dataset(whole)
    connection = dataset.to_duckdb()
    for name, columns in TABLES.items():
        names = [column.name for column in columns]
        expected = plain(table_rows(whole, name))
        arrow = dataset.to_arrow(name)
        assert arrow.column_names == names == list(dataset.to_pandas(name)) == dataset.to_polars(name).columns
        assert plain(dataset.to_polars(name).rows()) == expected
        assert plain(connection.sql(f"SELECT * FROM {name}").fetchall()) == expected
    connection.close()


def test_grades_are_ordered_from_the_least_to_the_most(whole):
    dataset = Dataset(whole)
    grades = dataset.to_pandas("events")["grade"].cat
    assert grades.ordered and list(grades.categories)[-1] == "confirmed"
    with dataset.to_duckdb() as connection:
        [(best,)] = connection.sql("SELECT max(grade) FROM events").fetchall()
    assert best == dataset.to_pandas("events")["grade"].max() == dataset.to_polars("events")["grade"].max()


def test_geopandas_frames_have_the_points_of_events_and_places(whole):
    for table in ("events", "places"):
        frame = Dataset(whole).to_geopandas(table)
        assert frame.crs.to_epsg() == 4326
        assert list(frame.geometry.notna()) == list(frame["latitude"].notna())
        known = frame[frame.geometry.notna()]
        assert list(known.geometry.x) == list(known["longitude"]) and list(known.geometry.y) == list(known["latitude"])
