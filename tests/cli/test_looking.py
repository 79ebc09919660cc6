"""Looking at the small dataset on the command line: one record, events that are alike, the explorer, what changed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from conflictdata.dataset import Dataset
from conflictdata.schema.documents import READABLE, urn
from conflictdata.tables.registry import TABLES
from tests.support.calling import call, write_records
from tests.support.exported import records_of, written
from tests.support.small import DOCUMENT, small


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """The small dataset as a folder of records."""
    write_records(tmp_path / "records", small())
    return tmp_path / "records"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_record_as_csv_is_its_row_in_its_table(world: Path) -> None:
    for record_id, table in (("CD-0002", "events"), ("CD-0002#c2", "claims"), ("exampleton", "places")):
        [row] = rows(call("show", record_id, "--data", world, "--format", "csv").stdout)
        assert row["id"] == record_id
        assert list(row) == [column.name for column in TABLES[table]]


def test_records_of_every_kind_are_shown_with_all_that_they_say(world: Path) -> None:
    whole = small()
    for name in ("actors", "places", "sources"):
        for record in getattr(whole, name):
            text = call("show", f"{name}/{record.id}", "--data", world).stdout
            assert record.id in text and (getattr(record, "name", None) or record.title) in text
    text = call("show", "CD-0003", "--data", world).stdout
    assert all(part in text for part in ("The day is sure.", "dozens", "no side", "perpetrator"))
    assert "Nobody stands for it." in call("show", "CD-0004", "--data", world).stdout


def test_events_that_may_be_one_are_listed_with_how_far_apart_they_are(world: Path) -> None:
    alike = json.loads((world / "events" / "CD-0003.json").read_bytes()) | {"id": "CD-0009"}
    (world / "events" / "CD-0009.json").write_text(json.dumps(alike), "utf-8")
    call("format", world)
    told = call("similar", "CD-0003", "--data", world, "--format", "csv")
    [row] = rows(told.stdout)
    assert (row["id"], row["days_apart"], row["km_apart"]) == ("CD-0009", "0", "0.0")
    assert set(row["shared_actors"].split()) == {"southern-front", "residents"}
    assert told.stderr == "1 event\n"
    assert call("similar", "CD-0001", "--data", world).stderr == "0 events\n"
    assert "CD-0002" in call("similar", "CD-0099", "--data", world, code=1).stderr
    call("similar", "CD-0003", "--days", "-1", "--data", world, code=2)


@pytest.mark.parametrize(("starts", "told"), [(True, ""), (False, "no browser")])
def test_the_explorer_is_written_and_opened(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starts: bool, told: str
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or starts)
    monkeypatch.setattr("tempfile.mkdtemp", lambda prefix: tmp_path)
    stderr = call("browse", "--data", world).stderr
    assert opened == [(tmp_path / "explorer.html").as_uri()]
    assert (tmp_path / "explorer.html").read_bytes() == written("html", replace(small(), release=None))
    assert told in stderr and str(tmp_path / "explorer.html") in stderr


def test_what_changed_is_reported_by_record_and_member_in_every_form(world: Path, tmp_path: Path) -> None:
    changed = [event for event in DOCUMENT["events"] if event["id"] != "CD-0005"]
    changed[1] = changed[1] | {"title": "The mill changes hands", "participants": changed[1]["participants"][::-1]}
    changed[1].pop("distinct_from")
    changed.append(changed[3] | {"id": "CD-0006", "title": "One more"})
    write_records(tmp_path / "new", records_of(DOCUMENT | {"events": changed}))
    told = call("diff", world, tmp_path / "new")
    assert told.stderr.startswith("3 changes")
    lines = told.stdout.splitlines()
    assert {"added: 1", "removed: 1", "changed (no reason given): 1"} <= set(lines)
    assert any("CD-0006 One more" in line for line in lines)
    found = json.loads(call("diff", world, tmp_path / "new", "--format", "json").stdout)["changes"]
    assert len(found) == 3
    edits = rows(call("diff", world, tmp_path / "new", "--format", "csv").stdout)
    assert {row["record"] for row in edits} == {"event/CD-0002", "event/CD-0005", "event/CD-0006"}
    titles = [(row["old"], row["new"]) for row in edits if row["pointer"] == "/title"]
    assert titles == [(json.dumps(Dataset(small()).events["CD-0002"].title), '"The mill changes hands"')]


def test_records_that_changed_in_the_schema_version_alone_are_one_line_of_text(world: Path, tmp_path: Path) -> None:
    write_records(tmp_path / "old", small())
    older = sorted((tmp_path / "old" / "places").iterdir())
    for path in older:
        path.write_text(path.read_text("utf-8").replace(urn("place"), urn("place", READABLE[0])), encoding="utf-8")
    told = call("diff", tmp_path / "old", world)
    assert any(str(len(older)) in line and "schema version" in line for line in told.stdout.splitlines())
    assert "place/" not in told.stdout and told.stderr.startswith(f"{len(older)} changes")
    assert len(rows(call("diff", tmp_path / "old", world, "--format", "csv").stdout)) == len(older)
