"""What the rules promise of any records: no exception, no dependence on order, the answer of counting by hand."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import event as note
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.canonical import read_object
from conflictdata.canonical.dump import dump
from conflictdata.findings import Code, Severity
from conflictdata.formats.json_document import validate_dataset
from conflictdata.model import Records
from conflictdata.rules import check_record
from conflictdata.rules.cycles import cycles_in
from conflictdata.validation import to_record
from tests.support import builders, strategies
from tests.support.effort import effort
from tests.support.rule_findings import sorted_findings
from tests.support.shared import shared_documents

TABLES = ("sources", "actors", "places", "events")


@given(strategies.RECORDS["event"]() | strategies.RECORDS["actor"]() | strategies.places() | strategies.sources())
@effort()
def test_whatever_the_schema_allows_the_rules_of_one_record_can_validate(obj):
    record = to_record(obj, obj["$schema"].rpartition(":")[2])
    for finding in check_record(record, "drawn"):
        note(finding.code)
        assert reaches(obj, finding.pointer), f"{finding.pointer} leads nowhere"


@given(st.lists(strategies.events() | strategies.actors() | strategies.places() | strategies.sources(), max_size=6))
@effort(0.5)
def test_whatever_the_schema_allows_the_rules_between_records_can_validate(objects):
    tables = {name: [obj for obj in objects if obj["$schema"].endswith(f":{name[:-1]}")] for name in TABLES}
    document = {"$schema": "urn:conflictdata:schema:1.0.0:dataset", **tables}
    for finding in validate_dataset(dump(document), "drawn")[1]:
        note(finding.code)
        assert reaches(document, finding.pointer), f"{finding.pointer} leads nowhere"


def reaches(obj: object, pointer: str) -> bool:
    """Whether the pointer names a part of the object."""
    for part in pointer.split("/")[1:]:
        try:
            obj = obj[int(part)] if isinstance(obj, list) else obj[part]
        except (KeyError, IndexError, ValueError):
            return False
    return True


@given(shared_documents())
@effort()
def test_a_dataset_drawn_to_be_sound_has_no_error(document):
    errors = [f for f in validate_dataset(dump(document), "drawn")[1] if f.severity is Severity.ERROR]
    assert errors == []


@given(shared_documents(), st.randoms(use_true_random=False))
@effort(0.5)
def test_the_order_in_which_records_are_read_changes_no_finding(document, shuffler):
    tables = {
        kind: [to_record(obj, kind) for obj in document[f"{kind}s"]] for kind in ("source", "actor", "place", "event")
    }
    mixed = {name: shuffler.sample(rows, len(rows)) for name, rows in tables.items()}
    assert sorted_findings(Records.of(*tables.values())) == sorted_findings(Records.of(*mixed.values()))


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=8, unique=True))
@effort(2)
def test_a_cycle_is_reported_exactly_where_some_order_does_not_exist(edges):
    graph = {start: [(f"/{end}", end) for s, end in edges if s == start] for start, _ in edges}
    found = list(cycles_in(graph))
    ordered = any(all(o.index(s) < o.index(e) for s, e in edges if s != e) for o in permutations("abcd"))
    note("ordered" if ordered else "circle")
    assert (found == []) == ordered
    for pointer, cycle in found:
        assert cycle[0] == cycle[-1]
        assert set(pairwise(cycle)) <= set(edges)
        assert pointer == f"/{cycle[1]}"


def test_a_chain_as_long_as_a_dataset_is_followed_without_recursion():
    graph = {str(n): [("/part_of", str(n + 1))] for n in range(10_000)}
    assert list(cycles_in(graph)) == []
    graph["10000"] = [("/part_of", "0")]
    assert len(list(cycles_in(graph))) == 1


def test_findings_of_a_document_point_into_the_document():
    document = {
        "$schema": "urn:conflictdata:schema:1.0.0:dataset",
        "sources": [],
        "actors": [],
        "places": [builders.place("hill"), builders.place("mill", within="hall")],
        "events": [],
    }
    data = dump(document)
    pointers = {finding.pointer for finding in validate_dataset(data, "drawn.json")[1]}
    assert pointers == {"/places/0", "/places/1", "/places/1/within"}
    assert all(reaches(read_object(data, "x"), pointer) for pointer in pointers)


@pytest.mark.parametrize(
    ("length", "circle"),
    [
        (3, "p2 -> p0 -> p1 -> p2"),
        (7, "p6 -> p0 -> p1 -> p2 -> p3 -> p4 -> p5 -> p6"),
        (8, "p7 -> p0 -> p1 -> p2 -> ... -> p5 -> p6 -> p7"),
        (500, "p499 -> p0 -> p1 -> p2 -> ... -> p497 -> p498 -> p499"),
    ],
)
def test_a_cycle_of_few_is_reported_whole_and_one_of_many_in_a_sentence(length, circle):
    places = [builders.place(f"p{n}", within=f"p{(n + 1) % length}") for n in range(length)]
    messages = [
        message for _, _, code, message in sorted_findings(builders.records(places=places)) if code == "reference-cycle"
    ]
    assert len(messages) == 1 and f": {circle};" in messages[0]


def test_a_withdrawn_record_may_be_unused_and_a_live_one_may_not():
    gone = builders.place("hill", withdrawn={"reason": "Entered twice."})
    papers = [builders.source("paper-1"), builders.source("paper-2")]
    records = builders.records(places=[gone, builders.place("mill")], sources=papers)

    def unused(excluded):
        found = sorted_findings(records, excluded)
        return [each[0] for each in found if each[2] == Code.UNUSED_RECORD]

    assert unused(frozenset()) == ["place mill", "source paper-1", "source paper-2"]
    assert unused(frozenset({"paper-2"})) == ["place mill", "source paper-1"]
    assert unused(None) == ["place mill"]  # no list of exclusions can say that a document was read and left out
