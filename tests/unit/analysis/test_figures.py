"""The laws that figures obey, on small drawn worlds, and the cases that DESIGN names."""

from __future__ import annotations

import copy
import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.figures.count_claims import COUNTS, FLOWS
from conflictdata.analysis.figures.estimate import RULES, Figure
from conflictdata.analysis.figures.grouping import GROUPINGS, OF_EVENT
from conflictdata.analysis.figures.reported import reported
from conflictdata.analysis.figures.rows import columns
from conflictdata.analysis.figures.summary import Figures, figures
from conflictdata.analysis.figures.totals import event_total
from conflictdata.codelists import number_words
from conflictdata.errors import InvalidValue, UnknownName
from conflictdata.model.codes import Property
from conflictdata.schema.documents import schema
from tests.support.builders import (
    ACTORS,
    Object,
    actor,
    claim,
    count,
    count_claims,
    event,
    place,
    records,
    relation,
    source,
    worlds,
)
from tests.support.effort import effort

World = tuple[list[Object], list[Object]]
APART: tuple[Object | None, ...] = ({"status": "civilian"}, {"status": "combatant"})
few = effort()


def build(world: World) -> Any:
    return records(*world)


def numbers(found: Figures) -> Any:
    """Everything in a figure that is a number, told apart by group."""
    groups = [(g.key, g.unit, g.item, g.low, g.high, g.best, g.n_events, g.n_without) for g in (*found, *found.whole)]
    statements = sorted((f.event.id, f.low or -1, f.high or -1) for f in found.statements)
    return groups, statements, found.n_events, found.n_without


def holds(outer: Figure, inner: Figure) -> bool:
    """Whether a range reaches at least as far both ways as another; None reaches any distance, as a low of 0 does."""
    low = outer.low in (None, 0) or (inner.low is not None and outer.low <= inner.low)
    high = outer.high is None or (inner.high is not None and outer.high >= inner.high)
    return low and high


def plus(one: int | float | None, other: int | float | None) -> int | float | None:
    """Adding what is known."""
    return other if one is None else one if other is None else one + other


@few
@given(
    worlds(), st.randoms(use_true_random=False), st.sampled_from([None, *GROUPINGS]), st.sampled_from([None, *RULES])
)
def test_no_order_of_records_or_claims_changes_a_figure(
    world: World, random: Any, by: str | None, best: str | None
) -> None:
    shuffled = copy.deepcopy(world)
    for each in shuffled[0]:
        random.shuffle(each["claims"])
    for part in shuffled:
        random.shuffle(part)
    assert numbers(figures(build(shuffled), by=by, best=best)) == numbers(figures(build(world), by=by, best=best))


@few
@given(worlds(), st.data())
def test_adding_a_claim_never_narrows_a_range(world: World, data: st.DataObject) -> None:
    more = copy.deepcopy(world)
    chosen = data.draw(st.sampled_from(more[0]))
    chosen["claims"].append(data.draw(count_claims(50)))
    before, after = build(world), build(more)
    for old in event_total(before, before.events[chosen["id"]], Property.KILLED).parts:
        new = next(
            each
            for each in event_total(after, after.events[chosen["id"]], Property.KILLED).parts
            if (each.population, set(each.by)) == (old.population, set(old.by))
        )
        assert holds(new, old)


@few
@given(worlds(), st.data())
def test_another_voice_on_the_same_people_never_narrows_a_total(world: World, data: st.DataObject) -> None:
    more = copy.deepcopy(world)
    chosen = data.draw(st.sampled_from(more[0]))
    known = [each["count"] for each in chosen["claims"] if "count" in each and each["stance"] == "asserts"]
    ends = data.draw(st.sampled_from([(3, 3), (0, 99), (70, None), (None, 2)]))
    said = data.draw(st.sampled_from(known or [count(1, 1)]))
    whom = {key: said[key] for key in ("of", "by") if key in said}
    before = build(world)
    old = event_total(before, before.events[chosen["id"]], Property.KILLED)
    chosen["claims"].append(claim(50, "killed", "wire", count=count(*ends, **whom)))
    after = build(more)
    new = event_total(after, after.events[chosen["id"]], Property.KILLED)
    assert not old.parts or holds(new, old)  # type: ignore[arg-type]


@few
@given(worlds(), st.data(), st.sampled_from(["rejected", "superseded"]))
def test_a_claim_taken_back_leaves_the_figure_as_it_was_without_it(
    world: World, data: st.DataObject, status: str
) -> None:
    more = copy.deepcopy(world)
    chosen = data.draw(st.sampled_from(more[0]))
    chosen["claims"].append(data.draw(count_claims(50)) | {"status": status, "status_reason": "Invented."})
    assert numbers(figures(build(more), by="event")) == numbers(figures(build(world), by="event"))


@few
@given(worlds(), st.sampled_from(list(OF_EVENT)), st.sampled_from([None, "lowest"]))
def test_the_total_over_groups_of_events_is_the_total_over_the_whole(world: World, by: str, best: str | None) -> None:
    found = figures(build(world), by=by, best=best)
    whole = found.whole[0]
    assert sum(group.n_events for group in found) == whole.n_events == len(world[0])
    assert sum(group.n_without for group in found) == whole.n_without == found.n_without
    low = high = chosen = None
    for group in found:
        low, chosen = plus(low, group.low), plus(chosen, group.best)
        high = plus(high, group.high)
    assert (low, chosen) == (whole.low, whole.best)
    is_open = any(group.figures and group.high is None for group in found)
    assert whole.high == (None if is_open else high)


@few
@given(worlds(APART))
def test_the_total_over_populations_that_share_nobody_is_the_total_over_the_whole(world: World) -> None:
    for each in world[0]:
        for said in each["claims"]:
            said.get("count", {}).pop("by", None)
    found = figures(build(world), by="status")
    low = high = None
    for group in found:
        low, high = plus(low, group.low), plus(high, group.high)
    is_open = any(group.figures and group.high is None for group in found)
    assert (found.low, found.high) == (low, None if is_open else high)


@few
@given(worlds())
def test_unknown_is_never_zero(world: World) -> None:
    built = build(world)
    for each in built.events:
        found = event_total(built, each, Property.KILLED)
        said = [c for c in each.claims if c.count is not None and c.stance == "asserts"]
        doubted = any(c.stance in ("doubts", "denies") for c in each.claims)
        if not said:
            assert (found.low, found.high, found.best) == (None, None, None)
        if found.low == 0:
            assert doubted or any(c.count.low == 0 for c in said if c.count)


@few
@given(worlds(APART))
def test_an_event_split_by_population_and_merged_again_is_the_same(world: World) -> None:
    events, actors = world
    halves = []
    for number, each in enumerate(events, 1):
        for half, status in enumerate(("civilian", "combatant")):
            kept = [c for c in each["claims"] if "count" not in c or c["count"]["of"] == {"status": status}]
            halves.append(each | {"id": f"CD-{number * 100 + half:04}", "claims": kept})
    once, twice = figures(records(events, actors)), figures(records(halves, actors))
    assert (once.low, once.high) == (twice.low, twice.high)


@few
@given(worlds(), st.permutations(ACTORS), st.sampled_from([None, "event", "status"]), st.sampled_from(list(RULES)))
def test_renaming_actors_changes_no_number(world: World, names: list[str], by: str | None, best: str) -> None:
    new = dict(zip(ACTORS, (f"{name}-renamed" for name in names), strict=True))

    def renamed(value: Any) -> Any:
        match value:
            case dict():
                return {key: renamed(inner) for key, inner in value.items()}
            case list() | tuple():
                return [renamed(inner) for inner in value]
        return new.get(value, value)

    assert numbers(figures(build(renamed(world)), by=by, best=best)) == numbers(figures(build(world), by=by, best=best))


@few
@given(worlds(), st.sampled_from(["running_total", "period_total"]), st.integers(0, 99), st.booleans())
def test_a_total_over_many_incidents_never_enters_a_sum(world: World, scope: str, number: int, operation: bool) -> None:
    more = copy.deepcopy(world)
    total = claim(70, "killed", "wire", count=count(number, number, scope=scope))
    if operation:
        more[0].append(event(90, [total], kind="operation", type="battle"))
    else:
        more[0][0]["claims"].append(total)
    before, after = figures(build(world), by="event"), figures(build(more), by="event")
    assert (after.low, after.high, after.n_without) == (before.low, before.high, before.n_without)
    assert [(g.key, g.low, g.high) for g in after] == [(g.key, g.low, g.high) for g in before]
    assert [f.low for f in after.statements] == [number] * operation


@few
@given(worlds(), st.sampled_from(["2016-06-09", "2016-06-10", "2016-06-11"]))
def test_figures_as_of_a_day_are_those_of_the_claims_made_by_then(world: World, day: str) -> None:
    papers = [source("paper-1"), source("paper-2", day="2016-06-11")]
    early = copy.deepcopy(world)
    for number, (each, kept) in enumerate(zip(world[0], early[0], strict=True)):
        for position, said in enumerate(each["claims"][1:]):
            if "count" in said and (number + position) % 2:
                said["evidence"][0]["source"] = "paper-2"
        published = {"paper-1": "2016-06-10", "paper-2": "2016-06-11"}
        kept["claims"] = [
            said for said in each["claims"] if "count" not in said or published[said["evidence"][0]["source"]] <= day
        ]
    assert numbers(figures(records(*world, sources=papers), as_of=day)) == numbers(
        figures(records(*early, sources=papers))
    )


def test_a_claim_was_made_when_the_first_of_its_documents_appeared_and_else_nobody_knows_when() -> None:
    papers = [
        source("paper-1", day="2016-06-10"),
        source("paper-2", day="2016-06-20"),
        source("paper-3", day="2016-06-01"),
    ]
    del papers[2]["chain"][0]["date"]
    told = claim(2, "killed", count=count(3, 3))
    told["evidence"].append(told["evidence"][0] | {"source": "paper-2"})
    undated = claim(3, "killed", count=count(9, 9), source="paper-3")
    built = records([event(1, [told]), event(2, [undated])], sources=papers)
    assert [figures(built, as_of=day).low for day in ("2016-06-09", "2016-06-10", "2017-01-01")] == [None, 3, 3]
    assert figures(built).low == 12


def dated(name: str, first: str | None, last: str | None) -> Object:
    """A document first published on some day from the first to the last, of which either may not be known."""
    ends = {key: day for key, day in (("earliest", first), ("latest", last)) if day is not None}
    paper = source(name)
    paper["chain"][0]["date"] = ends
    return paper


def test_a_claim_was_certainly_made_once_any_of_its_documents_certainly_was() -> None:
    papers = [dated("paper-1", "2016-06-01", "2016-06-30"), dated("paper-2", "2016-06-10", "2016-06-12")]
    told = claim(2, "killed", count=count(3, 3))
    told["evidence"].append(told["evidence"][0] | {"source": "paper-2"})
    built = records([event(1, [told])], sources=papers)
    assert [figures(built, as_of=day).low for day in ("2016-06-11", "2016-06-12")] == [None, 3]


def test_a_day_on_which_a_claim_was_made_counts_before_that_of_its_document() -> None:
    told = claim(2, "killed", count=count(3, 3), stated_on={"earliest": "2016-06-06", "latest": "2016-06-07"})
    built = records([event(1, [told])])
    assert [figures(built, as_of=day).low for day in ("2016-06-06", "2016-06-07")] == [None, 3]


def test_a_part_counts_until_the_claim_that_includes_it_was_made() -> None:
    part = claim(2, "killed", count=count(4, 4))
    whole = claim(3, "killed", source="paper-2", count=count(9, 9, of={"actor": "army"}, includes=["CD-0001#c2"]))
    papers = [source("paper-1"), source("paper-2", day="2016-06-20")]
    built = records([event(1, [part, whole])], sources=papers)
    assert [figures(built, as_of=day).low for day in ("2016-06-10", "2016-06-19", "2016-06-20")] == [4, 4, 9]


def one(*claims: Object, **more: Any) -> Any:
    built = records([event(1, [claim(1), *claims], **more)], [actor(each) for each in ACTORS])
    return built, built.events[0]


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
        (({"by": ["army"]}, {}), ({"by": ["front"]}, {}), 7),
        (({"by": ["army"]}, {}), ({"by": ["army"]}, {}), 3),
        (({"by": ["army"]}, {}), ({}, {}), 4),
        (({}, on("01", "02")), ({}, on("03", "04")), 7),
        (({}, on("01", "04")), ({}, on("02", "03")), 3),
        (({}, on("02", "03")), ({}, on("01", "04")), 4),
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
def test_causers_days_and_places_tell_people_apart(
    one_count: tuple[Object, Object], other: tuple[Object, Object], low: int
) -> None:
    claims = [
        claim(number, "killed", who, count=count(number, number, **of), **about)
        for number, who, (of, about) in ((3, "army", one_count), (4, "wire", other))
    ]
    places = [place("mill", "town"), place("town"), place("hill")]
    assert figures(records([event(1, [claim(1), *claims])], places=places)).low == low


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


def test_the_totals_of_one_event_are_told_apart_by_actor_and_cause_as_those_of_many_are() -> None:
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


def test_a_figure_tells_of_whom_by_whom_where_when_and_who_says_so() -> None:
    where = {"where": {"place": "mill", "precision": "exact"}}
    other_day = {"window": {"earliest": "2016-06-04", "latest": "2016-06-04"}}
    whom = {"of": {"actor": "front"}, "by": ["army"]}
    told = [claim(2, "injured", "wire", count=count(9, 9, **whom), **where, **other_day)]
    told.append(claim(3, "injured", None, count=count(8, 10, **whom), **where, **other_day))
    built, _ = one(*told, claim(4, "injured", count=count(1, 1)))
    answer = figures(built, "injured", best="lowest")
    assert (answer.what, answer.by, answer.best) == (Property.INJURED, None, "lowest")
    assert [
        (f.property, f.population and f.population.actor, f.by, f.unit, f.place, f.window, f.low, f.high, f.best)
        for f in answer.whole[0].figures
    ] == [
        ("injured", "front", ("army",), "person", "mill", (dt.date(2016, 6, 4), dt.date(2016, 6, 4)), 8, 10, 8),
        ("injured", None, (), "person", None, None, 1, 1, 1),
    ]
    assert [f.origins for f in answer.whole[0].figures] == [("wire",), ("monitor",)]


def test_members_of_a_branch_are_members_of_the_whole() -> None:
    people = [claim(2, "killed", count=count(9, 9, of={"actor": "army"}))]
    people.append(claim(3, "killed", count=count(4, 4, of={"actor": "brigade"})))
    apart = records([event(1, people)], [actor("army"), actor("brigade")])
    branch = records([event(1, people)], [actor("army"), actor("brigade", ["army"])])
    assert (figures(apart).low, figures(branch).low) == (13, 9)


def statements(*claims: Object, **asked: Any) -> list[Figure]:
    """What is claimed of an operation of 1 to 30 June 2016."""
    when = {"started": {"earliest": "2016-06-01"}, "ended": {"latest": "2016-06-30"}, "basis": "1"}
    battle = event(1, claims, kind="operation", type="battle", when=when)
    actors = [actor(each) for each in ACTORS]
    return list(figures(records([battle], actors, sources=[dated("paper-1", None, None)]), **asked).statements)


def said_on(first: str | None, last: str | None) -> Object:
    return {"stated_on": {key: day for key, day in (("earliest", first), ("latest", last)) if day is not None}}


def about(first: str | None, last: str | None) -> Object:
    days = (("started", {"earliest": first}), ("ended", {"latest": last}))
    return {"window": {key: end for key, end in days if None not in end.values()}}


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (said_on("2016-07-01", "2016-07-02"), said_on("2016-06-01", "2016-07-03")),
        (said_on("2016-07-01", None), said_on("2016-07-02", None)),
        (said_on("2016-07-09", None) | about(None, "2016-08-01"), said_on("2016-07-10", None)),
        (about("2016-05-05", "2016-06-07"), about("2016-05-04", "2016-06-08")),
        (about("2016-06-07", None), about("2016-06-08", None)),
        (about("2016-05-01", "2016-06-07"), about("2016-06-08", None)),
        # What says no day of its own is as late as the end of the operation.
        (about(None, "2016-06-29"), {}),
        ({}, said_on(None, "2016-07-01")),
    ],
)
def test_the_latest_statement_is_the_one_made_last_or_else_about_the_latest_days(
    earlier: Object, later: Object
) -> None:
    def toll(number: int, days: Object) -> Object:
        return claim(number, "killed", "army", count=count(number, number, scope="running_total"), **days)

    for order in ((toll(1, earlier), toll(2, later)), (toll(2, later), toll(1, earlier))):
        assert [f.low for f in statements(*order)] == [2]


def test_a_statement_in_documents_whose_days_have_no_end_is_as_old_as_the_oldest_of_them() -> None:
    told = claim(1, "killed", "army", count=count(1, 1))
    told["evidence"] = [told["evidence"][0] | {"source": each} for each in ("paper-2", "paper-1")]
    later = claim(2, "killed", "army", count=count(2, 2), **said_on("2016-06-20", None))
    papers = [dated("paper-1", "2016-06-10", None), dated("paper-2", "2016-06-30", None)]
    battle = event(1, [told, later], kind="operation", type="battle")
    assert [f.low for f in figures(records([battle], sources=papers)).statements] == [2]


def test_statements_of_unnamed_claimants_stand_each_for_itself() -> None:
    assert [f.low for f in statements(*(claim(n, "killed", None, count=count(n, n)) for n in (1, 2)))] == [1, 2]


def test_statements_answer_the_same_questions_as_sums() -> None:
    told = [
        claim(1, "killed", "army", count=count(12, 12), **said_on(None, "2016-06-10")),
        claim(2, "killed", "wire", count=count(of={"status": "civilian"}), **said_on(None, "2016-06-20")),
    ]
    assert [(f.low, f.high) for f in statements(*told)] == [(12, 12), number_words("default")["dozens"]]
    assert [f.low for f in statements(*told, vague="literal")] == [12, number_words("literal")["dozens"][0]]
    assert [f.low for f in statements(*told, as_of="2016-06-19")] == [12]
    assert [f.claims[0].claim.id for f in statements(*told, status="civilian")] == ["c2"]
    assert [f.best for f in statements(*told[:1], best="party-excluded")] == [12]
    assert [f.best for f in statements(*told[:1])] == [None]


def test_the_best_of_statements_leaves_out_the_parties_of_the_operation() -> None:
    sides = [{"actor": "army", "side": 1, "role": "attacker"}]
    told = [claim(number, "killed", who, count=count(number, number)) for number, who in ((1, "army"), (2, "wire"))]
    battle = event(1, told, kind="operation", type="battle", participants=sides)
    assert [f.best for f in figures(records([battle]), best="party-excluded").statements] == [None, 2]


def test_a_doubt_that_an_operation_took_place_makes_its_statements_low_zero() -> None:
    told = [claim(1, "killed", count=count(12, 12)), claim(2, claimant="front", stance="doubts")]
    (found,) = statements(*told, best="lowest")
    assert (found.low, found.high, found.best, found.doubted) == (0, 12, 0, ("CD-0001#c2",))


def test_a_count_that_is_denied_has_a_low_of_zero_and_says_who_denies_it() -> None:
    told = [claim(1, "killed", count=count(12, 12)), claim(2, "killed", "army", stance="denies", count=count(12, 12))]
    built = records([event(1, [*told, claim(3, "killed", count=count(4, 4, of={"actor": "front"}, by=["wire"]))])])
    found = figures(built, by="event").groups[0].figures
    assert [(figure.low, figure.high, figure.doubted) for figure in found] == [
        (0, 12, ("CD-0001#c2",)),
        (4, 4, ()),
    ]


def test_sums_and_statements_are_rows_of_one_table_that_say_whose_they_are() -> None:
    battle = event(
        1,
        [claim(1, "killed", "army", count=count(300, scope="running_total", by=["front"], of={"status": "combatant"}))],
        kind="operation",
        type="battle",
    )
    fight = event(2, [claim(1, "killed", "wire", count=count(3, 3)), claim(2, "killed", "army", count=count(5, 9))])
    found = figures(records([battle, fight]))
    total, told = found.rows()
    assert (total["scope"], total["low"], total["high"], total["incidents"]) == ("incident", 3, 9, 1)
    assert (total["claimant"], total["claims"]) == ("wire; army", "CD-0002#c1; CD-0002#c2")
    assert (told["scope"], told["of"], told["low"], told["high"]) == ("operation", "CD-0001", 300, None)
    assert (told["bound"], told["as_stated"], told["population"]) == ("at_least", "dozens", "combatant")
    assert (told["causer"], told["claimant"], told["claims"]) == ("front", "army", "CD-0001#c1")
    assert (told["date_start"], told["date_end"]) == (dt.date(2016, 6, 5), dt.date(2016, 6, 5))
    assert all(tuple(row) == columns(None, best=True) for row in (total, told))


def test_what_is_reported_of_an_operation_is_a_range_and_never_a_sum() -> None:
    def told(number: int, who: str, low: int, high: int | None, **of: Any) -> Object:
        return claim(number, "killed", who, count=count(low, high, scope="running_total", of=of or {"actor": "front"}))

    def answer(*claims: Object) -> tuple[Any, ...] | None:
        built = records([event(1, claims, kind="operation", type="battle")], [actor(each) for each in ACTORS])
        found = reported(built, built.events[0], Property.KILLED)
        return found and (found.low, found.high, found.claimants)

    assert answer(claim(1)) is None
    assert answer(told(1, "army", 30, 30), told(2, "wire", 20, 40)) == (20, 40, ("army", "wire"))
    apart = told(1, "army", 30, 30), told(2, "wire", 620, None, status="combatant", actor="army")
    assert answer(*apart) == (620, None, ("army", "wire"))


@pytest.mark.parametrize("by", GROUPINGS)
def test_every_grouping_covers_incidents_and_operations(by: str) -> None:
    battle = event(1, [claim(1, "killed", "army", count=count(9, by=["front"]))], kind="operation", type="battle")
    fight = event(2, [claim(1, "killed", "army", count=count(3, 3, by=["front"]))])
    rows = figures(records([battle, fight]), by=by).rows()
    assert [(row["scope"], row["low"]) for row in rows] == [("incident", 3), ("operation", 9)]
    if by in ("causer", "claimant"):
        assert {row[by] for row in rows} == {"front" if by == "causer" else "army"}


@few
@given(worlds())
def test_each_claimant_alone_is_never_above_the_highest_nor_in_two_groups(world: World) -> None:
    built = build(world)
    groups = figures(built, by="claimant").groups
    claims = [claimed.id for group in groups for figure in group.figures for claimed in figure.claims]
    assert len(claims) == len(set(claims))
    for group in groups:
        assert {c.claim.claimant for figure in group.figures for c in figure.claims} <= {group.key}


def test_states_are_told_by_each_claimant_and_never_added() -> None:
    built, _ = one(*(claim(n, "strength", who, count=count(n, n)) for n, who in ((2, "army"), (3, "front"))))
    found = figures(built, "strength", by="event")
    assert [(group.key, group.low, group.n_without) for group in (*found, *found.whole)] == [
        ("CD-0001", None, 1),
        (None, None, 1),
    ]
    assert [f.low for f in found.statements] == [2, 3]


def test_an_operation_gives_each_claimants_latest_statement() -> None:
    def toll(number: int, who: str, low: int, day: str) -> Object:
        said = {"earliest": day, "latest": day}
        until = {"started": {"earliest": "2016-06-01"}, "ended": {"latest": day}}
        toll = count(low, low, scope="running_total")
        return claim(number, "killed", who, count=toll, stated_on=said, window=until)

    tolls = [toll(1, "army", 30, "2016-07-01"), toll(2, "wire", 7, "2016-06-20"), toll(3, "army", 20, "2016-06-10")]
    found = figures(records([event(1, tolls, kind="operation", type="battle")]))
    assert [(f.low, f.claims[0].claim.claimant) for f in found.statements] == [(30, "army"), (7, "wire")]
    assert (found.low, found.high, found.n_events) == (None, None, 0)


def test_things_of_different_kinds_are_never_added() -> None:
    def found(number: int, item: str) -> Object:
        return claim(number, "recovered", count=count(3, 3, unit="item", of={"item": item}))

    answer = figures(records([event(1, [found(1, "rifles"), found(2, "mines")])]), "recovered")
    assert [(group.item, group.low) for group in answer.whole] == [("mines", 3), ("rifles", 3)]
    assert answer.low is None
    assert answer.n_without == 0


def test_things_stand_in_order_of_unit_and_name_and_what_has_no_name_stands_first() -> None:
    units = [("item", "rifles"), ("item", None), ("item", "AK-47 rifles"), ("person", None), ("building", "mills")]
    told = [
        claim(number, "destroyed", count=count(1, 1, unit=unit, **({"of": {"item": name}} if name else {})))
        for number, (unit, name) in enumerate(units, 1)
    ]
    found = figures(records([event(1, told)]), "destroyed", by="event")
    assert [(group.key, group.unit, group.item) for group in found] == [
        ("CD-0001", "building", "mills"),
        ("CD-0001", "item", None),
        ("CD-0001", "item", "AK-47 rifles"),
        ("CD-0001", "item", "rifles"),
        ("CD-0001", "person", None),
    ]


@pytest.mark.parametrize("table", ["default", "literal", "acled"])
def test_vague_words_are_read_by_the_table_that_is_named(table: str) -> None:
    built = records([event(1, [claim(1, "killed", count=count())])])
    found = figures(built, vague=table)
    assert (found.low, found.high) == number_words(table)["dozens"]
    assert found.vague == f"{table}-1"
    total = event_total(built, built.events[0], Property.KILLED, table)
    assert (total.low, total.high) == (found.low, found.high)


def test_words_that_a_table_does_not_hold_are_no_number() -> None:
    built = records([event(1, [claim(1, "killed", count=count(as_stated="far lower"))])])
    assert (figures(built).low, figures(built).high, figures(built).n_without) == (None, None, 0)


def test_best_estimates_follow_the_rule_that_is_named() -> None:
    sides = [{"actor": "army", "side": 1, "role": "attacker"}, {"actor": "front", "side": 2, "role": "defender"}]
    tolls = [
        claim(number, "killed", who, count=count(low, low))
        for number, who, low in [(2, "army", 40), (3, "front", 3), (4, "monitor", 10), (5, "wire", 12)]
    ]
    built, _ = one(*tolls, participants=sides)
    assert {rule: figures(built, best=rule).whole[0].best for rule in RULES} == {
        "lowest": 3,
        "median-origin": 10,
        "party-excluded": 10,
    }
    assert figures(built).whole[0].best is None


def best(rule: str, *tolls: tuple[str | None, int | None, int | None], **more: Any) -> int | float | None:
    """The best estimate by a rule from claims of how many, each by a claimant; army and front are the two sides."""
    sides = [{"actor": "army", "side": 1, "role": "attacker"}, {"actor": "front", "side": 2, "role": "defender"}]
    joined = relation(1, "army", when={"started": {"earliest": "2016-07-01"}})
    told = [
        claim(number, "killed", who, count=count(low, high, as_stated="far lower"))
        for number, (who, low, high) in enumerate(tolls, 2)
    ]
    actors = [actor("army"), actor("brigade", ["army"]), actor("front"), actor("recruits", relations=[joined])]
    built = records([event(1, [*told, *more.pop("beside", ())], participants=sides, **more)], actors)
    return figures(built, best=rule).whole[0].best


@pytest.mark.parametrize("rule", RULES)
def test_a_best_estimate_is_none_where_nobody_names_a_number(rule: str) -> None:
    assert best(rule, ("monitor", None, None)) is None


def test_the_lowest_is_the_low_or_where_it_is_open_the_smallest_number_named() -> None:
    assert best("lowest", ("army", 12, 20), ("wire", 15, None)) == 12
    assert best("lowest", ("army", 12, 20), ("wire", None, 30)) == 12
    assert best("lowest", ("army", 40, 40), ("wire", None, 30)) == 30
    doubt = claim(9, claimant="front", stance="doubts")
    assert best("lowest", ("army", 12, 20), beside=[doubt]) == 0


def test_the_median_takes_each_origin_once_and_the_lower_of_two_in_the_middle() -> None:
    assert best("median-origin", ("army", 1, 1), ("front", 7, 7), ("wire", 20, 30)) == 7
    assert best("median-origin", ("army", 1, 1), ("front", 7, 7)) == 1
    of_one = [("army", 1, 1), ("brigade", 2, 2), ("army", 3, 3)]
    assert best("median-origin", *of_one, ("front", 7, 7), ("wire", 9, 9)) == 7
    assert best("median-origin", (None, 1, 1), (None, 2, 2), ("wire", 3, 3)) == 2
    assert best("median-origin", ("army", None, None), ("wire", None, 20)) == 20


def test_whoever_is_on_a_side_or_its_branch_on_that_day_is_excluded() -> None:
    assert best("party-excluded", ("army", 1, 1), ("brigade", 2, 2), ("recruits", 5, 5), ("wire", 9, 9)) == 5
    assert best("party-excluded", ("army", 1, 1), ("front", 2, 2)) is None
    july = {"earliest": "2016-07-05", "latest": "2016-07-05", "basis": "1"}
    assert best("party-excluded", ("recruits", 5, 5), ("wire", 9, 9), when=july) == 9


def test_withdrawn_and_wholly_rejected_events_are_not_asked_about() -> None:
    dead = {"status": "rejected", "status_reason": "Invented."}
    gone = event(1, [claim(1, "killed", count=count(3, 3))], withdrawn={"reason": "Invented."})
    found = figures(records([gone, event(2, [claim(1, "killed", count=count(3, 3)) | dead])]))
    assert (found.low, found.n_events) == (None, 0)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"what": "control"}, UnknownName),
        ({"by": "mood"}, UnknownName),
        ({"best": "guess"}, UnknownName),
        ({"status": "soldier"}, UnknownName),
        ({"events": ["CD-9999"]}, UnknownName),
        ({"vague": "guess"}, InvalidValue),
        ({"as_of": "2016-13-01"}, InvalidValue),
    ],
)
def test_what_is_not_known_is_said_to_be_so(asked: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        figures(records(), **asked)


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


def test_every_grouping_puts_each_event_in_one_group() -> None:
    built = records([event(number, [claim(1, "killed", count=count(1, 1))]) for number in (1, 2)])
    for by, asked in itertools.product(OF_EVENT, (None, "lowest")):
        found = figures(built, by=by, best=asked)
        assert (found.low, found.by) == (2, by)


def grouped(by: str) -> list[tuple[str | None, int | float | None]]:
    """Each group's key and low of five events, with 1, 2, 4, 8 and 16 killed."""
    whens = [
        {"earliest": "2017-01-31", "latest": "2017-02-01"},
        {"earliest": "2016-06-01", "latest": "2016-06-30"},
        {"earliest": "2016-12-31", "latest": "2017-01-01"},
        {"earliest": "2016-06-05"},
        {"latest": "2016-06-05"},
    ]
    ofs: list[Object] = [
        {"of": {"actor": "front", "nationality": "FRA"}, "by": ["wire", "army"]},
        {"of": {"status": "civilian"}},
        {"of": {"actor": "army", "nationality": "DEU", "status": "child"}, "by": ["front"]},
        {},
        {},
    ]
    more: list[Object] = [
        {"where": {"place": "town", "precision": "exact"}, "type": "shelling"},
        {"where": {"place": "mill", "precision": "exact"}, "part_of": "CD-0009"},
        {"where": {"place": "hill", "precision": "exact"}, "type": "armed_clash"},
        {"part_of": "CD-0008"},
        {"type": "air_strike"},
    ]
    events = [
        event(n + 1, [claim(1, "killed", count=count(2**n, 2**n, **ofs[n]))], when=when | {"basis": "1"}, **more[n])
        for n, when in enumerate(whens)
    ]
    places = [
        place("town", "syria", admin1={"name": "Valley"}),
        place("mill", "town"),
        place("hill", country="IRQ"),
        place("syria", country="SYR"),
    ]
    return [(group.key, group.low) for group in figures(records(events, places=places), by=by)]


GROUPS = {
    "event": [("CD-0001", 1), ("CD-0002", 2), ("CD-0003", 4), ("CD-0004", 8), ("CD-0005", 16)],
    "type": [("air_strike", 16), ("armed_clash", 2 + 4 + 8), ("shelling", 1)],
    "operation": [("CD-0008", 8), ("CD-0009", 2), (None, 1 + 4 + 16)],
    "place": [("hill", 4), ("mill", 2), ("town", 1), (None, 8 + 16)],
    "country": [("IRQ", 4), ("SYR", 1 + 2), (None, 8 + 16)],
    "admin1": [("Valley", 1 + 2), (None, 4 + 8 + 16)],
    "year": [("2016", 2 + 8), ("2017", 1), (None, 4 + 16)],
    "month": [("2016-06", 2 + 8), (None, 1 + 4 + 16)],
    "status": [("child", 4), ("civilian", 2), (None, 1 + 8 + 16)],
    "actor": [("army", 4), ("front", 1), (None, 2 + 8 + 16)],
    "nationality": [("DEU", 4), ("FRA", 1), (None, 2 + 8 + 16)],
    "claimant": [("monitor", 1 + 2 + 4 + 8 + 16)],
    "causer": [("army; wire", 1), ("front", 4), (None, 2 + 8 + 16)],
}


@pytest.mark.parametrize("by", GROUPINGS)
def test_groups_stand_in_order_of_their_key_and_what_is_not_known_stands_last(by: str) -> None:
    assert grouped(by) == GROUPS[by]
