"""The total of one event: ranges, parts and wholes, and which populations are added."""

from __future__ import annotations

import pytest

from conflictdata.analysis.figures.count_claims import COUNTS, FLOWS
from conflictdata.analysis.figures.over_events import figures
from conflictdata.analysis.figures.totals import event_total
from conflictdata.model.codes import Property
from conflictdata.schema.documents import schema
from tests.support.builders import Object, actor, claim, count, event, place, records
from tests.support.figures import one


def test_low_is_the_smallest_and_high_the_largest_of_what_is_claimed() -> None:
    built, each = one(claim(2, "killed", "army", count=count(12, 12)), claim(3, "killed", "front", count=count(5, 20)))
    found = event_total(built, each, Property.KILLED)
    assert (found.low, found.high) == (5, 20)
    assert [c.claim.claimant for c in found.low_by] == ["front"]


def test_a_claim_without_an_end_leaves_it_open() -> None:
    built, each = one(claim(2, "killed", "army", count=count(12)), claim(3, "killed", "front", count=count(5, 20)))
    assert (event_total(built, each, Property.KILLED).low, event_total(built, each, Property.KILLED).high) == (5, None)


def test_a_denial_that_it_happened_makes_low_zero() -> None:
    built, each = one(claim(2, "killed", "army", count=count(12, 12)), claim(3, "occurred", "front", stance="denies"))
    found = event_total(built, each, Property.KILLED)
    assert (found.low, found.high) == (0, 12)


def test_a_denied_number_and_a_plan_give_no_number() -> None:
    denied = claim(2, "killed", "army", count=count(12, 12), stance="denies")
    planned = claim(3, "killed", "army", count=count(3, 3), stance="plans", fate="not_known")
    built, each = one(denied, planned)
    assert event_total(built, each, Property.KILLED).parts == ()


def test_a_part_is_not_added_to_its_whole() -> None:
    built, each = one(
        claim(2, "killed", "wire", count=count(4, 4, of={"status": "child"})),
        claim(3, "killed", "wire", count=count(20, 20, of={"status": "civilian"}, includes=["CD-0001#c2"])),
    )
    assert event_total(built, each, Property.KILLED).low == 20


def test_a_part_that_seems_to_be_of_other_people_is_not_added_to_the_whole_that_is_said_to_include_it() -> None:
    built, each = one(
        claim(2, "killed", "wire", count=count(4, 4, of={"actor": "front"})),
        claim(3, "killed", "wire", count=count(20, 20, of={"actor": "army"}, includes=["CD-0001#c2"])),
    )
    assert event_total(built, each, Property.KILLED).low == figures(built).low == 20


def test_a_part_counts_where_its_whole_is_not_in_the_sum() -> None:
    part = event(1, [claim(1, "killed", count=count(4, 4))])
    whole = event(2, [claim(1, "killed", count=count(9, 9, includes=["CD-0001#c1"]))])
    built = records([part, whole])
    assert figures(built).low == 9
    assert figures(built, events=["CD-0001"]).low == 4
    assert figures(built, events=["CD-0001"]).n_without == 0


def test_a_part_counts_where_its_whole_is_of_other_people_than_asked_for() -> None:
    built, _ = one(
        claim(2, "killed", "wire", count=count(4, 4, of={"status": "civilian"})),
        claim(3, "killed", "wire", count=count(20, 20, includes=["CD-0001#c2"])),
    )
    assert (figures(built).low, figures(built, status="civilian").low) == (20, 4)


def test_a_part_of_another_kind_of_number_counts() -> None:
    built, _ = one(
        claim(2, "killed", "wire", count=count(4, 4)),
        claim(3, "casualties", "wire", count=count(20, 20, includes=["CD-0001#c2"])),
    )
    assert (figures(built).low, figures(built, "casualties").low) == (4, 20)


def test_a_status_holds_the_kinds_of_it() -> None:
    built, _ = one(
        claim(2, "killed", "wire", count=count(4, 4, of={"status": "volunteer"})),
        claim(3, "killed", "wire", count=count(7, 7, of={"status": "civilian"})),
    )
    assert (figures(built, status="combatant").low, figures(built, status="leader").low) == (4, None)
    assert figures(built, status="leader").n_without == 1


def test_populations_that_may_share_people_are_not_added() -> None:
    built, each = one(
        claim(2, "killed", "army", count=count(12, 12)),
        claim(3, "killed", "wire", count=count(5, 5, of={"status": "civilian"})),
    )
    assert (event_total(built, each, Property.KILLED).low, event_total(built, each, Property.KILLED).high) == (12, 12)


def test_populations_of_which_neither_holds_the_other_are_at_least_the_larger_and_at_most_both() -> None:
    built, each = one(
        claim(2, "killed", "army", count=count(12, 12, of={"nationality": "FRA"})),
        claim(3, "killed", "wire", count=count(5, 5, of={"status": "civilian"})),
    )
    assert (event_total(built, each, Property.KILLED).low, event_total(built, each, Property.KILLED).high) == (12, 17)


def on(first: str, last: str) -> Object:
    return {"window": {"earliest": f"2016-06-{first}", "latest": f"2016-06-{last}"}}


@pytest.mark.parametrize(
    ("one_count", "other", "low"),
    [
        (({"by": ["army"]}, {}), ({"by": ["front"]}, {}), 3),
        (({"by": ["army"]}, {}), ({"by": ["army"]}, {}), 3),
        (({"by": ["army"]}, {}), ({}, {}), 3),
        (({}, on("01", "02")), ({}, on("03", "04")), 3),
        (({}, on("02", "03")), ({}, on("01", "04")), 3),
        (
            ({}, {"where": {"place": "mill", "precision": "exact"}}),
            ({}, {"where": {"place": "town", "precision": "exact"}}),
            4,
        ),
        (
            ({}, {"where": {"place": "mill", "precision": "exact"}}),
            ({}, {"where": {"place": "hill", "precision": "exact"}}),
            7,
        ),
    ],
)
def test_places_tell_people_apart_and_days_and_causers_on_which_two_claimants_differ_do_not(
    one_count: tuple[Object, Object], other: tuple[Object, Object], low: int
) -> None:
    claims = [
        claim(number, "killed", who, count=count(number, number, **of), **about)
        for number, who, (of, about) in ((3, "army", one_count), (4, "wire", other))
    ]
    places = [place("mill", "town"), place("town"), place("hill")]
    assert figures(records([event(1, [claim(1), *claims])], places=places)).low == low


def test_causers_that_one_claimant_tells_apart_tell_people_apart() -> None:
    claims = [
        claim(1, "killed", count=count(3, 3, by=["army"])),
        claim(2, "killed", count=count(4, 4, by=["front"])),
    ]
    found = figures(records([event(1, claims)]))
    assert (found.low, found.high) == (7, 7)
    assert {group.key: group.low for group in figures(records([event(1, claims)]), by="causer")} == {
        "army": 3,
        "front": 4,
    }


def test_nobody_is_the_causer_where_claimants_name_different_ones() -> None:
    claims = [
        claim(1, "killed", count=count(3, 3, by=["army"])),
        claim(2, "killed", "wire", count=count(4, 4, by=["front"])),
    ]
    assert [(group.key, group.low, group.high) for group in figures(records([event(1, claims)]), by="causer")] == [
        (None, 3, 4)
    ]


@pytest.mark.parametrize(("days", "low"), [(("01", "02"), 7), (("01", "04"), 4)])
def test_days_that_one_claimant_tells_apart_tell_people_apart(days: tuple[str, str], low: int) -> None:
    claims = [
        claim(1, "killed", count=count(4, 4), **on(*days)),
        claim(2, "killed", count=count(3, 3), **on("03", "04")),
    ]
    assert figures(records([event(1, claims)])).low == low


def test_more_of_a_part_than_of_the_whole_widens_the_whole() -> None:
    built, each = one(
        claim(2, "killed", "army", count=count(12, 12)),
        claim(3, "killed", "wire", count=count(15, 15, of={"status": "civilian"})),
    )
    found = event_total(built, each, Property.KILLED)
    assert (found.low, found.high) == (12, 15)
    assert [[c.id for c in ends] for ends in (found.low_by, found.high_by)] == [["CD-0001#c2"], ["CD-0001#c3"]]


CIVILIANS: Object = {"of": {"status": "civilian"}}
FRENCH: Object = {"of": {"nationality": "FRA"}}


@pytest.mark.parametrize(
    ("one_count", "other", "expected"),
    [
        # Somebody counts at least so many of a part: more than the whole, as many, or a number that nobody gives.
        (count(12, 12), count(15, **CIVILIANS), (12, None)),
        (count(12, 12), count(12, **CIVILIANS), (12, 12)),
        (count(0, 0), count(as_stated="far lower", **CIVILIANS), (0, 0)),
        # Neither holds the other, and one is without a limit.
        (count(12, 12, **FRENCH), count(5, **CIVILIANS), (12, None)),
        (count(12, **FRENCH), count(5, 5, **CIVILIANS), (12, None)),
    ],
)
def test_a_count_without_a_limit_opens_a_total_where_it_may_reach_beyond_it(
    one_count: Object, other: Object, expected: tuple[int, int | None]
) -> None:
    built, each = one(claim(2, "killed", "army", count=one_count), claim(3, "killed", "wire", count=other))
    found = event_total(built, each, Property.KILLED)
    assert (found.low, found.high) == expected
    assert bool(found.high_by) == (found.high is not None)


def test_the_totals_of_one_event_are_distinguished_by_actor_and_cause_as_those_of_many_are() -> None:
    built, each = one(
        claim(2, "killed", count=count(9, 9, of={"actor": "army"})),
        claim(3, "killed", count=count(4, 4, of={"actor": "front"})),
    )
    assert event_total(built, each, Property.KILLED).low == figures(built).low == 13


@pytest.mark.parametrize(
    "more", [{"kind": "operation", "type": "battle"}, {"withdrawn": {"reason": "Invented."}}], ids=["operation", "gone"]
)
def test_an_operation_and_a_withdrawn_event_have_no_total(more: Object) -> None:
    built, each = one(claim(2, "killed", count=count(9, 9)), **more)
    found = event_total(built, each, Property.KILLED)
    assert (found.low, found.high, found.parts) == (None, None, ())


def test_members_of_a_branch_are_members_of_the_whole() -> None:
    people = [claim(2, "killed", count=count(9, 9, of={"actor": "army"}))]
    people.append(claim(3, "killed", count=count(4, 4, of={"actor": "brigade"})))
    apart = records([event(1, people)], [actor("army"), actor("brigade")])
    branch = records([event(1, people)], [actor("army"), actor("brigade", ["army"])])
    assert (figures(apart).low, figures(branch).low) == (13, 9)


def test_what_adds_up_is_what_the_schema_wants_a_scope_for() -> None:
    scoped, counts = set(), set()
    for part in schema("claim")["allOf"]:
        listed = part["if"].get("properties", {}).get("property", {}).get("enum", [])
        if part["then"].get("required") == ["count"]:
            counts |= set(listed)
        if part["then"].get("properties", {}).get("count", {}).get("required") == ["scope"]:
            scoped |= set(listed)
    assert scoped == FLOWS
    assert counts == COUNTS
