"""Claimants that belong together are one origin, and one that belongs to nobody is another."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.affiliation import ancestors, descendants, top_level
from conflictdata.analysis.disputes import disputes
from conflictdata.analysis.grades import grade
from conflictdata.analysis.origins import claim_origins, origins
from conflictdata.date_windows import Window, overlap
from conflictdata.loading import load_bundled
from tests.support.builders import ACTORS, Object, World, actor, claim, one, records, relation, source, worlds
from tests.support.effort import effort

few = effort()


def own(number: int, publisher: str = "paper", **more: Any) -> Object:
    return claim(number, claimant=publisher, **more) | {"attribution": "own_voice"}


def test_a_story_in_ten_papers_is_one_origin() -> None:
    papers = [source(f"paper-{number}", publisher=None) for number in range(1, 11)]
    told = claim(1, claimant="wire")
    told["evidence"] = [told["evidence"][0] | {"source": paper["id"]} for paper in papers]
    built, each = one(told, claim(2, claimant="wire"), sources=papers)
    assert origins(built, each) == ("wire",)


def test_claimants_that_are_part_of_one_whole_are_one_origin() -> None:
    army = [actor("army"), actor("brigade", ["army"]), actor("front", ["army"]), actor("monitor")]
    built, each = one(claim(1, claimant="brigade"), claim(2, claimant="front"), claim(3), actors=army)
    assert origins(built, each) == ("army", "monitor")


def test_a_relation_holds_only_in_its_time() -> None:
    joined = relation(1, "army", when={"started": {"earliest": "2016-07-01"}})
    army = [actor("army"), actor("brigade", relations=[joined]), actor("front", ["army"])]
    told = [claim(1, claimant="brigade"), claim(2, claimant="front")]
    early, late = {"latest": "2016-06-30", "basis": "1"}, {"earliest": "2016-07-02", "basis": "1"}
    assert len(origins(*one(*told, actors=army, when=early))) == 2
    assert len(origins(*one(*told, actors=army, when=late))) == 1


@pytest.mark.parametrize(
    ("when", "told_on", "joined_on", "one_origin"),
    [
        # An event without an end is told of no later than its last document, even on the day it begins.
        ({"earliest": "2016-06-10"}, "2016-06-10", "2016-06-11", False),
        ({"earliest": "2016-06-10"}, "2016-06-11", "2016-06-11", True),
        # An event that has ended does not reach to the day of the document.
        ({"earliest": "2016-06-05", "latest": "2016-06-05"}, "2016-06-10", "2016-06-06", False),
        ({"earliest": "2016-06-05", "latest": "2016-06-06"}, "2016-06-10", "2016-06-06", True),
        # A document from before the event tells nothing of its days.
        ({"earliest": "2016-06-05", "latest": "2016-06-06"}, "2016-06-01", "2016-06-06", True),
        ({"earliest": "2016-06-05", "latest": "2016-06-06"}, "2016-06-01", "2016-06-07", False),
    ],
)
def test_memberships_are_those_of_the_days_of_the_event_that_the_documents_can_tell_of(
    when: Object, told_on: str, joined_on: str, one_origin: bool
) -> None:
    army = [actor("army"), actor("brigade", relations=[relation(1, "army", when={"earliest": joined_on})])]
    told = [claim(1, claimant="army"), claim(2, claimant="brigade")]
    paper = source("paper-1", day=told_on)
    found = origins(*one(*told, actors=army, sources=[paper], when=when | {"basis": "1"}))
    assert found == (("army",) if one_origin else ("army", "brigade"))


def test_a_denied_or_looser_relation_joins_nobody() -> None:
    for tie in (relation(1, "army", stance="denies"), relation(1, "army", "allied_with")):
        built, each = one(
            claim(1, claimant="army"), claim(2, claimant="front"), actors=[actor("front", relations=[tie])]
        )
        assert origins(built, each) == ("army", "front")


def test_two_wholes_of_one_claimant_make_one_origin_of_all_three() -> None:
    army = [actor("brigade", ["army", "front"]), actor("army"), actor("front")]
    told = [claim(1, claimant="army"), claim(2, claimant="front"), claim(3, claimant="brigade")]
    assert len(origins(*one(*told, actors=army))) == 1
    assert len(origins(*one(*told[:2], actors=army))) == 2


def test_an_own_voice_counts_as_the_first_publisher() -> None:
    assert origins(*one(own(1, "reprinter"), sources=[source("paper-1", "agency")])) == ("agency",)


@pytest.mark.parametrize("step", ["republished", "aggregated"])
def test_an_own_voice_whose_first_publisher_is_not_known_counts_for_nothing(step: str) -> None:
    paper = source("paper-1", chain=[{"step": step, "by": "reprinter"}])
    assert origins(*one(own(1, "reprinter"), sources=[paper])) == ()


def test_an_unnamed_claimant_is_no_origin_and_neither_is_who_printed_it() -> None:
    assert claim_origins(*one(claim(1, claimant=None), sources=[source("paper-1", "agency")])) == {}


def test_an_own_voice_counts_for_nothing_beside_a_voice_that_the_same_document_names() -> None:
    two = [source("paper-1", "agency"), source("paper-2", "paper")]
    assert origins(*one(own(1, "agency"), claim(2, claimant="army"), sources=two)) == ("army",)
    elsewhere = claim(2, claimant="army", source="paper-2")
    assert origins(*one(own(1, "agency"), elsewhere, sources=two)) == ("agency", "army")
    itself = claim(2, claimant="agency")
    assert claim_origins(*one(own(1, "agency"), itself, sources=two)) == {"c1": "agency", "c2": "agency"}


def test_unnamed_claimants_and_the_voice_of_a_spliced_document_count_for_nothing() -> None:
    note = [{"paragraphs": [1], "note": "Invented."}]
    spliced = [source("paper-1", "agency", composition="spliced", alterations=note)]
    assert origins(*one(claim(1, claimant=None), own(2, "agency"), sources=spliced)) == ()


@pytest.mark.parametrize("stance", ["denies", "doubts", "plans"])
def test_only_what_asserts_attests(stance: str) -> None:
    more = {"fate": "not_known"} if stance == "plans" else {}
    assert origins(*one(claim(1), claim(2, claimant="army", stance=stance, **more))) == ("monitor",)


@few
@given(worlds())
def test_there_are_no_more_origins_than_named_claimants(world: World) -> None:
    built = records(*world)
    for each in built.events:
        named = {c.claimant for c in each.claims if c.stance == "asserts" and c.claimant != "unattributed"}
        assert len(origins(built, each)) <= len(named)
        assert set(claim_origins(built, each)) <= {c.id for c in each.claims}


@few
@given(worlds(), st.permutations(ACTORS))
def test_renaming_actors_changes_neither_the_number_of_origins_nor_the_grade(world: World, names: list[str]) -> None:
    new = dict(zip(ACTORS, (f"{name}-renamed" for name in names), strict=True))

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed(inner) for key, inner in value.items()}
        return [renamed(inner) for inner in value] if isinstance(value, list | tuple) else new.get(value, value)

    before, after = records(*world), records(*renamed(world))
    for each in before.events:
        assert len(origins(before, each)) == len(origins(after, after.events[each.id]))
        assert grade(before, each) == grade(after, after.events[each.id])


@few
@given(worlds())
def test_going_up_and_going_down_agree_and_end(world: World) -> None:
    built = records(*world)
    for one_of in ACTORS:
        assert ancestors(built, one_of) == {other for other in ACTORS if one_of in descendants(built, other)}
        assert top_level(built, one_of) <= ancestors(built, one_of)
        assert top_level(built, one_of)


DAY = st.none() | st.sampled_from([dt.date(2016, 6, day) for day in range(1, 5)])
DATED = st.lists(st.tuples(st.sampled_from(ACTORS), st.sampled_from(ACTORS), DAY, DAY), max_size=8)


@few
@given(DATED, st.lists(st.tuples(DAY, DAY), min_size=1, max_size=4), st.booleans())
def test_the_top_is_what_belongs_to_nothing_that_does_not_belong_to_it(
    links: list[tuple[str, str, dt.date | None, dt.date | None]], windows: list[Window], forgetful: bool
) -> None:
    """By the relations that can hold in the window; and whatever was asked before, and is remembered or not."""
    of: dict[str, list[Object]] = {each: [] for each in ACTORS}
    for number, (part, whole, first, last) in enumerate(links, 1):
        days = {"earliest": first, "latest": last}
        when = {end: day.isoformat() for end, day in days.items() if day is not None}
        of[part].append(relation(number, whole, **({"when": when} if when else {})))
    built = records(actors=[actor(each, relations=its) for each, its in of.items()])
    with pytest.MonkeyPatch.context() as patch:
        if forgetful:
            patch.setattr("conflictdata.analysis.memo.MOST", 3)
            patch.setattr("conflictdata.analysis.affiliation._ERAS", 1)
        for window in windows:
            held = [(part, whole) for part, whole, first, last in links if overlap((first, last), window)]
            above = {each: {each} for each in ACTORS}
            for _ in ACTORS:
                for part, whole in held:
                    above[part] |= above[whole]
            for each in ACTORS:
                tops = {min(above[one]) for one in above[each] if all(one in above[other] for other in above[one])}
                assert (ancestors(built, each, window), top_level(built, each, window)) == (above[each], tops)
                assert descendants(built, each, window) == {other for other in ACTORS if each in above[other]}


def test_actors_in_a_ring_are_one_origin() -> None:
    ring = [actor("army", ["front"]), actor("front", ["army"])]
    assert origins(*one(claim(1, claimant="army"), claim(2, claimant="front"), actors=ring)) == ("army",)


@few
@given(worlds())
def test_a_second_reading_gives_the_same_answers(world: World) -> None:
    first, second = records(*world), records(*copy.deepcopy(world))
    assert disputes(first) == disputes(second) == disputes(first)
    assert [origins(first, e) for e in first.events] == [origins(second, e) for e in second.events]


def test_a_membership_of_later_years_is_not_followed_from_an_event_without_an_end() -> None:
    held = load_bundled()
    assert origins(held, held.events["CD-0004"]) == ("ypg",)
