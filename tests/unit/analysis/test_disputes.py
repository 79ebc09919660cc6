"""Which claims contradict each other, about what, and which side each stands on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from conflictdata.analysis.contradictions import contradictions, disputed
from conflictdata.analysis.disputes import DisputeKind, disputes
from conflictdata.model.codes import Property
from tests.support.builders import Object, World, claim, count, event, one, records, worlds
from tests.support.effort import effort

few = effort()


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
