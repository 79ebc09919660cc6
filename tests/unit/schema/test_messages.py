"""What is told of a value that does not obey the schema: which faults, how many, what is the same, how it is shown."""

from __future__ import annotations

import jsonschema_rs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from conflictdata.findings import Code
from conflictdata.schema import urn
from conflictdata.schema import validate as schema_module
from conflictdata.schema.messages import MANY, describe_value
from conflictdata.schema.unique_items import repetitions
from conflictdata.schema.validate import slow_validator, validate
from tests.support.builders import source
from tests.support.effort import effort
from tests.support.example import example

Json = object


def whole(*events: Json) -> dict[str, Json]:
    return {"$schema": urn("dataset"), "sources": [], "actors": [], "places": [], "events": [*events]}


# How many.


def spoilt(faults: int) -> dict[str, Json]:
    """An event with so many errors, up to three."""
    return example() | dict([("title", 1), ("summary", 2), ("notes", 3)][:faults])


@pytest.mark.parametrize("faults", [(1, 2, 3), (3, 1), (2, 0, 2), (3,), (1, 1, 1, 1)], ids=str)
@pytest.mark.parametrize("most", range(1, 8))
def test_of_more_errors_than_are_looked_at_those_are_reported_of_the_records_seen_to_the_end(monkeypatch, most, faults):
    document = whole(*map(spoilt, faults))
    every = validate(document, "dataset", "f")
    met = [error.absolute_path[1] for error in slow_validator("dataset").iter_errors(document)]
    assert len(met) == len(every) == sum(faults)
    monkeypatch.setattr(schema_module, "_MOST_ERRORS", most)
    found = validate(document, "dataset", "f")
    if len(every) <= most:
        assert found == every
        return
    *some, last = found
    assert last.code is Code.TOO_MANY_ITEMS
    seen = {*met[:most]} - {met[most]}
    if seen:
        assert some == [each for each in every if int(each.pointer.split("/")[2]) in seen]
    else:
        assert some and {*some} <= {*every}


@pytest.mark.parametrize("many", [MANY - 1, MANY, MANY + 1])
def test_up_to_so_many_unknown_members_and_repeated_items_are_reported_one_by_one(many):
    unknown = validate(example() | {f"m{number}": number for number in range(many)}, "event", "f")
    repeated = validate(source("paper-1") | {"furniture": [1] * (many + 1)}, "source", "f")
    for found, places in (
        (unknown, [f"/m{number}" for number in range(many)] if many <= MANY else [""]),
        (repeated, [f"/furniture/{number}" for number in range(1, many + 1)] if many <= MANY else ["/furniture"]),
    ):
        assert sorted(each.pointer for each in found) == sorted(places)


# Which.


def test_a_wrong_schema_within_a_dataset_is_reported_as_one():
    (found,) = validate(whole(example() | {"$schema": urn("place")}), "dataset", "f")
    assert (found.pointer, found.code) == ("/events/0/$schema", Code.UNKNOWN_SCHEMA)


def test_an_unknown_member_takes_the_place_of_none_that_is_missing_unless_it_is_like_one():
    spelt = {"basis": "x", "page": 1}
    whole = example()
    for given_, codes in (
        (spelt, [Code.MISSING_MEMBER, Code.UNKNOWN_MEMBER]),
        ({"earliest": "2016-02-24", **spelt}, [Code.UNKNOWN_MEMBER]),
    ):
        whole["claims"][0]["stated_on"] = given_
        assert [each.code for each in validate(whole, "event", "f")] == codes


# What is the same.

PLAIN = st.sampled_from([0, 1, 1.0, 2.5, True, False, None, "", "1", "true", "bool"])
NESTED = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
)
TWINS = [
    ([1, True], False), ([0, False], False), ([1, 1.0], True), ([True, True], True), ([[1], [2]], False),
    ([[1], [True]], False), ([[1], [1.0]], True), ([[], {}], False), ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], True),
    ([{"a": 1}, {"a": True}], False), ([["bool", True], True], False), ([None, 0, False, ""], False), ([[1], 1], False),
]  # fmt: skip


@pytest.mark.parametrize(("items", "same"), TWINS, ids=str)
def test_values_are_the_same_where_json_schema_says_so(items, same):
    assert any(repetitions(items)) == same != Draft202012Validator({"uniqueItems": True}).is_valid(items)


@given(st.lists(NESTED, max_size=4))
@effort(4)
def test_items_repeat_exactly_where_every_validator_says_so(items):
    repeated = [*repetitions(items)]
    event("repeated" if repeated else "all different")
    for judge_ in (Draft202012Validator({"uniqueItems": True}), jsonschema_rs.validator_for({"uniqueItems": True})):
        assert judge_.is_valid(items) == (repeated == [])
    for later, earlier in repeated:
        assert [*repetitions([items[earlier], items[later]])] == [(1, 0)]


# How it is shown.


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "null"), (True, "true"), (False, "false"), (0, "0"), (2.5, "2.5"), ([1], "a list"), ({}, "an object"),
        ("", '""'), ("x" * 80, f'"{"x" * 80}"'), ("x" * 81, f'"{"x" * 77}..."'), ("a\x1bb", '"a\\u{001B}b"'),
    ],
)  # fmt: skip
def test_a_value_is_shown_short_quoted_and_harmless(value, words):
    assert describe_value(value) == words
