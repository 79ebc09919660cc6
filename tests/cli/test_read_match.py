"""Other people's files on the command line: findings and exit status, typed copies, and pairs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars
import pytest

import conflictdata
from tests.support.calling import call
from tests.support.exported import written
from tests.support.layouts import ROW, spelled
from tests.support.sample import sample

pytestmark = pytest.mark.usefixtures("installed_sample")


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """Our own export in the ACLED column layout."""
    (tmp_path / "acled.csv").write_bytes(written("acled", sample()))
    return tmp_path / "acled.csv"


def test_a_file_that_is_right_is_written_in_typed_form(ours: Path, tmp_path: Path) -> None:
    told = call("read", "acled", ours, "-o", tmp_path / "out.parquet")
    assert told.stdout == "" and "0 errors" in told.stderr
    frame = polars.read_parquet(tmp_path / "out.parquet")
    assert frame.equals(conflictdata.read_acled(ours).to_polars())
    call("read", "acled", ours, "-o", tmp_path / "out.csv")
    assert len(list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8"))))) == len(frame)
    assert ".parquet" in call("read", "acled", ours, "-o", tmp_path / "out.xlsx", code=2).stderr
    assert "acled" in call("read", "gtd", ours, code=2).stderr


def test_findings_are_printed_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_bytes(spelled([ROW, ROW | {"fatalities": "some"}]))
    told = call("read", "acled", tmp_path / "bad.csv", "-o", tmp_path / "out.parquet", code=1)
    assert "bad.csv:3:/fatalities" in told.stdout and "wrong-type" in told.stdout
    assert "best" in call("read", "ged", tmp_path / "bad.csv", code=1).stdout
    assert "wrong-type" in call("match", tmp_path / "bad.csv", code=1).stdout
    assert not (tmp_path / "out.parquet").exists()


def test_what_a_file_is_read_as_with_a_warning_is_told_beside_the_pairs(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(spelled([ROW | {"geo_precision": "NA"}]))
    told = call("match", tmp_path / "r.csv")
    assert "geo_precision" in told.stderr and "geo_precision" not in told.stdout


def test_cells_that_a_spreadsheet_would_run_are_guarded_on_request(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(spelled([ROW | {"notes": "=1+1"}]))
    call("read", "acled", tmp_path / "in.csv", "-o", tmp_path / "safe.csv", "--spreadsheet-safe")
    call("read", "acled", tmp_path / "in.csv", "-o", tmp_path / "plain.csv")
    assert "'=1+1" in (tmp_path / "safe.csv").read_text("utf-8")
    assert "'=1+1" not in (tmp_path / "plain.csv").read_text("utf-8")


def test_pairs_and_what_only_one_side_has_are_tables(ours: Path) -> None:
    shown = call("match", ours, "--window", 0, "--km", 1, "--format", "csv")
    pairs = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert any(pair["event_id"] == pair["their_id"] for pair in pairs)
    assert all(pair["days_apart"] == "0" and float(pair["km_apart"]) <= 1 for pair in pairs)
    only = csv.DictReader(io.StringIO(call("match", ours, "--show", "ours", "--format", "csv").stdout))
    assert not {row["event_id"] for row in only} & {pair["event_id"] for pair in pairs}
    assert call("match", ours, "--show", "theirs", "--format", "csv").stdout.startswith("row")
    call("match", ours, "--window", "-1", code=2)
    call("match", ours, "--km", "nan", code=2)
