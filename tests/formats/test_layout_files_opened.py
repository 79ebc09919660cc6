"""What is opened as a file in the layouts of ACLED and UCDP GED: names, pipes, other tables, interrupted reading."""

from __future__ import annotations

import os

import duckdb
import pytest

from conflictdata import read_acled, read_ged
from conflictdata.errors import CannotWrite, InvalidData
from conflictdata.findings import Code
from conflictdata.formats.acled.expected_columns import ACLED_FILE
from conflictdata.formats.ged.expected_columns import GED_FILE
from conflictdata.formats.layout_files.dialect import dialect_of
from tests.support.layouts import ROW, saved, spelled


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.EMPTY_INPUT),
        (b"PK\x03\x04rest", Code.ENCODING),
        (b"a,b\n1,\x00\n", Code.ENCODING),
        (spelled([ROW | {"notes": "word " * 20_000}]) + b"\x00", Code.ENCODING),
        (b"a,b\n1,2\n", Code.MISSING_COLUMN),
        (spelled([ROW]).replace(b"notes", b"actor1", 1), Code.REPEATED_ITEM),
        (spelled([ROW | {"notes": "é" * 9}]) + b"\xff\n", Code.ENCODING),
    ],
)
def test_what_is_no_such_table_is_refused_with_findings(tmp_path, data, code):
    with pytest.raises(InvalidData) as refused:
        read_acled(saved(tmp_path, data))
    assert code in {finding.code for finding in refused.value.findings}


@pytest.mark.parametrize("name", ["none.csv", "", "pipe", "link", "a\0b"])
def test_what_is_no_file_is_reported_and_not_waited_for(tmp_path, name):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "none")
    with pytest.raises(InvalidData) as refused:
        read_ged(tmp_path / name)
    assert refused.value.findings[0].code is Code.UNREADABLE_FILE


@pytest.mark.parametrize("name", ["a*.csv", "a?.csv", "[ab]c.csv", "it's.csv", "a.csv.gz", "year=2016/a.csv"])
def test_a_name_is_that_of_one_file_whatever_is_in_it(tmp_path, name):
    (tmp_path / "ac.csv").write_bytes(spelled([ROW] * 5))
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(spelled([ROW, ROW]))
    file = read_acled(path)
    assert (file.n_rows, file.findings) == (2, ())
    assert file.to_pandas()["year"].tolist() == [2017, 2017]


@pytest.mark.parametrize("error", [RuntimeError, duckdb.InterruptException])
def test_an_interrupt_while_reading_is_one_and_leaves_nothing(tmp_path, monkeypatch, error):
    class Interrupted:
        def execute(self, query):
            if "COPY" in query:
                raise error("Query interrupted")

    path = saved(tmp_path, spelled([ROW]))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(duckdb, "connect", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_acled(path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_temporary_folder_that_cannot_be_written_is_reported(tmp_path, monkeypatch):
    path = saved(tmp_path, spelled([ROW]))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with pytest.raises(CannotWrite, match="temporary folder"):
        read_acled(path)


def test_layouts_name_each_column_once():
    for spec in (ACLED_FILE, GED_FILE):
        assert len(spec.by_name) == len(spec.columns)
        assert all(set(rule.columns) <= set(spec.by_name) for rule in spec.rules)


def test_a_dialect_is_reported_before_anything_is_read(tmp_path):
    assert dialect_of(saved(tmp_path, spelled([ROW], separator=";"))).separator == ";"
