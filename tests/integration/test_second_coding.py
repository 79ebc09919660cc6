"""The coding is checked: a second one agrees as published, and what is not coded is left out with a reason."""

from __future__ import annotations

import csv
import random

import pytest

from conflictdata import codelists
from conflictdata.loading import load_path
from conflictdata.model import Records
from conflictdata.resources import records_folder
from tests.second_coding import agreement

FIRST = (
    "al-bawaba-2017-02-04",
    "long-war-journal-2015-06-24",
    "rudaw-via-rantburg-2017-03-21",
    "syria-direct-2017-08-01",
    "unnamed-site-2017-06-18",
)


@pytest.fixture(scope="module")
def records() -> Records:
    return load_path(records_folder())


def exclusions() -> list[dict[str, str]]:
    with (records_folder() / "exclusions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cited(records: Records) -> set[tuple[str, int]]:
    claims = [e for event in records.events for claim in event.claims for e in claim.evidence]
    relations = [e for actor in records.actors for relation in actor.relations for e in relation.evidence]
    return {(e.source, e.paragraph) for e in claims + relations}


@pytest.mark.parametrize("part", agreement.ROUNDS)
def test_the_published_agreement_is_what_the_command_prints(part: str) -> None:
    published = (agreement.HERE / "README.md").read_text(encoding="utf-8")
    assert agreement.table(part) in published, f"python -m tests.second_coding.agreement {part} prints another table"


@pytest.mark.parametrize("part", agreement.ROUNDS)
def test_every_match_names_events_that_were_coded_and_every_coded_event_is_matched(part: str) -> None:
    for coder in ("first", "second"):
        coded = sorted(row["id"] for row in agreement.rows(part, f"{coder}-events"))
        assert coded == sorted(row[coder] for row in agreement.rows(part, "matches") if row[coder])


@pytest.mark.parametrize("part", agreement.ROUNDS)
def test_every_claim_belongs_to_an_event_of_its_coder(part: str) -> None:
    for coder in ("first", "second"):
        coded = {row["id"] for row in agreement.rows(part, f"{coder}-events")}
        assert {row["event_id"] for row in agreement.rows(part, f"{coder}-claims")} <= coded


@pytest.mark.parametrize("part", agreement.ROUNDS)
def test_an_event_found_by_one_coder_is_adjudicated(part: str) -> None:
    alone = [row for row in agreement.rows(part, "matches") if not (row["first"] and row["second"])]
    assert alone
    assert all(row["adjudication"].endswith(".") for row in alone)


def test_a_pair_of_the_second_round_that_differs_in_type_or_place_is_adjudicated() -> None:
    settled = {row["first"] for row in agreement.rows("round-2", "matches") if row["adjudication"]}
    differ = {a["id"] for a, b in agreement.pairs("round-2") if (a["type"], a["place"]) != (b["type"], b["place"])}
    assert differ <= settled


def test_the_second_round_is_the_sample_that_its_seed_draws() -> None:
    batch = agreement.rows("round-2", "documents")
    coded = {row["source"] for row in batch if row["drawn"] == "yes"}
    in_order = sorted((row["source"] for row in batch), key=lambda source: int(source.rpartition("-")[2]))
    assert set(random.Random(2026).sample(in_order, len(coded))) == coded
    told = {place for claim in agreement.rows("round-2", "second-claims") for place in claim["paragraphs"].split()}
    assert {place.rpartition(":")[0] for place in told} == coded


def test_every_paragraph_of_the_first_documents_is_coded_or_left_out_with_a_reason(records: Records) -> None:
    left_out = {(row["source"], int(row["paragraph"])) for row in exclusions() if row["paragraph"]}
    first = [source for source in records.sources if source.id in FIRST]
    assert len(first) == len(FIRST)
    every = {(source.id, number) for source in first for number in range(1, source.paragraphs + 1)}
    assert every - cited(records) - left_out == set()
    assert left_out - every == set()


def test_every_document_of_fa_kes_is_coded_or_left_out_with_a_reason(records: Records) -> None:
    news = {source.id for source in records.sources if source.file.startswith("fa-kes-")}
    assert news
    told = {source for source, _ in cited(records)}
    assert news - told - {row["source"] for row in exclusions()} == set()


def test_exclusions_give_a_known_reason_and_say_what() -> None:
    assert {row["reason"] for row in exclusions()} <= set(codelists.codes("exclusion-reasons"))
    assert all(row["what"] for row in exclusions())


def test_furniture_of_the_first_documents_is_the_same_in_the_exclusions_and_on_the_sources(records: Records) -> None:
    listed = {row["source"]: set[int]() for row in exclusions() if row["source"] in FIRST}
    for row in exclusions():
        if row["source"] in FIRST and row["reason"] == "furniture":
            listed[row["source"]].add(int(row["paragraph"]))
    assert listed == {source.id: set(source.furniture) for source in records.sources if source.id in FIRST}
