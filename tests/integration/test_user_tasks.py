"""Everyday tasks of researchers, journalists and data engineers: each is one line."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import polars
import pytest

import conflictdata as cd
from tests.support.calling import call, write_records
from tests.support.sample import sample

ds = cd.load()
EVENT = "CD-0043"


@pytest.fixture(autouse=True)
def _loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands ask the records that were loaded already."""
    monkeypatch.setattr("conflictdata.loading.load_bundled", lambda: ds.records)


def test_events_as_a_pandas_frame() -> None:
    assert len(ds.to_pandas("events")) == len(ds.events)


def test_incidents_in_syria_from_the_csv() -> None:
    rows = [*csv.DictReader(io.StringIO(call("export", "csv").stdout))]
    assert any(row["kind"] == "incident" and row["country"] == "Syria" for row in rows)


def test_killed_by_month_low_and_high() -> None:
    assert all(hasattr(group, "low") and hasattr(group, "high") for group in ds.figures("killed", by="month"))


def test_events_whose_day_is_certain_to_a_week() -> None:
    certain = ds.to_pandas("events").query("date_precision <= 7")
    assert {"CD-0036", "CD-0039"} <= {*certain["id"]}


def test_pairs_of_sides_by_event() -> None:
    parts = ds.to_pandas("participants")
    pairs = parts.pivot_table(index="event_id", columns="side", values="actor_id", aggfunc=", ".join)
    assert {1, 2} <= {*pairs.columns}


def test_who_held_a_place_over_time() -> None:
    assert {"date_start", "date_end", "holder"} <= {*ds.control_series("Raqqa").to_pandas().columns}
    assert "holder" in call("control", "Raqqa", "--series", "--format", "csv").stdout.splitlines()[0]


def test_the_acled_layout() -> None:
    assert call("export", "acled").stdout.splitlines()[0].startswith("event_id_cnty")


def test_the_layout_of_ucdp_with_best_low_and_high() -> None:
    rows = [*csv.DictReader(io.StringIO(call("export", "ged").stdout))]
    assert rows and all(int(row["low"]) <= int(row["best"]) <= int(row["high"]) for row in rows)


def test_what_happened_at_raqqa() -> None:
    assert EVENT in ds.find(place="Raqqa").ids()
    assert EVENT in call("list", "--place", "raqqa").stdout


def test_who_claimed_what_of_an_event_with_what_they_said() -> None:
    assert {*ds.claims.find(event="cd-43").ids()} == {f"{EVENT}#{claim.id}" for claim in ds.events[EVENT].claims}
    told = next(claim.statement.text for claim in ds.events[EVENT].claims if claim.statement is not None)
    assert told in call("list", "claims", "--event", EVENT).stdout


def test_every_claim_by_airwars() -> None:
    assert {each.claim.claimant for each in ds.claims.find(claimant="Airwars")} == {"airwars"}
    assert "airwars" in call("list", "claims", "--claimant", "airwars").stdout


def test_civilians_killed_by_the_coalition_according_to_whom() -> None:
    groups = ds.figures("killed", by="claimant", status="civilian", events=ds.find(actor="CJTF-OIR"))
    assert {"airwars", "us-led-coalition"} <= {group.key for group in groups}
    options = ("--by", "claimant", "--status", "civilian", "--actor", "CJTF-OIR")
    assert "airwars" in call("figures", "killed", *options).stdout


def test_what_is_disputed() -> None:
    assert all("against" in str(dispute) or len(dispute.sides) == 1 for dispute in ds.disputes())
    assert ds.disputes()


def test_the_address_of_the_document_behind_a_number() -> None:
    assert any(str(piece.url).startswith("https://") for piece in ds.trace(EVENT))


def test_a_map_to_look_at_and_to_send_to_a_colleague(tmp_path: Path) -> None:
    assert ds.explore().save(tmp_path / "map.html").stat().st_size > 10_000


def test_claims_that_mention_a_word_or_a_spokesman() -> None:
    assert ds.claims.find(text="hospital").ids()
    assert "Bali" in str(ds.claims.find(speaker="Bali")[0].claim.speaker)
    assert ds.claims.find(text="hospital").ids()[0] in call("list", "claims", "--search", "hospital").stdout


def test_why_the_dataset_says_so() -> None:
    assert "grade" in str(ds.explain("cd-43"))
    assert json.loads(call("explain", EVENT, "--format", "json").stdout)["event_id"] == EVENT


def test_verify_the_pinned_data() -> None:
    pinned = cd.releases()[0].version
    assert getattr(cd.load(pinned).release, "version", None) == pinned
    assert call("release", "verify", pinned).exit_code == 0


def test_load_into_duckdb_and_polars_with_types() -> None:
    assert ds.to_polars("events").schema["date_earliest"] == polars.Date
    table = duckdb.from_df(ds.to_pandas("events"))
    assert table.aggregate("count(*)").fetchall() == [(len(ds.events),)]


def test_write_parquet_and_sqlite(tmp_path: Path) -> None:
    call("export", "parquet", "-o", tmp_path / "parquet")
    assert sum(polars.read_parquet(file).height for file in (tmp_path / "parquet").rglob("events*.parquet")) == len(
        ds.events
    )
    call("export", "sqlite", "-o", tmp_path / "sqlite")
    with closing(sqlite3.connect(next((tmp_path / "sqlite").glob("*.db")))) as base:
        assert base.execute("SELECT count(*) FROM events").fetchone() == (len(ds.events),)


def test_validate_a_pull_requests_records(tmp_path: Path) -> None:
    write_records(tmp_path / "records", sample())
    assert "0 errors" in call("validate", tmp_path / "records").stderr


SCRIPT = """
import conflictdata as cd

ds: cd.Dataset = cd.load()
answer: cd.ControlAnswer = ds.control("Raqqa", "2017-08-01")
series: cd.ControlSeries = ds.control_series("Raqqa")
figures: cd.Figures = ds.figures()
grade: cd.GradeAnswer = ds.grade("CD-0043")
disputes: tuple[cd.Dispute, ...] = ds.disputes()
found: cd.Events = ds.find(place="Raqqa", certain=True, start="2017-01-01")
claims: cd.Claims = ds.claims.find(claimant="airwars")
why: cd.Explanation = ds.explain("CD-0043")
killed: cd.Range = ds.events[0].killed
place: cd.Place | None = found[0].place
try:
    ds.places["Raqa"]
except cd.UnknownName as error:
    near: tuple[str, ...] = error.near
"""


@pytest.mark.slow
def test_a_typed_script_with_answers_and_errors_checks_under_mypy_strict(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "script.py"]
    path = os.environ | {"MYPYPATH": str(Path(cd.__file__).parents[1])}
    done = subprocess.run(command, cwd=tmp_path, env=path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_error_and_every_answer_can_be_imported_from_the_package() -> None:
    import conflictdata.errors as errors

    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
    assert kinds <= {*cd.__all__}
    for name in cd.__all__:
        assert getattr(cd, name) is not None


def test_what_is_not_in_the_data_is_reported() -> None:
    assert ds.control("Paris", "2017-01-01").known is False
    assert ds.events["CD-0001"].killed == (None, None)
    with pytest.raises(cd.UnknownName):
        ds.find(place="London")
