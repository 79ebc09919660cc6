"""Small invented worlds to ask questions of: dictionaries that a test may change before they become records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from conflictdata.dataset import Dataset
from conflictdata.model import Actor, Event, Place, Records, Release, Source
from conflictdata.schema.documents import PREFIX

Object = dict[str, Any]
URN = PREFIX.rstrip(":")


def claim(number: int, what: str = "occurred", claimant: str | None = "monitor", **more: Any) -> Object:
    """A claim, by default that the event happened; a `claimant` of None is unnamed, `source` a document."""
    source = more.pop("source", "paper-1")
    named = {"claimant": claimant, "attribution": "named"}
    unnamed = {"claimant": "unattributed", "attribution": "unnamed", "claimant_as_stated": "sources"}
    return {
        "id": f"c{number}",
        **(unnamed if claimant is None else named),
        "stance": "asserts",
        "property": what,
        **more,
        "evidence": [{"source": source, "paragraph": 1, "digest": "0123456789abcdef"}],
    }


def count(low: int | None = None, high: int | None = None, **more: Any) -> Object:
    """A count of people in an incident; without an end it is open there, without both it is in words."""
    match low, high:
        case None, None:
            bound = "vague"
        case _, None:
            bound = "at_least"
        case None, _:
            bound = "at_most"
        case _:
            bound = "exact" if low == high else "range"
    ends = {key: end for key, end in (("low", low), ("high", high)) if end is not None}
    return {**ends, "bound": bound, "as_stated": "dozens", "unit": "person", "scope": "incident", **more}


def event(number: int, claims: Iterable[Object], **more: Any) -> Object:
    """An incident of 5 June 2016, or of another time and kind."""
    return {
        "$schema": f"{URN}:event",
        "id": f"CD-{number:04}",
        "kind": "incident",
        "title": f"Event {number}",
        "type": "armed_clash",
        "when": {"earliest": "2016-06-05", "latest": "2016-06-05", "basis": "Paragraph 1."},
        **more,
        "claims": list(claims),
        "summary": "Invented.",
    }


def actor(actor_id: str, part_of: Iterable[str] = (), **more: Any) -> Object:
    """An actor that is part of others, as a monitor says."""
    relations = [relation(number, whole) for number, whole in enumerate(part_of, 1)]
    return {
        "$schema": f"{URN}:actor",
        "id": actor_id,
        "name": actor_id.replace("-", " ").title(),
        "kind": "armed_group",
        **({"relations": relations} if relations else {}),
        "description": "Invented.",
        **more,
    }


def relation(number: int, other: str, kind: str = "part_of", **more: Any) -> Object:
    """A relation to another actor."""
    return {
        "id": f"r{number}",
        "type": kind,
        "actor": other,
        "claimant": "monitor",
        "attribution": "named",
        "stance": "asserts",
        "evidence": [{"source": "paper-1", "paragraph": 1, "digest": "0123456789abcdef"}],
        **more,
    }


def place(place_id: str, within: str | None = None, point: tuple[float, float] | None = None, **more: Any) -> Object:
    """A place, with a point or without."""
    located = {"lat": 0, "lon": 0, "radius_m": 100, "source": "Invented.", "standing": "approximate"}
    return {
        "$schema": f"{URN}:place",
        "id": place_id,
        "name": place_id.replace("-", " ").title(),
        "kind": "town",
        **({"within": within} if within else {}),
        **({"point": located | {"lat": point[0], "lon": point[1]}} if point else {"point_unknown": "Invented."}),
        **more,
    }


def source(source_id: str, publisher: str | None = "paper", day: str = "2016-06-10", **more: Any) -> Object:
    """A document, first published by `publisher` on a day."""
    step = {"step": "first_published", "by": publisher, "date": {"earliest": day, "latest": day}}
    return {
        "$schema": f"{URN}:source",
        "id": source_id,
        "title": source_id,
        "language": "en",
        "chain": [{key: value for key, value in step.items() if value is not None}],
        "composition": "whole",
        "paragraphs": 9,
        "sha256": "0" * 64,
        "file": f"{source_id}.txt",
        **more,
    }


def records(
    events: Iterable[Object] = (),
    actors: Iterable[Object] = (),
    places: Iterable[Object] = (),
    sources: Iterable[Object] = (),
) -> Records:
    """Records of these objects, in whatever order they come."""
    return Records.of(
        [Source.from_object(each) for each in sources or [source("paper-1")]],
        [Actor.from_object(each) for each in actors],
        [Place.from_object(each) for each in places],
        [Event.from_object(each) for each in events],
    )


World = tuple[list[Object], list[Object]]
"""The events and the actors of a drawn world."""
ACTORS = ("army", "brigade", "front", "monitor", "wire")
POPULATIONS: tuple[Object | None, ...] = (
    None,
    {"status": "civilian"},
    {"status": "combatant"},
    {"status": "volunteer"},
    {"status": "child"},
    {"actor": "brigade"},
    {"actor": "front", "status": "combatant"},
    {"nationality": "FRA"},
)


def one(
    *claims: Object, actors: Iterable[Object] = (), sources: Iterable[Object] = (), **more: Any
) -> tuple[Records, Event]:
    """A world of one event with these claims, and the event."""
    built = records([event(1, claims, **more)], [*actors] or [actor(each) for each in ACTORS], sources=sources)
    return built, built.events[0]


@st.composite
def counts(draw: st.DrawFn, populations: tuple[Object | None, ...] = POPULATIONS) -> Object:
    """How many of whom, exactly or not."""
    low, high = sorted(draw(st.tuples(st.integers(0, 40), st.integers(0, 40))))
    of, by = draw(st.sampled_from(populations)), draw(st.sampled_from([None, None, ["army"], ["front"]]))
    more = {key: value for key, value in (("of", of), ("by", by)) if value is not None}
    ends = draw(st.sampled_from([(low, low), (low, high), (low, None), (None, high), (None, None)]))
    return count(*ends, **more)


@st.composite
def count_claims(draw: st.DrawFn, number: int, populations: tuple[Object | None, ...] = POPULATIONS) -> Object:
    """Somebody's claim of how many were killed, mostly an assertion."""
    stance = draw(st.sampled_from(["asserts", "asserts", "asserts", "denies"]))
    who = draw(st.sampled_from([*ACTORS, None]))
    return claim(number, "killed", who, stance=stance, count=draw(counts(populations)))


@st.composite
def incidents(draw: st.DrawFn, number: int, populations: tuple[Object | None, ...] = POPULATIONS) -> Object:
    """An incident with a few claims of how many were killed, and now and then a doubt that it happened."""
    size = draw(st.integers(0, 4))
    claims = [draw(count_claims(n, populations)) for n in range(2, 2 + size)]
    if draw(st.integers(0, 4)) == 0:
        claims.append(claim(9, "occurred", "front", stance="doubts"))
    day = draw(st.sampled_from(["2016-06-05", "2016-07-01", "2017-01-31"]))
    when = {"earliest": "2016-06-05", "latest": day, "basis": "Paragraph 1."}
    return event(number, [claim(1), *claims], when=when, type=draw(st.sampled_from(["armed_clash", "shelling"])))


@st.composite
def worlds(draw: st.DrawFn, populations: tuple[Object | None, ...] = POPULATIONS) -> World:
    """A few incidents, and actors some of which are part of others, rings included."""
    events = [draw(incidents(number, populations)) for number in range(1, draw(st.integers(2, 4)))]
    wholes = st.lists(st.sampled_from(ACTORS), max_size=2, unique=True)
    return events, [actor(each, draw(wholes)) for each in ACTORS] + [actor("unattributed", kind="unattributed")]


def two_events(release: Release | None = None) -> Dataset:
    """A dataset of an incident at a mill, of which an army reports the dead, and of an operation."""
    army = {"actor": "army", "side": 1, "role": "attacker"}
    toll = claim(2, "killed", "army", count=count(3, 9))
    built = records(
        [
            event(1, [claim(1), toll], where={"place": "mill", "precision": "exact"}, participants=[army]),
            event(2, [claim(1)], kind="operation", type="battle", when={"latest": "2016-12-31", "basis": "1"}),
        ],
        [actor("army"), actor("monitor")],
        [place("mill", None, (36.5, 38.25))],
    )
    return Dataset(replace(built, release=release))
