"""The laws that figures obey, on small drawn worlds, and the cases that DESIGN names."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.codelists import UnknownWordTable, number_words
from conflictdata.model.codes import Property
from conflictdata.schema.documents import schema
from conflictdata.views.best import RULES
from conflictdata.views.counts import COUNTS, FLOWS
from conflictdata.views.days import BadDay
from conflictdata.views.figure import Figure, event_figures
from conflictdata.views.figures import Figures, figures
from conflictdata.views.groupings import GROUPINGS, OF_EVENT
from conflictdata.views.names import UnknownName
from conflictdata.views.totals import event_total
from tests.builders import ACTORS, Object, actor, claim, count, count_claims, event, place, records, source, worlds
from tests.effort import effort

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
    """Whether a range reaches at least as far both ways as another; None reaches any distance."""
    low = outer.low is None or (inner.low is not None and outer.low <= inner.low)
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
    for old in event_figures(before, before.events[chosen["id"]], Property.KILLED):
        new = next(
            each
            for each in event_figures(after, after.events[chosen["id"]], Property.KILLED)
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
        doubted = any(c.stance == "doubts" for c in each.claims)
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
    assert (event_total(built, each, Property.KILLED).low, event_total(built, each, Property.KILLED).high) == (12, 15)


def test_members_of_a_branch_are_members_of_the_whole() -> None:
    people = [claim(2, "killed", count=count(9, 9, of={"actor": "army"}))]
    people.append(claim(3, "killed", count=count(4, 4, of={"actor": "brigade"})))
    apart = records([event(1, people)], [actor("army"), actor("brigade")])
    branch = records([event(1, people)], [actor("army"), actor("brigade", ["army"])])
    assert (figures(apart).low, figures(branch).low) == (13, 9)


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


@pytest.mark.parametrize("table", ["default", "literal", "acled"])
def test_vague_words_are_read_by_the_table_that_is_named(table: str) -> None:
    built = records([event(1, [claim(1, "killed", count=count())])])
    found = figures(built, vague=table)
    assert (found.low, found.high) == number_words(table)["dozens"]
    assert found.vague == f"{table}-1"


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
        ({"vague": "guess"}, UnknownWordTable),
        ({"as_of": "2016-13-01"}, BadDay),
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


def test_figures_say_in_their_repr_how_many_events_have_no_count() -> None:
    built = records([event(1, [claim(1, "killed", count=count(3, 5))]), event(2, [claim(1)])])
    assert "3-5" in repr(figures(built))
    assert "1 of 2 incidents without a count" in repr(figures(built))


def test_every_grouping_puts_each_event_in_one_group() -> None:
    built = records([event(number, [claim(1, "killed", count=count(1, 1))]) for number in (1, 2)])
    for by, asked in itertools.product(OF_EVENT, (None, "lowest")):
        assert figures(built, by=by, best=asked).low == 2
