"""Drafts of events from a table of incidents: what the cells say, and what is wrong with a cell."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from conflictdata.curation.incident_table import COLUMNS, draft_events
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code
from conflictdata.schema.validate import validate

FULL = dict.fromkeys(COLUMNS, "") | {
    "code": "CS1001",
    "day": "2017-05-01",
    "day_last": "2017-05-02",
    "mgrs": "37SEV1234512345",
    "mgrs_accuracy": "100 m",
    "killed_min": "9",
    "killed_max": "12",
    "children_min": "2",
    "children_max": "2",
    "injured_min": "5",
    "injured_max": "5",
    "conceded_killed_min": "4",
    "conceded_killed_max": "4",
    "statement_files": "Coalition-2017-06-02.txt",
    "statement_paragraphs": "7",
    "airwars_paragraph": "31",
    "airwars_url": "https://incidents.example/cs1001",
}


def cite(source: str, paragraph: int) -> dict[str, Any]:
    return {"source": source, "paragraph": paragraph, "digest": "0123456789abcdef"}


def drafts(tmp_path: Path, *rows: dict[str, str]) -> list[dict[str, Any]]:
    """The drafts of a table of these rows."""
    with (tmp_path / "table.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return list(draft_events(tmp_path / "table.csv", "CD-0041", "archive", cite))


def test_a_row_becomes_an_event_with_the_counts_of_both_parties(tmp_path: Path) -> None:
    [event] = drafts(tmp_path, FULL)
    assert (event["id"], event["when"]["earliest"], event["when"]["latest"]) == ("CD-0041", "2017-05-01", "2017-05-02")
    told = [(c["claimant"], c["property"], c["count"]["low"], c["count"]["high"]) for c in event["claims"]]
    assert told == [
        ("us-led-coalition", "killed", 4, 4),
        ("airwars", "killed", 2, 2),
        ("airwars", "killed", 9, 12),
        ("airwars", "injured", 5, 5),
    ]
    assert [claim["count"]["bound"] for claim in event["claims"]] == ["exact", "exact", "range", "exact"]
    assert event["claims"][2]["count"]["includes"] == ["CD-0041#c2"]
    assert [claim["evidence"][0]["source"] for claim in event["claims"][:2]] == ["coalition-2017-06-02", "archive"]
    assert 35 < event["where"]["point"]["lat"] < 36 and event["where"]["point"]["radius_m"] == 100


def test_what_is_left_to_the_curator_is_all_that_the_schema_finds(tmp_path: Path) -> None:
    [event] = drafts(tmp_path, FULL)
    blank = {"/title", "/summary", "/when/basis", "/where/place"}
    assert {finding.pointer for finding in validate(event, "event", "draft")} == blank


def test_each_row_gets_the_next_id_and_nothing_is_said_of_an_empty_cell(tmp_path: Path) -> None:
    bare = FULL | {"code": "CS1002", "day_last": "", "mgrs": "", "conceded_killed_min": "", "injured_min": ""}
    one, other = drafts(tmp_path, FULL, bare)
    assert (one["id"], other["id"]) == ("CD-0041", "CD-0042")
    assert other["when"]["earliest"] == other["when"]["latest"]
    assert "point" not in other["where"] and {claim["claimant"] for claim in other["claims"]} == {"airwars"}


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("day", "May 2017", Code.BAD_FORMAT),
        ("killed_max", "a dozen", Code.WRONG_TYPE),
        ("airwars_paragraph", "-1", Code.WRONG_TYPE),
        ("mgrs", "here", Code.BAD_FORMAT),
        ("code", "CS1001", Code.DUPLICATE_ID),
    ],
)
def test_a_cell_that_cannot_be_read_is_reported_with_its_row_and_column(
    tmp_path: Path, column: str, cell: str, code: Code
) -> None:
    with pytest.raises(InvalidInput) as caught:
        drafts(tmp_path, FULL, FULL | {"code": "CS1002", column: cell})
    found = caught.value.finding
    assert (found.file, found.pointer, found.code) == (f"{tmp_path}/table.csv:3", f"/{column}", code)
