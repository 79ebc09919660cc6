"""A fault is one finding at its place that says what to do; of very many, part is reported, and quickly."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import tracemalloc

import pytest

from conflictdata.errors import MissingExtra
from conflictdata.findings import MAX_FINDINGS, Code
from conflictdata.schema import KINDS, kind_of, unknown_schema, urn
from conflictdata.schema import validate as schema_module
from conflictdata.schema.validate import fast_validator, slow_validator, validate
from tests.support.builders import source
from tests.support.example import example

LONG = "x" * 300
MANY = [f"actor-{number}" for number in range(60)]


def changed(**places):
    """The example with values put at places written as claims__1__count__low."""
    whole = example()
    for place, value in places.items():
        *path, last = [int(step) if step.isdecimal() else step for step in place.split("__")]
        holder = whole
        for step in path:
            holder = holder[step]
        if value is ...:
            del holder[last]
        else:
            holder[last] = value
    return whole


FAULTS = [
    ({"$schema": 7}, "/$schema", "unknown-schema"),
    ({"$schema": urn("place")}, "/$schema", "unknown-schema"),
    ({"$schema": "urn:conflictdata:schema:1.7.0:event"}, "/$schema", "unknown-schema"),
    ({"$schema": ...}, "", "missing-member"),
    ({"summary": ...}, "", "missing-member"),
    ({"claims__1__count": ...}, "/claims/1", "missing-member"),
    ({"claims__1__count__scope": ...}, "/claims/1/count", "missing-member"),
    ({"claims__1__count__low": ...}, "/claims/1/count", "missing-member"),
    ({"claims__1__count__of": {}}, "/claims/1/count/of", "missing-member"),
    ({"claims__0__stated_on": {"basis": "x"}}, "/claims/0/stated_on", "missing-member"),
    ({"when": {"basis": "x"}}, "/when", "missing-member"),
    ({"when__basis": ...}, "/when", "missing-member"),
    ({"claims__2__status": "rejected"}, "/claims/2", "missing-member"),
    ({"claims__2__stance": "plans"}, "/claims/2", "missing-member"),
    ({"sumary": "x"}, "/sumary", "unknown-member"),
    ({"summary": ..., "sumary": "x"}, "/sumary", "unknown-member"),
    ({"claims__1__count": ..., "claims__1__Count": {}}, "/claims/1/Count", "unknown-member"),
    ({"claims__1__count__a/b~c": 1}, "/claims/1/count/a~1b~0c", "unknown-member"),
    ({"where": "exampleton"}, "/where", "wrong-type"),
    ({"claims": {}}, "/claims", "wrong-type"),
    ({"summary": None}, "/summary", "wrong-type"),
    ({"claims__1__count__low": "12"}, "/claims/1/count/low", "wrong-type"),
    ({"claims__1__count__low": True}, "/claims/1/count/low", "wrong-type"),
    ({"claims__1__count__low": 1.5}, "/claims/1/count/low", "wrong-type"),
    ({"participants__0__side": 3}, "/participants/0/side", "not-in-codelist"),
    ({"claims__1__property": "kiled"}, "/claims/1/property", "not-in-codelist"),
    ({"claims__1__count__unit": "item"}, "/claims/1/count/unit", "wrong-combination"),
    ({"type": "Territory_Captured"}, "/type", "not-in-codelist"),
    ({"where__place": "Mill"}, "/where/place", "bad-format"),
    ({"where__place": "con"}, "/where/place", "bad-format"),
    ({"where__place": "a\n"}, "/where/place", "bad-format"),
    ({"title": "a\u202eb"}, "/title", "bad-format"),
    ({"title": " Title"}, "/title", "bad-format"),
    ({"summary": "\x1b[31mred"}, "/summary", "bad-format"),
    ({"summary": "\ue000red"}, "/summary", "bad-format"),
    ({"summary": "\ufffered"}, "/summary", "bad-format"),
    ({"when__earliest": "2015-02-29"}, "/when/earliest", "bad-format"),
    ({"when__earliest": "2015-2-9"}, "/when/earliest", "bad-format"),
    ({"when__earliest": "0000-01-01"}, "/when/earliest", "bad-format"),
    ({"id": "SYR1234"}, "/id", "bad-format"),
    ({"claims__0__evidence__0__digest": "6F2C0A9BE1D45873"}, "/claims/0/evidence/0/digest", "bad-format"),
    ({"summary": ""}, "/summary", "empty-string"),
    ({"title": "\u200b \u00a0"}, "/title", "empty-string"),
    ({"type": ""}, "/type", "empty-string"),
    ({"title": LONG}, "/title", "too-long"),
    ({"where__place": LONG}, "/where/place", "too-long"),
    ({"claims__0__evidence__0__paragraph": 0}, "/claims/0/evidence/0/paragraph", "out-of-range"),
    ({"claims__0__evidence__0__paragraph": 10**6}, "/claims/0/evidence/0/paragraph", "out-of-range"),
    ({"claims__1__count__low": -1}, "/claims/1/count/low", "out-of-range"),
    ({"claims__1__count__low": 10**7 + 1}, "/claims/1/count/low", "count-too-large"),
    (
        {"claims__1__count__bound": "range", "claims__1__count__high": 10**7 + 1},
        "/claims/1/count/high", "count-too-large",
    ),
    ({"claims": []}, "/claims", "too-few-items"),
    ({"claims__0__via": MANY}, "/claims/0/via", "too-many-items"),
    ({"claims__0__via": [*range(60)]}, "/claims/0/via", "too-many-items"),
    ({"claims__0__via": ["a"] * 60}, "/claims/0/via", "too-many-items"),
    ({"claims__0__via": ["a", "b", "a"]}, "/claims/0/via/2", "repeated-item"),
    ({"claims__1__count__high": 13}, "/claims/1/count/high", "not-allowed-here"),
    ({"claims__1__control": {}}, "/claims/1/control", "not-allowed-here"),
    (
        {"when__started": {"earliest": "2016-02-01"}, "when__earliest": ...},
        "/when/latest", "not-allowed-here",
    ),
    ({"claims__1__fate": "late"}, "/claims/1/fate", "not-allowed-here"),
    ({"claims__1__claimant": "unattributed"}, "/claims/1/claimant", "wrong-combination"),
    (
        {"claims__1__attribution": "unnamed", "claims__1__claimant_as_stated": "residents"},
        "/claims/1/claimant", "wrong-combination",
    ),
    ({"claims__1__count__unit": "km"}, "/claims/1/count/unit", "wrong-combination"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "pointer", "code"), FAULTS, ids=[f"{p or '/'} {c}" for _, p, c in FAULTS])
def test_a_fault_is_one_finding_at_its_place_that_says_what_to_do(change, pointer, code):
    findings = validate(changed(**change), "event", "CD-9001.json")
    assert [(found.file, found.pointer, found.code, found.offset) for found in findings] == [
        ("CD-9001.json", pointer, code, None)
    ]
    wrong, _, advice = findings[0].message.rpartition("; ")
    assert wrong and advice


def test_the_faults_above_cover_every_code_of_the_schema():
    everything = [*Code]
    of_schema = everything[everything.index(Code.UNKNOWN_SCHEMA) : everything.index(Code.NOT_CANONICAL)]
    assert {code for _, _, code in FAULTS} == {*of_schema}


def test_the_example_has_no_fault():
    assert validate(example(), "event", "CD-9001.json") == []


def whole(events):
    return {"$schema": urn("dataset"), "sources": [], "actors": [], "places": [], "events": events}


def test_what_is_faulty_all_through_is_reported_in_part_and_quickly():
    begun = time.process_time()
    found = validate(whole([{}] * 300_000), "dataset", "f")
    assert time.process_time() - begun < 5
    assert [one.code for one in found[MAX_FINDINGS:]] == [Code.TOO_MANY_ITEMS]


def test_what_is_reported_in_part_is_part_of_what_there_is_to_report(monkeypatch):
    spoilt = changed(claims__0__stance="says", where__precision=..., claims__2__control=...)
    every = validate(whole([spoilt] * 9), "dataset", "f")
    monkeypatch.setattr(schema_module, "_MOST_ERRORS", 20)
    *some, last = validate(whole([spoilt] * 9), "dataset", "f")
    assert last.code is Code.TOO_MANY_ITEMS
    assert 0 < len(some) < len(every) and {*some} < {*every}


def test_a_text_too_long_to_be_searched_is_reported_as_too_long_in_little_memory():
    spoilt = changed(claims__0__evidence__0__source="a" * 3_000_000)
    tracemalloc.start()
    found = validate(spoilt, "event", "f", fast=False)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(one.pointer, one.code) for one in found] == [("/claims/0/evidence/0/source", Code.TOO_LONG)]
    assert peak < 20_000_000


def test_items_that_repeat_all_through_are_counted():
    found = validate(source("paper-1") | {"furniture": [1] * 100}, "source", "f")
    assert [(one.pointer, one.code) for one in found] == [("/furniture", Code.REPEATED_ITEM)]
    assert found[0].message.startswith("99 items")


def test_several_faults_are_all_reported_in_order():
    spoilt = changed(claims__0__stance="says", where__precision=..., title=LONG + "\n", claims__2__control=...)
    assert [(found.pointer, found.code.value) for found in validate(spoilt, "event", "f")] == [
        ("/claims/0/stance", "not-in-codelist"),
        ("/claims/2", "missing-member"),
        ("/title", "bad-format"),
        ("/title", "too-long"),
        ("/where", "missing-member"),
    ]


def test_each_repeated_item_is_reported_and_equal_is_what_json_schema_calls_equal():
    event = example()
    first, second = event["participants"]
    first["claims"] = ["c1"]
    event["participants"] = [first, second, dict(reversed(first.items())), first, second | {"side": 1}]
    assert [found.pointer for found in validate(event, "event", "f")] == ["/participants/2", "/participants/3"]


def test_what_follows_from_another_fault_is_not_said():
    nothing_known = changed(claims__1__property=..., claims__1__attribution="")
    found = {(each.pointer, each.code) for each in validate(nothing_known, "event", "f")}
    assert found == {("/claims/1", Code.MISSING_MEMBER), ("/claims/1/attribution", Code.EMPTY_STRING)}


def test_thousands_of_unknown_members_are_counted():
    findings = validate(example() | {f"m{number}": number for number in range(5000)}, "event", "f")
    assert [(found.pointer, found.code) for found in findings] == [("", Code.UNKNOWN_MEMBER)]
    assert findings[0].message.startswith("5000 members") and '"m0"' in findings[0].message


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_is_what_the_schema_says(kind):
    assert kind_of({"$schema": urn(kind)}) == kind


@pytest.mark.parametrize(
    ("obj", "pointer", "near"),
    [
        ({}, "", ""),
        ([], "", ""),
        ({"$schema": None}, "/$schema", ""),
        ({"$schema": "evnt"}, "/$schema", f"did you mean {urn('event')}?"),
        ({"$schema": urn("Event")}, "/$schema", f"did you mean {urn('event')}?"),
        ({"$schema": urn("claim")}, "/$schema", ""),
        ({"$schema": "urn:conflictdata:schema:2.0.0:event"}, "/$schema", "1.0.0 and 1.1.0"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "/$schema", ""),
        ({"$schema": "x" * 10**6}, "/$schema", ""),
    ],
)
def test_an_unknown_schema_is_a_finding_that_names_the_known(obj, pointer, near):
    found = unknown_schema(obj, "f")
    assert kind_of(obj) is None
    assert (found.pointer, found.code) == (pointer, Code.UNKNOWN_SCHEMA)
    assert near in found.message and len(found.message) < 500


def test_a_code_in_the_wrong_case_is_suggested_in_the_right_one():
    place = {"$schema": urn("place"), "id": "mill", "name": "Mill", "kind": "site", "point_unknown": "Invented."}
    for country in ("syr", "SY", "Syria"):
        assert "did you mean `SYR`?" in validate(place | {"country": country}, "place", "f")[0].message
    assert "one of FRA" in validate(place | {"country": "XXX"}, "place", "f")[0].message


def test_hostile_sizes_are_validated_in_time():
    objects = [{"actor": f"a{number}", "role": "attacker"} for number in range(50_000)]
    for change in (
        {"participants": objects},
        {"participants": [1, "a", None] * 30_000},
        {"claims__0__via": MANY * 2000},
        {"summary": "a\u0300" * 500_000},
        {"where__place": "-a" * 500_000},
        {"claims__0__x" + LONG: {"y": list(range(100_000))}},
    ):
        start = time.process_time()
        assert validate(changed(**change), "event", "f")
        assert time.process_time() - start < 5, "quadratic: far more than the fraction of a second that it takes"


def test_validating_never_touches_the_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    slow_validator.cache_clear()
    fast_validator.cache_clear()
    for kind in KINDS:
        assert validate({}, kind, "f", fast=False) == validate({}, kind, "f", fast=True) != []


def test_without_the_accelerator_the_findings_are_the_same_and_insisting_on_it_is_refused(monkeypatch):
    monkeypatch.setattr(schema_module, "find_spec", lambda name: None)
    schema_module.accelerated.cache_clear()
    fast_validator.cache_clear()
    try:
        assert validate(example(), "event", "f") == []
        assert validate({}, "event", "f") == validate({}, "event", "f", fast=False)
        with pytest.raises(MissingExtra, match=r"conflictdata\[fast\]"):
            validate(example(), "event", "f", fast=True)
    finally:
        schema_module.accelerated.cache_clear()


def test_importing_the_validation_is_light():
    heavy = "{'jsonschema', 'referencing', 'jsonschema_rs', 'pydantic', 'click'}"
    code = f"import sys, conflictdata.schema, conflictdata.codelists; print(*({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.strip() == ""
