"""The parts of a total exceed it exactly where adding by hand says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.findings import Code
from conflictdata.model import Event, Records
from conflictdata.rules import check_record
from conflictdata.validation import to_record
from tests.support import builders
from tests.support.effort import effort
from tests.support.rule_findings import sorted_findings


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4), st.integers(0, 30))
@effort(2)
def test_parts_of_one_claimant_exceed_a_total_exactly_where_their_sum_does(lows, high):
    parts = [
        builders.claim(n, "killed", count=builders.count(low, of={"status": status}))
        for n, low, status in zip(range(2, 9), lows, ["civilian", "combatant"] * 2, strict=False)
    ]
    total = builders.count(high, high, includes=[f"CD-0001#c{n}" for n in range(2, 2 + len(lows))])
    event = to_record(builders.event(1, [builders.claim(1, "killed", count=total), *parts]), "event")
    codes = [finding.code for finding in check_record(event, "x")]
    assert codes == [Code.PARTS_EXCEED_TOTAL] * (sum(lows) > high)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.integers(0, 60))
@effort(2)
def test_decimals_add_up_as_they_are_written(lows, high):
    """In binary, 0.1 and 0.2 are more than 0.3."""
    parts = [builders.claim(n, "distance", count=tenths(low, unit="km")) for n, low in enumerate(lows, 2)]
    total = tenths(high, unit="km", includes=[part_of(part) for part in parts])
    event = to_record(builders.event(1, [builders.claim(1, "distance", count=total), *parts]), "event")
    codes = [finding.code for finding in check_record(event, "x")]
    assert codes == [Code.PARTS_EXCEED_TOTAL] * (sum(lows) > high)


def tenths(number, **more):
    low = number // 10 if number % 10 == 0 else number / 10
    return builders.count(0, 0, **more) | {"low": low, "high": low}


def part_of(claim):
    return f"CD-0001#{claim['id']}"


def test_parts_that_another_claims_or_that_may_overlap_are_no_fault():
    total = builders.count(10, 10, includes=["CD-0001#c2", "CD-0001#c3", "CD-0001#c4"])
    claims = [
        builders.claim(1, "killed", count=total),
        builders.claim(2, "killed", count=builders.count(9, of={"status": "civilian"})),
        builders.claim(3, "killed", count=builders.count(8, of={"status": "child"})),
        builders.claim(4, "killed", "front", count=builders.count(50)),
    ]
    assert list(check_record(to_record(builders.event(1, claims), "event"), "x")) == []


SIDES = ("civilian", "combatant")


@pytest.mark.parametrize(
    ("total", "parts", "told"),
    [
        ({}, [{"low": 11}], True),
        ({}, [{"low": 10}], False),
        ({"status": "superseded", "status_reason": "A later toll."}, [{"low": 11}], False),
        ({"stance": "denies"}, [{"low": 11}], False),
        ({}, [{"low": 11, "status": "rejected", "status_reason": "Misread."}], False),
        ({}, [{"low": 11, "stance": "doubts"}], False),
        ({}, [{"low": 11, "claimant": "front"}], False),
        ({}, [{"low": 11, "what": "injured"}], False),
        ({}, [{"high": 11}], False),
        ({}, [{}], False),
        ({}, [{"low": 6}, {"low": 5}], True),
        ({}, [{"low": 6, "includes": ["CD-0001#c3"]}, {"low": 5}], False),
        ({}, [{"low": 6, "of": {"status": "civilian"}}, {"low": 5, "of": {"status": "child"}}], False),
        ({}, [{"low": 6, "of": {"status": "child"}}, {"low": 5, "of": {"status": "child"}}], True),
        ({}, [{"low": 6, "of": {"actor": "army"}}, {"low": 5, "of": {"actor": "brigade"}}], False),
        ({}, [{"low": 6, "of": {"nationality": "FRA"}}, {"low": 5, "of": {"nationality": "SYR"}}], False),
        ({}, [{"high": 3}, {"low": 1, "claimant": "front"}, {"low": 11}], True),
        ({}, [{"low": 9, "of": {"status": "child"}}, *({"low": 6, "of": {"status": each}} for each in SIDES)], True),
    ],
)
@pytest.mark.parametrize("elsewhere", [False, True])
def test_parts_exceed_a_total_only_where_that_is_certain(total, parts, told, elsewhere):
    """The same claimant, live, asserting, of the same property, and parts that share nobody."""
    home = "CD-0002" if elsewhere else "CD-0001"
    whole = builders.count(10, 10, includes=[f"{home}#c{n}" for n in range(2, 2 + len(parts))])
    claims = [builders.claim(1, "killed", count=whole) | total]
    others = []
    for n, part in enumerate(parts, 2):
        inner = [address.replace("CD-0001", home) for address in part.get("includes", ())]
        more = {"of": part["of"]} if "of" in part else {"includes": inner} if inner else {}
        counted = builders.count(part.get("low"), part.get("high"), **more)
        kept = {key: part[key] for key in ("status", "status_reason", "stance") if key in part}
        others.append(
            builders.claim(n, part.get("what", "killed"), part.get("claimant", "monitor"), count=counted) | kept
        )
    events = [builders.event(1, claims + ([] if elsewhere else others))]
    events += [builders.event(2, others, where={"place": "hill", "precision": "near"})] if elsewhere else []
    records = [Event.from_object(obj) for obj in events]
    alone = [finding for event in records for finding in check_record(event, "x")]
    together = [
        finding for finding in sorted_findings(Records.of(events=records)) if finding[2] == Code.PARTS_EXCEED_TOTAL
    ]
    assert (len(alone), len(together)) == ((0, int(told)) if elsewhere else (int(told), 0))


@pytest.mark.parametrize(
    ("parts", "high", "told"), [((0.1, 0.2), 0.3, 0), ((0.1, 0.2), 0.299999, 1), ((1, 0.1), 1.1, 0)]
)
def test_parts_are_added_as_they_are_written(parts, high, told):
    kilometres = {"unit": "km", "bound": "exact", "as_stated": "so far"}
    numbers = [(high, {"includes": ["CD-0001#c2", "CD-0001#c3"]}), *((part, {}) for part in parts)]
    claims = [
        builders.claim(n, "distance", count={"low": number, "high": number, **kilometres, **more})
        for n, (number, more) in enumerate(numbers, 1)
    ]
    event = Event.from_object(builders.event(1, claims))
    assert [finding.code for finding in check_record(event, "x")] == [Code.PARTS_EXCEED_TOTAL] * told


def test_a_part_without_a_count_adds_nothing():
    total = builders.count(10, 10, includes=["CD-0001#c2", "CD-0001#c9"])
    event = builders.event(1, [builders.claim(1, "killed", count=total), builders.claim(2)])
    assert list(check_record(Event.from_object(event), "x")) == []
