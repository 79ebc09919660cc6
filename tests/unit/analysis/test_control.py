"""Who held a place on a day and over time: a capture is a change, and nothing is carried forward."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.control import ControlAnswer, control, control_series
from conflictdata.analysis.control_spans import ControlState, Phase
from conflictdata.model.codes import Stance
from tests.support.builders import ACTORS, Object, actor, claim, event, place, records
from tests.support.effort import effort

few = effort()
DAYS = st.dates(dt.date(2016, 1, 1), dt.date(2016, 12, 31))


def held(number: int, who: str, window: Object | None, claimant: str = "monitor", **more: Any) -> Object:
    """A claim that somebody holds the mill."""
    own = {"window": window} if window is not None else {}
    more = {"control": {"place": "mill", "holder": who, "extent": "full"}} | more
    return claim(number, "control", claimant, **own, **more)


def asked(on: str | dt.date, *claims: Object, **more: Any) -> ControlAnswer:
    built = records([event(1, claims, **more)], [actor(each) for each in ACTORS], [place("mill"), place("town")])
    return control(built, "mill", on)


LASTED = {"started": {"earliest": "2016-03-01", "latest": "2016-03-09"}, "ended": {"earliest": "2016-08-01"}}
SOME_DAY = {"earliest": "2016-03-01", "latest": "2016-03-31"}


@pytest.mark.parametrize(
    ("window", "on", "where"),
    [
        (LASTED, "2016-05-05", "held"),
        (LASTED, "2016-03-05", "held"),
        (LASTED, "2016-08-01", "held"),
        (LASTED, "2016-08-02", "earlier"),
        (LASTED, "2016-02-28", "later"),
        (SOME_DAY, "2016-03-05", "held"),
        (SOME_DAY, "2016-04-01", "earlier"),
        ({"latest": "2016-03-31"}, "2016-03-30", "later"),
        ({"earliest": "2016-03-31"}, "2016-04-01", "earlier"),
        ({"earliest": "2016-03-31"}, "2016-03-31", "held"),
        (None, "2016-06-05", "held"),
    ],
)
def test_a_statement_covers_the_days_it_names_and_no_others(window: Object | None, on: str, where: str) -> None:
    answer = asked(on, held(1, "army", window))
    assert [len(getattr(answer, group)) for group in ("held", "earlier", "later")] == [
        int(group == where) for group in ("held", "earlier", "later")
    ]
    assert answer.known == (where == "held") == bool(answer.holders)


@few
@given(DAYS, st.lists(DAYS, min_size=1, max_size=5), st.data())
def test_control_is_never_carried_forward(day: dt.date, days: list[dt.date], data: st.DataObject) -> None:
    claims = []
    for number, first in enumerate(days, 1):
        last = data.draw(st.dates(first, dt.date(2016, 12, 31)))
        claims.append(held(number, "army", {"earliest": str(first), "latest": str(last)}))
    answer = asked(day, *claims)
    windows = [
        (dt.date.fromisoformat(c["window"]["earliest"]), dt.date.fromisoformat(c["window"]["latest"])) for c in claims
    ]
    assert answer.known == any(first <= day <= last for first, last in windows)
    before = [last for _, last in windows if last < day]
    after = [first for first, _ in windows if first > day]
    assert {s.window[1] for s in answer.earlier} == ({max(before)} if before else set())
    assert {s.window[0] for s in answer.later} == ({min(after)} if after else set())


def test_who_contradicts_is_named() -> None:
    day = {"earliest": "2016-06-05", "latest": "2016-06-05"}
    answer = asked(
        "2016-06-05",
        held(1, "army", day, "army"),
        held(2, "army", day, "front", stance="denies"),
        held(3, "army", {"latest": "2016-07-01"}, "wire", stance="denies", conflicts_with=["CD-0001#c1"]),
    )
    assert answer.holders == ("army",)
    assert [statement.placed.claim.claimant for statement in answer.against] == ["front", "wire"]
    assert all(statement.stance is Stance.DENIES for statement in answer.against)


def test_who_holds_a_place_and_who_takes_it_are_both_named() -> None:
    part = {"place": "mill", "holder": "army", "extent": "part", "from": "front"}
    answer = asked("2016-06-05", held(1, "front", None), held(2, "army", None, control=part))
    assert (answer.state, answer.holders) == (ControlState.CHANGING, ("front",))
    assert [(span.from_, span.holder, span.extent) for span in answer.changing] == [("front", "army", "part")]


def test_plans_and_claims_taken_back_and_other_places_say_nothing() -> None:
    dead = {"status": "superseded", "status_reason": "Invented."}
    town = {"place": "town", "holder": "army"}
    plan = held(1, "army", None, stance="plans", fate="not_known")
    answer = asked("2016-06-05", plan, held(2, "army", None, **dead), held(3, "army", None, control=town))
    assert (answer.held, answer.against, answer.earlier, answer.later) == ((), (), (), ())
    assert str(answer) == "mill on 2016-06-05: not known"


def test_a_window_without_days_is_read_by_the_day_of_the_statement() -> None:
    when = {"started": {"latest": "2016-01-01"}, "basis": "1"}
    said = {"stated_on": {"earliest": "2016-06-05", "latest": "2016-06-05"}}
    assert asked("2016-06-05", held(1, "army", None, **said), when=when).earlier
    never = {"started": {"earliest": "2016-01-01"}, "basis": "1"}
    assert asked("2016-01-01", held(1, "army", None, **said), when=never).known


TAKEN = {"place": "mill", "holder": "army", "from": "front"}


@few
@given(DAYS, st.integers(0, 40), DAYS, st.booleans())
def test_before_a_capture_a_place_is_never_the_takers(first: dt.date, days: int, on: dt.date, told_from: bool) -> None:
    last = first + dt.timedelta(days)
    taken = TAKEN if told_from else {"place": "mill", "holder": "army"}
    when = {"earliest": str(first), "latest": str(last), "basis": "1"}
    answer = asked(on, claim(1, "control", control=taken), type="territory_captured", when=when)
    if on < first:
        assert "army" not in answer.holders
    if first <= on <= last:
        assert (answer.state, answer.holders) == (ControlState.CHANGING, ())
    if on == last + dt.timedelta(1):
        assert answer.holders == ("army",)
    if on == first - dt.timedelta(1):
        assert answer.holders == (("front",) if told_from else ())


def test_a_place_whose_parts_have_different_holders_is_divided() -> None:
    told = [
        claim(1, "control", control={"place": "mill", "holder": "army"}),
        claim(2, "control", control={"place": "hill", "holder": "front"}),
    ]
    places = [place("mill", "town"), place("hill", "town"), place("town")]
    built = records([event(1, told)], [actor(each) for each in ACTORS], places)
    answer = control(built, "town", "2016-06-05")
    assert (answer.state, answer.holders) == (ControlState.DIVIDED, ("army", "front"))
    assert {span.place for span in answer.parts} == {"mill", "hill"}


def test_the_history_of_a_place_is_a_row_a_stretch_of_time() -> None:
    when = {"earliest": "2016-06-05", "latest": "2016-06-06", "basis": "1"}
    built = records([event(1, [claim(1, "control", control=TAKEN)], when=when)], places=[place("mill")])
    series = control_series(built, "mill")
    assert [span.phase for span in series] == [Phase.BEFORE, Phase.CHANGE, Phase.AFTER]
    assert [(row["date_start"], row["holder"]) for row in series.rows()] == [
        (dt.date(2016, 6, 4), "front"),
        (dt.date(2016, 6, 5), "army"),
        (dt.date(2016, 6, 7), "army"),
    ]
