"""What each party says, an actor through time, and a sentence that may be printed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from conflictdata.analysis.capture_matrix import capture_matrix
from conflictdata.analysis.origins import origins
from conflictdata.analysis.positions import positions
from conflictdata.analysis.printable_sentence import sentence
from conflictdata.analysis.timeline import strength, timeline
from conflictdata.date_windows import read_window
from conflictdata.errors import InvalidValue, UnknownName
from tests.support.builders import ACTORS, Object, World, actor, claim, count, event, records, worlds
from tests.support.effort import effort

few = effort()


def test_each_party_and_each_origin_has_a_position() -> None:
    parties = [
        {"actor": "front", "side": 2, "role": "defender"},
        {"actor": "brigade", "side": 1, "role": "attacker"},
        {"actor": "civilians", "role": "victim"},
    ]
    told = [claim(4, claimant=None), claim(1, claimant="army"), claim(2, claimant="front", stance="denies"), claim(3)]
    built = records([event(1, told, participants=parties)], [actor("army"), actor("brigade", ["army"])])
    found = positions(built, "CD-0001")
    assert [(p.voice, p.side, [c.id for c in p.claims]) for p in found] == [
        ("army", 1, ["c1"]),
        ("front", 2, ["c2"]),
        ("civilians", None, []),
        ("monitor", None, ["c3"]),
        (None, None, ["c4"]),
    ]
    assert str(found[1]) == "front (defender): denies occurred (c2)"
    assert str(found[2]) == "civilians (victim): says nothing"


@few
@given(worlds())
def test_every_live_claim_is_in_exactly_one_position(world: World) -> None:
    built = records(*world)
    for each in built.events:
        said = [c.id for position in positions(built, each.id) for c in position.claims]
        assert sorted(said) == sorted(c.id for c in each.claims if c.live)


def test_a_publisher_in_its_own_voice_has_a_position_of_its_own() -> None:
    own = claim(2, "killed", "paper", attribution="own_voice", count=count(3, 3))
    built = records([event(1, [claim(1), own])], [actor("monitor"), actor("paper")])
    assert [(p.voice, p.origin, [c.id for c in p.claims]) for p in positions(built, "CD-0001")] == [
        ("monitor", "monitor", ["c1"]),
        ("paper", None, ["c2"]),
    ]


def test_a_timeline_is_in_order_of_time_and_holds_the_branches() -> None:
    def one(number: int, who: str, when: Object) -> Object:
        parties = [{"actor": who, "side": 1, "role": "attacker"}]
        return event(number, [claim(1)], participants=parties, when=when | {"basis": "1"})

    built = records(
        [
            one(1, "army", {"earliest": "2016-06-05", "latest": "2016-06-05"}),
            one(2, "brigade", {"latest": "2016-05-01"}),
            one(3, "army", {"earliest": "2016-01-01", "latest": "2016-12-31"}),
            one(4, "army", {"started": {"latest": "2015-01-01"}}),
            one(5, "front", {"earliest": "2016-06-05"}),
        ],
        [actor("army"), actor("brigade", ["army"]), actor("front")],
    )
    assert [entry.event.id for entry in timeline(built, "army")] == ["CD-0003", "CD-0002", "CD-0001", "CD-0004"]
    assert [entry.event.id for entry in timeline(built, "Army", branches=False)] == ["CD-0003", "CD-0001", "CD-0004"]
    assert "CD-0002  Event 2 (attacker)" in str(timeline(built, "army")[1])


def test_strength_is_a_dated_series_of_statements() -> None:
    def fighters(number: int, low: int | None, high: int | None, who: str, day: str | None, **more: Any) -> Object:
        window = {"window": {"earliest": day, "latest": day}} if day else {}
        said = count(low, high, of={"actor": who})
        del said["scope"]
        return claim(number, "strength", "wire", count=said, **window, **more)

    claims = [
        fighters(1, None, 1999, "army", "2016-08-01"),
        fighters(2, 3000, 4000, "brigade", None),
        fighters(3, 5, 5, "front", None),
        fighters(4, 9, 9, "army", None, stance="denies"),
    ]
    built = records([event(1, claims)], [actor("army"), actor("brigade", ["army"]), actor("front")])
    assert [(s.low, s.high, s.claim.claim.id) for s in strength(built, "army")] == [
        (3000, 4000, "c2"),
        (None, 1999, "c1"),
    ]
    assert str(strength(built, "army")[1]) == "2016-08-01  up to 1999, says wire (CD-0001#c1)"
    assert len(strength(built, "army", branches=False)) == 1


@few
@given(worlds())
def test_the_capture_matrix_has_a_one_for_each_origin_of_each_incident(world: World) -> None:
    built = records([*world[0], event(90, [claim(1, claimant="wire")], kind="operation", type="battle")], world[1])
    matrix = capture_matrix(built)
    assert matrix.events == tuple(each.id for each in built.events if each.kind == "incident")
    for event_id, row in zip(matrix.events, matrix.cells, strict=True):
        told = tuple(origin for origin, cell in zip(matrix.origins, row, strict=True) if cell)
        assert told == origins(built, built.events[event_id])
    assert sum(matrix.histories().values()) == sum(any(row) for row in matrix.cells)


def told(*claims: Object, what: str = "killed", **more: Any) -> str:
    actors = [actor(each) for each in ACTORS] + [actor("civilians", kind="population")]
    return sentence(records([event(1, claims, **more)], actors), "CD-0001", what)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (
            [claim(1, "killed", "monitor", count=count(12, 12)), claim(2, "killed", "army", count=count(20, 20))],
            "At least 12 people were killed, according to Monitor, and as many as 20, according to Army.",
        ),
        (
            [claim(1, "killed", "monitor", count=count(12)), claim(2, "killed", "army", count=count(12))],
            "At least 12 people were killed, according to Monitor and Army, and no upper bound is reported.",
        ),
        (
            [claim(1, "killed", None, count=count(None, 1))],
            'As many as 1 person was killed, according to a source that is not named ("sources"),'
            " and no lower bound is reported.",
        ),
        (
            [claim(1, "killed", count=count(2, 2, of={"status": "child", "actor": "civilians"}))],
            "2 children were killed, according to Monitor.",
        ),
        (
            [claim(1, "killed", count=count(2, 2)), claim(2, claimant="front", stance="denies")],
            "If it happened, which Front denies, 2 people were killed, according to Monitor.",
        ),
        (
            [claim(1, "killed", count=count(2, 2)), claim(2, "killed", "front", stance="doubts", count=count(2, 2))],
            "2 people were killed, according to Monitor; Front doubts it.",
        ),
        (
            [claim(1, "killed", count=count(as_stated="far lower"))],
            'How many people were killed is given only in words, "far lower", by Monitor.',
        ),
        (
            [claim(1, "killed", count=count(bound="vague", as_stated="dozens"))],
            'At least 12 people were killed ("dozens"), according to Monitor, and no upper bound is reported.',
        ),
        (
            [claim(1, "killed", count=count(51, as_stated="more than 50"))],
            'At least 51 people were killed ("more than 50"), according to Monitor, and no upper bound is reported.',
        ),
        ([claim(1)], "No claim in this dataset says how many people were killed in CD-0001 (Event 1)."),
    ],
)
def test_the_sentence_names_who_sets_each_end(claims: list[Object], expected: str) -> None:
    assert told(*claims) == expected


def test_of_an_event_in_which_nobody_dies_the_sentence_says_so() -> None:
    said = told(claim(1), type="announcement")
    assert "Announcement" in said and "CD-0001" in said and "No claim" not in said


def test_the_sentence_names_the_populations_that_are_counted_apart() -> None:
    said = told(
        claim(1, "killed", count=count(5, 5, of={"status": "civilian"})),
        claim(2, "killed", count=count(7, 7, of={"status": "combatant", "actor": "army"})),
    )
    assert "12 people" in said and "civilians" in said and "combatants of Army" in said


def test_the_sentence_of_an_operation_adds_nothing() -> None:
    claims = [
        claim(1, "killed", count=count(256, 256, scope="running_total", of={"actor": "army"})),
        claim(2, "killed", count=count(4, 4, scope="running_total", of={"actor": "front"})),
    ]
    assert told(*claims, kind="operation", type="battle") == (
        "The latest numbers of each claimant, which are not to be added:"
        " 256 people of Army were killed, according to Monitor; 4 people of Front were killed, according to Monitor."
    )


@few
@given(worlds())
def test_every_event_has_a_sentence_that_ends(world: World) -> None:
    built = records(*world)
    for each in built.events:
        assert sentence(built, each.id).endswith(".")


def test_what_is_not_there_is_reported() -> None:
    for ask in (
        lambda r: positions(r, "CD-0009"),
        lambda r: timeline(r, "x"),
        lambda r: sentence(r, "CD-0001", "mood"),
    ):
        with pytest.raises(UnknownName):
            ask(records([event(1, [claim(1)])]))


def test_a_range_of_days_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidValue, match="2017-05-01"):
        read_window("2017-05-01", "2016-01-01")
