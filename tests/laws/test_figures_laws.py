"""The laws that figures obey, on small drawn worlds."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from conflictdata.analysis.figures.estimate import RULES, Figure
from conflictdata.analysis.figures.grouping import GROUPINGS, OF_EVENT
from conflictdata.analysis.figures.over_events import Figures, figures
from conflictdata.analysis.figures.totals import event_total
from conflictdata.model.codes import Property
from tests.support.builders import ACTORS, Object, World, claim, count, count_claims, event, records, source, worlds
from tests.support.effort import effort

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
    assume(all("low" in each or "high" in each for each in known))  # a number narrows words such as "dozens"
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


@few
@given(worlds())
def test_each_claimant_alone_is_never_above_the_highest_nor_in_two_groups(world: World) -> None:
    built = build(world)
    groups = figures(built, by="claimant").groups
    claims = [claimed.id for group in groups for figure in group.figures for claimed in figure.claims]
    assert len(claims) == len(set(claims))
    for group in groups:
        assert {c.claim.claimant for figure in group.figures for c in figure.claims} <= {group.key}
