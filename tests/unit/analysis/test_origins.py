"""Independent origins, what is disputed, and the grade that follows from the two."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.affiliation import ancestors, descendants, top_level
from conflictdata.analysis.disputes import DisputeKind, contradictions, disputed, disputes
from conflictdata.analysis.grades import computed_grade, grade
from conflictdata.analysis.origins import claim_origins, origins
from conflictdata.date_windows import Window, overlap
from conflictdata.loading import load_bundled
from conflictdata.model import Event, Records
from conflictdata.model.codes import Grade, Property
from tests.support.builders import ACTORS, Object, actor, claim, count, event, records, relation, source, worlds
from tests.support.effort import effort

few = effort()
World = tuple[list[Object], list[Object]]


def one(*claims: Object, actors: list[Object] = (), sources: list[Object] = (), **more: Any) -> tuple[Records, Event]:  # type: ignore[assignment]
    built = records([event(1, claims, **more)], actors or [actor(each) for each in ACTORS], sources=sources)
    return built, built.events[0]


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


def control(number: int, who: str, extent: str = "full", **more: Any) -> Object:
    held = {"place": "mill", "holder": "army", "extent": extent}
    return claim(number, "control", who, control=held, **more)


def test_claims_that_conflict_make_their_properties_disputed() -> None:
    built, each = one(
        claim(1, "killed", "army", count=count(3, 3)),
        claim(2, "killed", "front", count=count(9, 9), conflicts_with=["CD-0001#c1"]),
        control(3, "army"),
    )
    assert disputed(built, each) == {Property.KILLED}
    (dispute,) = disputes(built)
    assert dispute.kind is DisputeKind.NUMBER
    assert [[c.id for c in side] for side in dispute.sides] == [["CD-0001#c1"], ["CD-0001#c2"]]


def test_a_denial_stands_against_what_is_asserted_of_the_same_thing() -> None:
    built, each = one(control(1, "army"), control(2, "front", stance="denies"), control(3, "wire"))
    assert disputed(built, each) == {Property.CONTROL}
    assert [[c.claim.claimant for c in side] for side in disputes(built)[0].sides] == [["army", "wire"], ["front"]]


@pytest.mark.parametrize(
    ("denied", "asserted", "contradicted"),
    [
        ("full", "full", True),
        ("full", "most", False),
        ("most", "full", True),
        (None, "pockets", True),
        ("full", None, False),
    ],
)
def test_a_denial_of_so_much_leaves_less_undisputed(
    denied: str | None, asserted: str | None, contradicted: bool
) -> None:
    def some(number: int, extent: str | None, **more: Any) -> Object:
        held = {"place": "mill", "holder": "army", "extent": extent}
        return claim(number, "control", control={key: value for key, value in held.items() if value}, **more)

    built, each = one(some(1, asserted), some(2, denied, stance="denies"))
    assert disputed(built, each) == ({Property.CONTROL} if contradicted else set())


HOLDS_MILL = {"place": "mill", "holder": "army"}
TO_TOWN = {"actor": "army", "what": "Fighters", "from": "mill", "to": "town"}
REPELLED = {"outcome": "repelled", "actor": "army"}
ARMY_DID = {"actors": ["army"], "how": "all"}
SPOKE = {"topic": "threat", "text": "Invented."}


@pytest.mark.parametrize(
    ("what", "denied", "asserted", "contradicted"),
    [
        ("control", HOLDS_MILL, HOLDS_MILL, True),
        ("control", HOLDS_MILL, HOLDS_MILL | {"place": "town"}, False),
        ("control", HOLDS_MILL, HOLDS_MILL | {"holder": "front"}, False),
        ("date", {"latest": "2016-06-05"}, {"earliest": "2016-06-05"}, True),
        ("date", {"latest": "2016-06-05"}, {"earliest": "2016-06-06"}, False),
        ("date", {"earliest": "2016-06-06"}, {"latest": "2016-06-05"}, False),
        ("movement", TO_TOWN, TO_TOWN | {"what": "A convoy"}, True),
        ("movement", TO_TOWN, TO_TOWN | {"actor": "front"}, False),
        ("movement", TO_TOWN, TO_TOWN | {"from": "hill"}, False),
        ("movement", TO_TOWN, TO_TOWN | {"to": "hill"}, False),
        ("result", REPELLED, REPELLED, True),
        ("result", REPELLED, REPELLED | {"outcome": "failed"}, False),
        ("responsibility", ARMY_DID, ARMY_DID, True),
        ("responsibility", ARMY_DID, ARMY_DID | {"actors": ["front"]}, False),
        ("statement", SPOKE, SPOKE, True),
        ("statement", SPOKE, SPOKE | {"topic": "support"}, False),
    ],
)
def test_a_denial_stands_against_what_cannot_be_true_with_it(
    what: str, denied: Object, asserted: Object, contradicted: bool
) -> None:
    built, _ = one(claim(1, what, **{what: asserted}), claim(2, what, "front", stance="denies", **{what: denied}))
    assert contradictions(built).get("CD-0001#c1", frozenset()) == ({"CD-0001#c2"} if contradicted else frozenset())
    kind = "outcome" if what == "result" else what
    # Who did it is disputed as soon as somebody denies it; any other denial of what nobody asserts is no dispute.
    alone = [(kind, 1)] if what == "responsibility" else []
    found = [(dispute.kind, len(dispute.sides)) for dispute in disputes(built)]
    assert found == ([(kind, 2)] if contradicted else alone)


@pytest.mark.parametrize(
    ("denied", "asserted", "contradicted"),
    [
        ((12, 12), (12, 12), True),
        ((20, None), (12, 19), False),
        ((20, None), (12, 20), True),
        ((20, None), (5, None), True),
        ((None, 12), (13, 20), False),
        ((None, 12), (12, 20), True),
        ((None, 12), (None, 20), True),
        ((None, None), (12, 12), True),
    ],
)
def test_a_denied_number_stands_against_every_number_that_may_be_the_same(
    denied: tuple[int | None, int | None], asserted: tuple[int | None, int | None], contradicted: bool
) -> None:
    told = claim(1, "killed", count=count(*asserted))
    built, _ = one(told, claim(2, "killed", "front", stance="denies", count=count(*denied)))
    assert contradictions(built).get("CD-0001#c1", frozenset()) == ({"CD-0001#c2"} if contradicted else frozenset())


def test_a_denied_number_stands_against_numbers_that_it_allows_of_the_same_people() -> None:
    def toll(number: int, low: int | None, high: int | None, **more: Any) -> Object:
        return claim(number, "killed", count=count(low, high, **more.pop("about", {})), **more)

    told = [toll(1, 12, 12), toll(2, 40, 40), toll(3, 12, 12, about={"by": ["army"]})]
    built, _ = one(*told, toll(4, None, 20, stance="doubts"))
    assert [[c.claim.id for c in side] for side in disputes(built)[0].sides] == [["c1"], ["c4"]]


def test_a_denial_stands_against_nothing_said_of_other_days() -> None:
    early, late = ({"window": {"earliest": day, "latest": day}} for day in ("2016-06-01", "2016-06-02"))
    built, each = one(control(1, "army", **early), control(2, "front", stance="denies", **late))
    assert disputed(built, each) == frozenset()


EARLY = {"window": {"earliest": "2016-06-01", "latest": "2016-06-01"}}
SAME_DAY = {"window": {"earliest": "2016-06-05", "latest": "2016-06-05"}}


@pytest.mark.parametrize(
    ("asserted", "denied", "contradicted"),
    [
        (EARLY, {}, False),
        ({}, EARLY, False),
        (SAME_DAY, {}, True),
        ({}, SAME_DAY, True),
        (EARLY, EARLY, True),
    ],
)
def test_what_names_no_days_is_about_those_of_the_event(asserted: Object, denied: Object, contradicted: bool) -> None:
    built, each = one(control(1, "army", **asserted), control(2, "front", stance="denies", **denied))
    assert bool(disputed(built, each)) == contradicted


def test_a_loss_that_nobody_contradicts_is_no_dispute() -> None:
    built, each = one(control(1, "army", stance="denies"))
    assert disputed(built, each) == frozenset()
    assert disputes(built) == ()


def test_whether_it_happened_is_what_a_dispute_is_about_whatever_else_contradicts_it() -> None:
    doubt = claim(2, claimant="front", stance="doubts", conflicts_with=["CD-0001#c1"])
    alive = claim(3, "statement", "army", statement=SPOKE, conflicts_with=["CD-0001#c1"])
    built, each = one(claim(1), doubt, alive)
    (dispute,) = disputes(built, each)
    assert dispute.kind is DisputeKind.OCCURRENCE
    assert len(dispute.claims) == 3


def test_who_denies_an_act_stands_against_those_who_name_it_as_one_of_several() -> None:
    either = claim(1, "responsibility", responsibility={"actors": ["army", "front"], "how": "either"})
    denial = claim(2, "responsibility", "army", stance="denies", responsibility={"actors": ["army"], "how": "all"})
    built, each = one(either, denial)
    (dispute,) = disputes(built, each)
    assert [[c.claim.claimant for c in side] for side in dispute.sides] == [["monitor"], ["army"]]


def test_a_denial_that_it_happened_contradicts_every_claim_about_it() -> None:
    told = claim(1, "killed", "army", count=count(3, 3))
    built, each = one(told, claim(2, claimant="front", stance="denies"))
    assert disputed(built, each) == {Property.OCCURRED}
    (dispute,) = disputes(built, each)
    assert dispute.kind is DisputeKind.OCCURRENCE
    assert [[c.claim.claimant for c in side] for side in dispute.sides] == [["army"], ["front"]]


def test_a_denial_that_it_happened_stands_alone_against_those_who_say_that_it_did_and_name_a_number() -> None:
    told = [claim(1, claimant="army"), claim(2, "killed", "wire", count=count(3, 3))]
    built, _ = one(*told, claim(3, claimant="front", stance="denies"))
    (dispute,) = disputes(built)
    assert [[c.claim.id for c in side] for side in dispute.sides] == [["c1"], ["c3"]]


def test_a_denial_of_a_number_that_nobody_gives_is_no_dispute() -> None:
    built, _ = one(claim(1), claim(2, "killed", "front", stance="denies", count=count(3, 3)))
    assert disputes(built) == ()


def test_the_sides_of_a_dispute_stand_in_order_of_the_records() -> None:
    told = [claim(number, "killed", count=count(number, number)) for number in range(2, 11)]
    told[-1]["conflicts_with"] = [f"CD-0001#c{number}" for number in range(9, 1, -1)]
    (dispute,) = disputes(one(*told)[0])
    assert [[c.claim.id for c in side] for side in dispute.sides] == [
        [f"c{number}" for number in range(2, 10)],
        ["c10"],
    ]


def test_the_disputes_of_an_event_are_those_that_concern_it() -> None:
    built = records([event(number, [claim(1), claim(2, claimant="front", stance="denies")]) for number in (1, 2)])
    assert [dispute.events for dispute in disputes(built)] == [("CD-0001",), ("CD-0002",)]
    assert [dispute.events for dispute in disputes(built, built.events[1])] == [("CD-0002",)]


def test_a_claim_taken_back_disputes_nothing() -> None:
    rejected = {"status": "rejected", "status_reason": "Invented."}
    built, each = one(claim(1), claim(2, claimant="front", stance="denies", **rejected))
    assert disputed(built, each) == frozenset()


def test_a_withdrawn_event_disputes_nothing() -> None:
    built, each = one(claim(1), claim(2, claimant="front", stance="denies"), withdrawn={"reason": "Invented."})
    assert (disputed(built, each), disputes(built)) == (frozenset(), ())


def test_claims_of_two_events_can_contradict_each_other() -> None:
    later = claim(1, "date", "front", date={"latest": "2016-01-01"}, conflicts_with=["CD-0001#c1"])
    built = records([event(1, [claim(1, "date", date={"latest": "2017-01-01"})]), event(2, [later])])
    assert [disputed(built, each) for each in built.events] == [{Property.DATE}, {Property.DATE}]
    assert disputes(built)[0].events == ("CD-0001", "CD-0002")
    assert disputes(built, built.events[0]) == disputes(built)


def test_who_puts_it_elsewhere_disputes_the_place() -> None:
    at = [{"where": {"place": place, "precision": "exact"}} for place in ("mill", "bridge")]
    built, _ = one(claim(1, claimant="army", **at[0]), claim(2, conflicts_with=["CD-0001#c1"], **at[1]))
    assert disputes(built)[0].kind is DisputeKind.PLACE


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (EARLY, {}, DisputeKind.DATE),
        ({}, EARLY, DisputeKind.DATE),
        (EARLY | {"where": {"place": "mill", "precision": "exact"}}, {}, DisputeKind.DATE),
        ({"where": {"place": "mill", "precision": "exact"}}, {}, DisputeKind.OCCURRENCE),
        ({}, {}, DisputeKind.OCCURRENCE),
    ],
)
def test_who_tells_of_other_days_disputes_the_date(first: Object, second: Object, kind: DisputeKind) -> None:
    built, _ = one(claim(1, claimant="army", **first), claim(2, conflicts_with=["CD-0001#c1"], **second))
    (dispute,) = disputes(built)
    assert dispute.kind is kind
    assert [[c.claim.id for c in side] for side in dispute.sides] == [["c1"], ["c2"]]


@few
@given(worlds())
def test_a_denial_that_contradicts_something_is_on_some_side_of_one_dispute(world: World) -> None:
    built = records(*world)
    found = [c.id for dispute in disputes(built) for c in dispute.claims if c.claim.stance != "asserts"]
    denials = {c.id for c in built.claims if c.claim.stance in ("denies", "doubts")}
    assert sorted(found) == sorted(denials & set(contradictions(built)))
    for dispute in disputes(built):
        assert all(side for side in dispute.sides)


PARTIES = [{"actor": "army", "side": 1, "role": "attacker"}, {"actor": "front", "side": 2, "role": "victim"}]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([claim(1)], Grade.WEAK),
        ([claim(1, claimant=None), claim(2)], Grade.WEAK),
        ([claim(1), claim(2, claimant="wire")], Grade.FAIR),
        ([claim(1, claimant="front"), claim(2, claimant="wire")], Grade.FAIR),
        ([claim(1, claimant="army"), claim(2, claimant="wire")], Grade.CONFIRMED),
        ([claim(1, claimant="army"), claim(2, claimant="wire"), claim(3, stance="denies")], Grade.CONTESTED),
        ([claim(1, status="rejected", status_reason="Invented.")], Grade.DISCOUNTED),
    ],
)
def test_the_first_grade_that_fits_is_given(claims: list[Object], expected: Grade) -> None:
    assert grade(*one(*claims, participants=PARTIES)) == expected


def test_a_dispute_about_who_did_it_contests_the_event() -> None:
    def did(number: int, who: str, **more: Any) -> Object:
        return claim(number, "responsibility", responsibility={"actors": [who], "how": "all"}, **more)

    built, each = one(did(1, "army"), did(2, "front", conflicts_with=["CD-0001#c1"]))
    assert grade(built, each) == Grade.CONTESTED


def test_a_spokesmans_whole_confirms_the_act_of_its_part() -> None:
    army = [actor("army"), actor("brigade", ["army"]), actor("wire")]
    parties = [{"actor": "brigade", "side": 1, "role": "attacker"}]
    told = [claim(1, claimant="army"), claim(2, claimant="wire")]
    assert grade(*one(*told, actors=army, participants=parties)) == Grade.CONFIRMED


@pytest.mark.parametrize("claimant", ["army", "brigade"])
def test_a_membership_of_other_days_confirms_nothing(claimant: str) -> None:
    joined = relation(1, "army", when={"earliest": "2016-07-01"})
    army = [actor("army"), actor("brigade", relations=[joined]), actor("wire")]
    parties = [{"actor": {"army": "brigade", "brigade": "army"}[claimant], "side": 1, "role": "attacker"}]
    told = [claim(1, claimant=claimant), claim(2, claimant="wire")]
    assert grade(*one(*told, actors=army, participants=parties)) == Grade.FAIR


def test_the_curators_grade_stands_instead_of_the_computed_one() -> None:
    built, each = one(claim(1), grade_override={"grade": "fair", "reason": "Invented."})
    assert (grade(built, each), computed_grade(built, each)) == (Grade.FAIR, Grade.WEAK)


@few
@given(worlds())
def test_a_second_reading_gives_the_same_answers(world: World) -> None:
    first, second = records(*world), records(*copy.deepcopy(world))
    assert disputes(first) == disputes(second) == disputes(first)
    assert [origins(first, e) for e in first.events] == [origins(second, e) for e in second.events]


def test_a_membership_of_later_years_is_not_followed_from_an_event_without_an_end() -> None:
    held = load_bundled()
    assert origins(held, held.events["CD-0004"]) == ("ypg",)
