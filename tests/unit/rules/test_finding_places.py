"""What a rule tells: each of several faults and no other, wherever it stands, in words that name what is meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given

from conflictdata.findings import Code
from conflictdata.model import Records
from conflictdata.model.references import ids_in, references_of
from conflictdata.rules import check_record, check_records
from conflictdata.rules.places import points_lie_in_their_country
from conflictdata.validation import to_record
from tests.support import builders
from tests.support.effort import effort
from tests.support.shared import shared_documents
from tests.support.small import small

HANDS = ("paper", "wire", None)
OWN = {"attribution": "own_voice"}
HARDLY_EXACT = builders.count(3, 4) | {"bound": "exact"}
EARLIER = {"earliest": "2016-06-02", "latest": "2016-06-02"}


def told(records: Records, code: Code) -> list[str]:
    """Where a rule between records finds its fault."""
    found = check_records(records, lambda kind, record_id: (record_id, ""))
    return [each.pointer for each in found if each.code is code]


def source(*hands: str | None, first: str = "first_published", composition: str = "whole") -> dict[str, Any]:
    """A document that went through these hands; None is one that is not known."""
    steps = [{"step": first if n == 0 else "republished", "by": hand} for n, hand in enumerate(hands)]
    chain = [{key: value for key, value in step.items() if value is not None} for step in steps]
    return builders.source("paper-1", chain=chain, composition=composition)


# Wherever it stands.


@pytest.mark.parametrize(
    ("sound", "faulty", "code", "below"),
    [
        ({}, {"via": ["paper"]}, Code.ATTRIBUTION_MISMATCH, "/via/0"),
        ({"count": builders.count(5)}, {"count": HARDLY_EXACT}, Code.BOUND_MISMATCH, "/count/bound"),
        ({"stated_on": EARLIER, "stance": "denies"}, {"stated_on": EARLIER}, Code.STATED_ON_MISMATCH, "/stated_on"),
    ],
)
def test_a_fault_that_stands_after_a_claim_without_it_is_reported_as_well(sound, faulty, code, below):
    claims = [
        builders.claim(n, "killed" if "count" in each else "occurred", **each)
        for n, each in enumerate((sound, faulty), 1)
    ]
    records = builders.records([builders.event(1, claims)], sources=[source("paper")])
    judged = [*check_record(records.events["CD-0001"], "f"), *check_records(records, lambda kind, record_id: ("f", ""))]
    assert [each.pointer for each in judged if each.code is code] == [f"/claims/1{below}"]


def test_each_number_beyond_the_last_paragraph_is_reported():
    altered = [{"note": "Drawn.", "paragraphs": [10, 3]}, {"note": "Drawn.", "paragraphs": [4, 11]}]
    record = to_record(builders.source("paper-1", furniture=[12, 1], alterations=altered), "source")
    assert [(each.pointer, each.code) for each in check_record(record, "f")] == [
        (pointer, Code.PARAGRAPH_OUT_OF_RANGE)
        for pointer in ("/furniture/0", "/alterations/0/paragraphs/0", "/alterations/1/paragraphs/1")
    ]


@pytest.mark.parametrize("end", ["started", "ended"])
def test_an_end_that_is_reversed_is_reported_at_that_end(end):
    when = {end: {"earliest": "2016-06-05", "latest": "2016-06-01"}, "basis": "Drawn."}
    event = to_record(builders.event(1, [builders.claim(1)], when=when), "event")
    found = [(each.pointer, each.code) for each in check_record(event, "f")]
    assert found == [(f"/when/{end}", Code.WINDOW_REVERSED)]


def test_a_total_with_parts_here_and_elsewhere_is_reported_once():
    total = builders.count(10, 10, includes=["CD-0001#c2", "CD-0002#c1"])
    here = [builders.claim(1, "killed", count=total), builders.claim(2, "killed", count=builders.count(11))]
    records = builders.records([builders.event(1, here), builders.event(2, [builders.claim(1)])])
    alone = [each.code for each in check_record(records.events["CD-0001"], "f")]
    assert (alone, len(told(records, Code.PARTS_EXCEED_TOTAL))) == ([], 1)


# Who speaks.


@pytest.mark.parametrize(
    ("composition", "hands", "claimant", "wrong"),
    [
        ("whole", ("paper", "wire"), "paper", None),
        ("whole", ("paper", "wire"), "wire", True),
        ("altered", ("paper", "wire"), "wire", False),
        ("altered", ("paper", "wire"), "front", True),
        ("spliced", ("wire", "paper", "agency"), "front", True),
        ("altered", ("paper", None), "front", None),
        ("whole", ("paper", None), "front", True),
        ("whole", (None, "paper"), "front", None),
    ],
)
def test_the_own_voice_of_a_document_is_that_of_the_hands_its_words_went_through(composition, hands, claimant, wrong):
    events = [builders.event(1, [builders.claim(1, claimant=claimant) | OWN])]
    records = builders.records(events, sources=[source(*hands, composition=composition)])
    assert told(records, Code.ATTRIBUTION_MISMATCH) == (["/claims/0/claimant"] if wrong else [])


@pytest.mark.parametrize(("first", "wrong"), [("first_published", 1), ("aggregated", 0)])
def test_only_who_first_published_a_document_speaks_in_its_own_voice_alone(first, wrong):
    """Whoever gathers what others say can name somebody, itself among them."""
    events = [builders.event(1, [builders.claim(1, claimant="paper")])]
    found = told(builders.records(events, sources=[source("paper", first=first)]), Code.ATTRIBUTION_MISMATCH)
    assert found == ["/claims/0/attribution"] * wrong


# What is named.


@pytest.mark.parametrize("instead", [[], ["mill"], ["mill", "hall"]])
def test_a_withdrawn_record_is_not_to_be_named_whatever_replaced_it(instead):
    gone = builders.place("hill", withdrawn={"reason": "Drawn.", **({"replaced_by": instead} if instead else {})})
    places = [gone, builders.place("mill"), builders.place("hall"), builders.place("barn", within="hill")]
    found = told(builders.records(places=places), Code.WITHDRAWN_REFERENCE)
    assert found == ["/within"]


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value by its pointer."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, f"{pointer}/{step}")


KINDS = ("source", "actor", "place", "event")
LINKS = {"claimant", "via", "source", "sources", "actor", "actors", "by", "holder", "from", "to", "place", "part_of"}
LINKS |= {"within", "wire", "event", "includes", "conflicts_with", "about", "replaced_by"}


def holds_ids(pointer: str) -> bool:
    """Whether the member that holds a text, or a list of texts, is one of those for ids."""
    return next(step for step in reversed(pointer.split("/")) if not step.isdecimal()) in LINKS


def all_followed(records: Records) -> bool:
    """By the ids that the records have; texts that happen to be one are told apart by the member that holds them."""
    tables = (records.sources, records.actors, records.places, records.events)
    ids = {record.id for table in tables for record in table}
    ids |= {f"{event.id}#{claim.id}" for event in records.events for claim in event.claims}
    return all(
        {(at, text) for at, text in leaves(record.to_object()) if text in ids and holds_ids(at)}
        == {(reference.pointer, reference.id) for reference in references_of(record)}
        and {(kind, one) for kind, some in ids_in(record).items() for one in some}
        == {(reference.kind, reference.id) for reference in references_of(record)}
        for table in tables
        for record in table
    )


def test_every_id_that_stands_in_a_record_of_a_small_world_is_followed():
    assert all_followed(small())


@given(shared_documents())
@effort(0.5)
def test_every_id_that_stands_in_a_record_is_followed(document):
    assert all_followed(Records.of(*([to_record(obj, kind) for obj in document[f"{kind}s"]] for kind in KINDS)))


# Where a place lies.

NEAR_THE_EDGES = [side + by for side in (32.3, 35.6, 37.4, 42.4) for by in (-0.1, 0, 0.1)]


def test_latitude_and_longitude_are_exchanged_exactly_where_the_other_way_round_they_lie_in_the_country():
    def judged(lat: float, lon: float) -> list[str]:
        place = to_record(builders.place("mill", point=(round(lat, 1), round(lon, 1)), country="SYR"), "place")
        return [each.message for each in points_lie_in_their_country("f", place)]

    hints = {True: 0, False: 0}
    for lat, lon in product(NEAR_THE_EDGES, repeat=2):
        for message in judged(lat, lon):
            hint = message.endswith("; exchange latitude and longitude")
            hints[hint] += 1
            assert hint == (judged(lon, lat) == []), (lat, lon)
    assert all(hints.values())
