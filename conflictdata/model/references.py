"""The windows and references in a record, and where each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from conflictdata.model import Actor, Claim, Days, Event, LayoutName, Name, Place, Record, Relation, Source, When

Steps = tuple[str | int, ...]
"""Member names and positions in lists, from a record to a part of it."""


def pointer_of(steps: Steps) -> str:
    """The JSON pointer of these steps."""
    return "".join(f"/{step}" for step in steps)


class Reference(NamedTuple):
    """An id that a record names: of a source, an actor, a place, an event, or a claim by its address."""

    pointer: str
    kind: str
    id: str


def windows_of(record: Record) -> Iterator[tuple[Steps, When | Days | LayoutName]]:
    """Every window in the record, with the steps of its pointer: they are joined for a finding only."""
    match record:
        case Event():
            yield ("when",), record.when
            for n, claim in enumerate(record.claims):
                if claim.date is not None:
                    yield ("claims", n, "date"), claim.date
                if claim.window is not None:
                    yield ("claims", n, "window"), claim.window
                if claim.stated_on is not None:
                    yield ("claims", n, "stated_on"), claim.stated_on
        case Actor():
            for n, relation in enumerate(record.relations):
                if relation.when is not None:
                    yield ("relations", n, "when"), relation.when
            for n, name in enumerate(record.acled):
                yield ("acled", n), name
        case Source():
            for n, step in enumerate(record.chain):
                if step.date is not None:
                    yield ("chain", n, "date"), step.date


def references_of(record: Record) -> Iterator[Reference]:
    """Every id that the record refers to, except its own."""
    yield from links_of(record)
    match record:
        case Event():
            yield from _of_event(record)
        case Actor():
            yield from _of_names(record.names)
            for n, relation in enumerate(record.relations):
                yield from _of_statement(f"/relations/{n}", relation)
        case Place():
            yield from _of_names(record.names)
        case Source():
            for n, step in enumerate(record.chain):
                if step.by is not None:
                    yield Reference(f"/chain/{n}/by", "actor", step.by)
            if record.wire is not None:
                yield Reference("/wire", "actor", record.wire)


def ids_in(record: Record) -> dict[str, set[str]]:
    """The ids of `references_of` by kind, without their places: of an event they take a fifth of the time."""
    if isinstance(record, Event):
        return _ids_in_event(record)
    found: dict[str, set[str]] = {}
    for reference in references_of(record):
        found.setdefault(reference.kind, set()).add(reference.id)
    return found


def _ids_in_event(event: Event) -> dict[str, set[str]]:
    actors, places, sources, claims = set[str](), set[str](), set[str](), set[str]()
    found = {"actor": actors, "place": places, "source": sources, "event": set[str](), "claim": claims}
    for reference in links_of(event):
        found[reference.kind].add(reference.id)
    if event.where is not None:
        places.add(event.where.place)
    for participant in event.participants:
        actors.add(participant.actor)
    for claim in event.claims:
        actors.add(claim.claimant)
        for evidence in claim.evidence:
            sources.add(evidence.source)
        if claim.where is not None:
            places.add(claim.where.place)
        if claim.via:
            actors.update(claim.via)
        if claim.conflicts_with:
            claims.update(claim.conflicts_with)
        if (count := claim.count) is not None:
            if count.by:
                actors.update(count.by)
            if count.includes:
                claims.update(count.includes)
            if count.of is not None and count.of.actor is not None:
                actors.add(count.of.actor)
        elif claim.responsibility is not None:
            actors.update(claim.responsibility.actors)
        elif claim.statement is not None:
            actors.update(claim.statement.about)
        else:  # few claims
            for reference in _of_claim("", claim):
                found[reference.kind].add(reference.id)
    return found


def links_of(record: Record) -> Iterator[Reference]:
    """The ids of other records of its kind that the record refers to, as its whole, its equal or its replacement."""
    match record:
        case Event():
            if record.part_of is not None:
                yield Reference("/part_of", "event", record.part_of)
            for n, distinction in enumerate(record.distinct_from):
                yield Reference(f"/distinct_from/{n}/event", "event", distinction.event)
        case Actor():
            for n, relation in enumerate(record.relations):
                yield Reference(f"/relations/{n}/actor", "actor", relation.actor)
        case Place():
            if record.within is not None:
                yield Reference("/within", "place", record.within)
    if record.withdrawn is not None:
        kind = type(record).__name__.lower()
        yield from _each("/withdrawn/replaced_by", kind, record.withdrawn.replaced_by)


def _of_event(event: Event) -> Iterator[Reference]:
    if event.where is not None:
        yield Reference("/where/place", "place", event.where.place)
    for n, participant in enumerate(event.participants):
        yield Reference(f"/participants/{n}/actor", "actor", participant.actor)
    for n, claim in enumerate(event.claims):
        yield from _of_statement(f"/claims/{n}", claim)
        yield from _of_claim(f"/claims/{n}", claim)


def _of_statement(at: str, statement: Claim | Relation) -> Iterator[Reference]:
    yield Reference(f"{at}/claimant", "actor", statement.claimant)
    yield from _each(f"{at}/via", "actor", statement.via)
    for n, evidence in enumerate(statement.evidence):
        yield Reference(f"{at}/evidence/{n}/source", "source", evidence.source)


def _of_claim(at: str, claim: Claim) -> Iterator[Reference]:
    if claim.where is not None:
        yield Reference(f"{at}/where/place", "place", claim.where.place)
    yield from _each(f"{at}/conflicts_with", "claim", claim.conflicts_with)
    if (count := claim.count) is not None:
        if count.of is not None and count.of.actor is not None:
            yield Reference(f"{at}/count/of/actor", "actor", count.of.actor)
        yield from _each(f"{at}/count/by", "actor", count.by)
        yield from _each(f"{at}/count/includes", "claim", count.includes)
    elif claim.control is not None:
        yield Reference(f"{at}/control/place", "place", claim.control.place)
        yield Reference(f"{at}/control/holder", "actor", claim.control.holder)
        if claim.control.from_ is not None:
            yield Reference(f"{at}/control/from", "actor", claim.control.from_)
    elif claim.movement is not None:
        yield Reference(f"{at}/movement/actor", "actor", claim.movement.actor)
        if claim.movement.from_ is not None:
            yield Reference(f"{at}/movement/from", "place", claim.movement.from_)
        if claim.movement.to is not None:
            yield Reference(f"{at}/movement/to", "place", claim.movement.to)
    elif claim.responsibility is not None:
        yield from _each(f"{at}/responsibility/actors", "actor", claim.responsibility.actors)
    elif claim.result is not None and claim.result.actor is not None:
        yield Reference(f"{at}/result/actor", "actor", claim.result.actor)
    elif claim.statement is not None:
        yield from _each(f"{at}/statement/about", "actor", claim.statement.about)


def _of_names(names: Iterable[Name]) -> Iterator[Reference]:
    for n, name in enumerate(names):
        yield from _each(f"/names/{n}/sources", "source", name.sources)


def _each(at: str, kind: str, ids: Iterable[str]) -> Iterator[Reference]:
    for n, one in enumerate(ids):
        yield Reference(f"{at}/{n}", kind, one)
