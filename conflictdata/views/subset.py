"""Some of the events together with all that they refer to, so that the selection is a dataset by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conflictdata.model import Actor, Claim, Control, Event, Movement, Place, Records, Source
from conflictdata.views.once import once

_Reference = tuple[str, str]
"""The table and id of a record that another refers to."""


def subset(records: Records, events: Iterable[Event]) -> Records:
    """A dataset of the events and of every record that they refer to, directly or through others.

    Events that a claim of theirs contradicts or includes, or whose claim does so to theirs, come with them, as do the
    operations they are part of: what is derived of the chosen events is the same in the selection as in the whole. The
    selection is no release.
    """
    found: dict[_Reference, None] = {}
    to_follow = [("events", event.id) for event in events]
    while to_follow:
        reference = to_follow.pop()
        if reference not in found:
            found[reference] = None
            to_follow.extend(_references(records, reference))
    kept = {table: {record_id for name, record_id in found if name == table} for table, _ in found}
    return Records.of(
        (source for source in records.sources if source.id in kept.get("sources", ())),
        (actor for actor in records.actors if actor.id in kept.get("actors", ())),
        (place for place in records.places if place.id in kept.get("places", ())),
        (event for event in records.events if event.id in kept.get("events", ())),
    )


def _references(records: Records, reference: _Reference) -> Iterator[_Reference]:
    """What the record refers to; an id that no record has leads nowhere."""
    table, record_id = reference
    match table:
        case "events" if event := records.events.get(record_id):
            yield from _of_event(event)
            yield from (("events", other) for other in _bound_to(records).get(record_id, ()))
        case "actors" if actor := records.actors.get(record_id):
            yield from _of_actor(actor)
        case "places" if place := records.places.get(record_id):
            yield from _of_place(place)
        case "sources" if source := records.sources.get(record_id):
            yield from _of_source(source)


@once
def _bound_to(records: Records) -> dict[str, list[str]]:
    """By event, the events that a claim of theirs ties to it by contradicting or including one of its claims."""
    bound: dict[str, list[str]] = {}
    for placed in records.claims:
        for other in _tied(placed.claim):
            bound.setdefault(other, []).append(placed.event.id)
    return bound


def _tied(claim: Claim) -> Iterator[str]:
    included = claim.count.includes if claim.count else ()
    return (address.partition("#")[0] for address in (*claim.conflicts_with, *included))


def _of_event(event: Event) -> Iterator[_Reference]:
    yield from _all("events", event.part_of, *(other.event for other in event.distinct_from))
    yield from _all("events", *(event.withdrawn.replaced_by if event.withdrawn else ()))
    yield from _all("places", event.where.place if event.where else None)
    yield from _all("actors", *(who.actor for who in event.participants))
    for claim in event.claims:
        yield from _of_claim(claim)


def _of_claim(claim: Claim) -> Iterator[_Reference]:
    yield from _all("actors", claim.claimant, *claim.via)
    yield from _all("sources", *(evidence.source for evidence in claim.evidence))
    yield from _all("events", *_tied(claim))
    yield from _all("places", claim.where.place if claim.where else None)
    match claim.control or claim.movement:
        case Control() as control:
            yield from _all("actors", control.holder, control.from_)
            yield from _all("places", control.place)
        case Movement() as movement:
            yield from _all("actors", movement.actor)
            yield from _all("places", movement.from_, movement.to)
    yield from _all("actors", claim.result.actor if claim.result else None)
    yield from _all("actors", *(claim.responsibility.actors if claim.responsibility else ()))
    yield from _all("actors", *(claim.statement.about if claim.statement else ()))
    if claim.count is not None:
        yield from _all("actors", claim.count.of.actor if claim.count.of else None, *claim.count.by)


def _of_actor(actor: Actor) -> Iterator[_Reference]:
    for relation in actor.relations:
        yield from _all("actors", relation.actor, relation.claimant, *relation.via)
        yield from _all("sources", *(evidence.source for evidence in relation.evidence))
    yield from _all("sources", *(source for name in actor.names for source in name.sources))
    yield from _all("actors", *(actor.withdrawn.replaced_by if actor.withdrawn else ()))


def _of_place(place: Place) -> Iterator[_Reference]:
    yield from _all("places", place.within, *(place.withdrawn.replaced_by if place.withdrawn else ()))
    yield from _all("sources", *(source for name in place.names for source in name.sources))


def _of_source(source: Source) -> Iterator[_Reference]:
    yield from _all("actors", *(step.by for step in source.chain))
    yield from _all("sources", *(source.withdrawn.replaced_by if source.withdrawn else ()))


def _all(table: str, *ids: str | None) -> Iterator[_Reference]:
    return ((table, record_id) for record_id in ids if record_id is not None)
