"""Files for other programs are made again too: what they hold is compared, and what cannot be made is named."""

from __future__ import annotations

import io
import sqlite3

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conflictdata import extras
from conflictdata.errors import MissingExtra
from conflictdata.findings import Code
from conflictdata.loading import load
from conflictdata.publishing.program_files import PICTURE
from conflictdata.publishing.release_files import is_carried
from conflictdata.publishing.verify import verify
from conflictdata.publishing.verify_catalog import verify_releases
from tests.support.releases import FIRST, contents_of, files_of, found_in, put, released

EVENTS, DATABASE = "parquet/events.parquet", "sqlite/conflictdata.db"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of a release with the files for other programs."""
    return released(tmp_path_factory.mktemp("viewed"), views=True).folder


@pytest.fixture(scope="module")
def files(folder):
    return files_of(folder)


@pytest.fixture
def rebuilt(folder, files, tmp_path):
    """What a rebuild finds in the release when other files were published; None for one that is left out."""

    def find(changed):
        held = {path: data for path, data in (files | changed).items() if data is not None and is_carried(path)}
        records = load(folder)
        put(tmp_path / "r", contents_of(records, held))
        return found_in(tmp_path / "r", rebuild=True)

    return find


def written(table, **how):
    stream = io.BytesIO()
    pq.write_table(table, stream, **how)
    return stream.getvalue()


def edited(data, *statements):
    with sqlite3.connect(":memory:") as database:
        database.deserialize(data)
        for statement in statements:
            database.execute(statement)
        database.commit()
        return database.serialize()


def test_an_unchanged_release_is_rebuilt_without_findings(folder):
    assert verify(folder, rebuild=True).findings == ()


def test_the_same_table_in_other_bytes_is_the_same(rebuilt, files):
    other = written(pq.read_table(io.BytesIO(files[EVENTS])), compression="none", row_group_size=2)
    database = edited(files[DATABASE], "PRAGMA user_version = 7")
    assert other != files[EVENTS] and database != files[DATABASE]
    assert rebuilt({EVENTS: other, DATABASE: database}) == set()


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.slice(0, len(table) - 1),
        lambda table: table.drop_columns(["title"]),
        lambda table: table.set_column(0, "id", pa.array(["CD-0000"] * len(table))),
        lambda table: table.set_column(0, "id", table["id"].cast(pa.large_string())),
        lambda table: table.replace_schema_metadata({b"release": b"2000.1.0"}),
    ],
)
def test_other_rows_columns_types_or_metadata_of_a_parquet_file_are_found(rebuilt, files, change):
    table = change(pq.read_table(io.BytesIO(files[EVENTS])))
    assert {(Code.NOT_REPRODUCED, EVENTS)} == rebuilt({EVENTS: written(table)})


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM evidence WHERE rowid = 1",
        "UPDATE events SET title = 'other' WHERE rowid = 1",
        "INSERT INTO events_fts (rowid, title, summary) VALUES (999, 'other', 'other')",
        "CREATE TABLE more (id TEXT)",
        "DROP VIEW figures",
    ],
)
def test_another_row_table_view_or_index_of_words_in_the_database_is_found(rebuilt, files, statement):
    assert {(Code.NOT_REPRODUCED, DATABASE)} == rebuilt({DATABASE: edited(files[DATABASE], statement)})


@pytest.mark.parametrize("path", [EVENTS, DATABASE, "sqlite/metadata.json", "events.geojson", "ged.csv", PICTURE])
@pytest.mark.parametrize("data", [b"x\n", None])
def test_a_file_that_is_damaged_or_left_out_is_found(rebuilt, path, data):
    assert {(Code.NOT_REPRODUCED, path)} == rebuilt({path: data})


def test_what_no_installed_library_can_make_is_named_in_a_warning(folder, monkeypatch):
    def require(library):
        if library.startswith("pyarrow"):
            raise MissingExtra("pyarrow", "arrow")
        return found(library)

    found = extras.require
    for module in ("formats.parquet.writer", "formats.parquet.geo", "tables.dataframes"):
        monkeypatch.setattr(f"conflictdata.{module}.require", require)
    [finding] = verify(folder, rebuild=True).findings
    assert finding.code is Code.NOT_REBUILT and EVENTS in finding.message and "pip install" in finding.message
    # The index is compared all the same.
    assert [found.code for found in verify_releases(folder.parent, FIRST, rebuild=True)] == [Code.NOT_REBUILT]


def test_a_file_that_this_version_does_not_build_is_named_in_a_warning(rebuilt, tmp_path):
    assert {(Code.NOT_REBUILT, "")} == rebuilt({"more.xlsx": b"PK"})
    [finding] = verify(tmp_path / "r", rebuild=True).findings
    assert "more.xlsx" in finding.message
