"""The coding is checked: a second one agrees as published, and every paragraph is coded or left out with a reason."""

from __future__ import annotations

import csv

import pytest

from conflictdata import codelists
from conflictdata.loading import load_bundled
from conflictdata.model import Records
from conflictdata.resources import records_folder
from tests.second_coding import agreement


@pytest.fixture(scope="module")
def records() -> Records:
    return load_bundled()


def exclusions() -> list[dict[str, str]]:
    with (records_folder() / "exclusions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cited(records: Records) -> set[tuple[str, int]]:
    claims = [e for event in records.events for claim in event.claims for e in claim.evidence]
    relations = [e for actor in records.actors for relation in actor.relations for e in relation.evidence]
    return {(e.source, e.paragraph) for e in claims + relations}


def test_the_published_agreement_is_what_the_command_prints() -> None:
    published = (agreement.ROUND.parent / "README.md").read_text(encoding="utf-8")
    assert agreement.table() in published, "python -m tests.second_coding.agreement prints another table"


def test_every_match_names_events_that_were_coded_and_every_coded_event_is_matched() -> None:
    for coder in ("first", "second"):
        coded = sorted(row["id"] for row in agreement.rows(f"{coder}-events"))
        assert coded == sorted(row[coder] for row in agreement.rows("matches") if row[coder])


def test_an_event_found_by_one_coder_is_adjudicated() -> None:
    alone = [row for row in agreement.rows("matches") if not (row["first"] and row["second"])]
    assert alone
    assert all(row["adjudication"].endswith(".") for row in alone)


def test_every_paragraph_of_every_document_is_coded_or_left_out_with_a_reason(records: Records) -> None:
    left_out = {(row["source"], int(row["paragraph"])) for row in exclusions()}
    every = {(source.id, number) for source in records.sources for number in range(1, source.paragraphs + 1)}
    assert every - cited(records) - left_out == set()
    assert left_out - every == set()


def test_exclusions_give_a_known_reason_and_say_what() -> None:
    assert {row["reason"] for row in exclusions()} <= set(codelists.codes("exclusion-reasons"))
    assert all(row["what"] for row in exclusions())


def test_furniture_is_the_same_in_the_exclusions_and_on_the_sources(records: Records) -> None:
    listed = {(row["source"], int(row["paragraph"])) for row in exclusions() if row["reason"] == "furniture"}
    assert listed == {(source.id, number) for source in records.sources for number in source.furniture}
