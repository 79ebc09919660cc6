"""Who may be among whom: what a count says of those it counts, and how that decides what may be added."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.figures.count_claims import Counted, counted
from conflictdata.analysis.figures.populations import apart, holds
from conflictdata.analysis.figures.totals import event_total
from conflictdata.model import Records
from conflictdata.model.codes import Property
from tests.support.builders import Object, actor, claim, count, event, place, records, relation
from tests.support.effort import effort

few = effort()

JOINED_IN_JULY = relation(1, "army", when={"started": {"earliest": "2016-07-01"}})
ACTORS = [actor("army"), actor("brigade", ["army"]), actor("front"), actor("recruits", relations=[JOINED_IN_JULY])]
PLACES = [place("town"), place("mill", "town"), place("hill")]


def days(first: str, last: str) -> Object:
    return {"earliest": f"2016-{first}", "latest": f"2016-{last}"}


JUNE, JULY, SUMMER = days("06-01", "06-30"), days("07-01", "07-30"), days("06-01", "07-30")


def said(number: int, low: int, high: int, about: Object) -> Object:
    """A claim that so many were killed, of whom, by whom, where and when `about` says."""
    more: Object = {"window": about["window"]} if "window" in about else {}
    if "place" in about:
        more["where"] = {"place": about["place"], "precision": "exact"}
    of = {key: about[key] for key in ("actor", "status", "nationality", "item") if key in about}
    whom = {key: about[key] for key in ("by", "unit") if key in about}
    return claim(number, "killed", count=count(low, high, **({"of": of} if of else {}), **whom), **more)


def world(*claims: Object) -> Records:
    return records([event(1, claims)], ACTORS, PLACES)


def counts_of(*about: Object) -> tuple[Records, tuple[Counted, ...]]:
    built = world(*(said(number, 1, 1, each) for number, each in enumerate(about, 1)))
    return built, counted(built, built.events[0], Property.KILLED, "default")


HOLDS, APART, MAY_SHARE = (True, False), (False, True), (False, False)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {}, HOLDS),
        ({}, {"actor": "army"}, HOLDS),
        ({"actor": "army"}, {}, MAY_SHARE),
        ({"actor": "army"}, {"actor": "army"}, HOLDS),
        ({"actor": "army"}, {"actor": "brigade"}, HOLDS),
        ({"actor": "brigade"}, {"actor": "army"}, MAY_SHARE),
        ({"actor": "army"}, {"actor": "front"}, APART),
        ({"actor": "army", "window": JUNE}, {"actor": "recruits", "window": JUNE}, APART),
        ({"actor": "army", "window": JULY}, {"actor": "recruits", "window": days("07-02", "07-30")}, HOLDS),
        ({"actor": "army", "window": SUMMER}, {"actor": "recruits", "window": JUNE}, APART),
        ({"actor": "army", "window": JUNE}, {"actor": "recruits", "window": SUMMER}, APART),
        ({"actor": "army", "window": JULY}, {"actor": "recruits", "window": SUMMER}, MAY_SHARE),
        ({}, {"status": "civilian"}, HOLDS),
        ({"status": "civilian"}, {}, MAY_SHARE),
        ({"status": "civilian"}, {"status": "civilian"}, HOLDS),
        ({"status": "combatant"}, {"status": "volunteer"}, HOLDS),
        ({"status": "combatant"}, {"status": "attacker"}, HOLDS),
        ({"status": "volunteer"}, {"status": "combatant"}, MAY_SHARE),
        ({"status": "volunteer"}, {"status": "attacker"}, MAY_SHARE),
        ({"status": "combatant"}, {"status": "civilian"}, APART),
        ({"status": "civilian"}, {"status": "volunteer"}, APART),
        ({"status": "civilian"}, {"status": "child"}, MAY_SHARE),
        ({"status": "combatant"}, {"status": "leader"}, MAY_SHARE),
        ({}, {"nationality": "FRA"}, HOLDS),
        ({"nationality": "FRA"}, {}, MAY_SHARE),
        ({"nationality": "FRA"}, {"nationality": "FRA"}, HOLDS),
        ({"nationality": "FRA"}, {"nationality": "GBR"}, APART),
        ({}, {"by": ["army"]}, HOLDS),
        ({"by": ["army"]}, {}, HOLDS),
        ({"by": ["army"]}, {"by": ["army"]}, HOLDS),
        ({"by": ["army", "front"]}, {"by": ["army"]}, HOLDS),
        ({"by": ["army"]}, {"by": ["army", "front"]}, MAY_SHARE),
        ({"by": ["army"]}, {"by": ["front"]}, APART),
        ({}, {"place": "mill"}, HOLDS),
        ({"place": "town"}, {}, MAY_SHARE),
        ({"place": "town"}, {"place": "mill"}, HOLDS),
        ({"place": "mill"}, {"place": "town"}, MAY_SHARE),
        ({"place": "mill"}, {"place": "hill"}, APART),
        ({"window": SUMMER}, {"window": JUNE}, HOLDS),
        ({"window": JUNE}, {"window": SUMMER}, MAY_SHARE),
        ({"window": JUNE}, {"window": JULY}, APART),
        ({"item": "rifles", "unit": "item"}, {"item": "rifles", "unit": "item"}, HOLDS),
        ({"item": "rifles", "unit": "item"}, {"item": "mines", "unit": "item"}, APART),
        ({"item": "rifles", "unit": "item"}, {"unit": "item"}, APART),
        ({"unit": "person"}, {"unit": "building"}, APART),
    ],
)
def test_a_count_holds_what_says_the_same_or_less_and_shares_nobody_with_what_cannot_be_true_of_the_same(
    one: Object, other: Object, expected: tuple[bool, bool]
) -> None:
    built, (whole, part) = counts_of(one, other)
    assert (holds(built, whole, part), apart(built, whole, part)) == expected


def some(**values: Any) -> st.SearchStrategy[Object]:
    """Some of the members that a count may have, with some of their values."""
    return st.fixed_dictionaries({}, optional={key: st.sampled_from(given) for key, given in values.items()})


ABOUT = some(
    actor=["army", "brigade", "recruits"],
    status=["civilian", "volunteer", "child"],
    by=[["army"], ["army", "front"]],
    place=["town", "mill"],
    window=[JUNE, JULY, SUMMER, days("06-05", "06-05")],
)


@few
@given(ABOUT, ABOUT)
def test_whoever_holds_another_is_not_apart_from_it_and_apart_is_apart_both_ways(one: Object, other: Object) -> None:
    built, (first, second) = counts_of(one, other)
    assert holds(built, first, first)
    assert not apart(built, first, first)
    assert apart(built, first, second) == apart(built, second, first)
    assert not (holds(built, first, second) and apart(built, first, second))


@few
@given(st.lists(st.tuples(ABOUT, st.integers(0, 20), st.integers(0, 9)), min_size=2, max_size=3))
def test_no_order_of_claims_changes_a_total_whatever_they_are_about(told: list[tuple[Object, int, int]]) -> None:
    claims = [said(number, low, low + more, about) for number, (about, low, more) in enumerate(told, 1)]
    found = set()
    for order in itertools.permutations(claims):
        built = world(*order)
        total = event_total(built, built.events[0], Property.KILLED)
        found.add((total.low, total.high, frozenset(part.window for part in total.parts)))
    assert len(found) == 1


def test_a_claim_that_repeats_the_events_own_days_counts_the_same_people_as_one_that_leaves_them_out() -> None:
    built = world(said(1, 20, 20, {}), said(2, 12, 12, {"window": days("06-05", "06-05")}))
    total = event_total(built, built.events[0], Property.KILLED)
    assert (total.low, total.high) == (12, 20)
    assert [part.window for part in total.parts] == [None]


def test_members_are_distinguished_by_whose_they_were_on_the_days_that_both_counts_speak_of() -> None:
    claims = [
        said(1, 12, 12, {"actor": "army", "window": JUNE}),
        said(2, 20, 20, {"actor": "recruits", "window": SUMMER}),
    ]
    for order in itertools.permutations(claims):
        built = world(*order)
        assert event_total(built, built.events[0], Property.KILLED).low == 32
