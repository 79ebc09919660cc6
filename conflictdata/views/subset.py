"""Some of the events together with all that they refer to, so that the selection is a dataset by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conflictdata.model import Claim, Event, Record, Records
from conflictdata.rules.walks import references_of
from conflictdata.views.once import once

_Known = tuple[str, str]
"""A record's kind and id."""


def subset(records: Records, events: Iterable[Event]) -> Records:
    """A dataset of the events and of every record that they refer to, directly or through others.

    Events that a claim of theirs contradicts or includes, or whose claim does so to theirs, come with them, as do the
    operations they are part of: what is derived of the chosen events is the same in the selection as in the whole. The
    selection is no release.
    """
    found: set[_Known] = set()
    to_follow = [("event", event.id) for event in events]
    while to_follow:
        known = to_follow.pop()
        if known not in found:
            found.add(known)
            to_follow.extend(_named_by(records, known))
    return Records.of(
        [source for source in records.sources if ("source", source.id) in found],
        [actor for actor in records.actors if ("actor", actor.id) in found],
        [place for place in records.places if ("place", place.id) in found],
        [event for event in records.events if ("event", event.id) in found],
    )


def _named_by(records: Records, known: _Known) -> Iterator[_Known]:
    """What the record names, and the events whose claims are tied to its own; an id of no record leads nowhere."""
    kind, record_id = known
    tables = {"source": records.sources, "actor": records.actors, "place": records.places, "event": records.events}
    record: Record | None = tables[kind].get(record_id)  # type: ignore[attr-defined]
    for reference in references_of(record) if record is not None else ():
        if reference.kind == "claim":
            yield "event", reference.id.partition("#")[0]
        else:
            yield reference.kind, reference.id
    if kind == "event":
        yield from (("event", other) for other in _tied_to(records).get(record_id, ()))


@once
def _tied_to(records: Records) -> dict[str, list[str]]:
    """By event, those that a claim ties to it by contradicting or including one of its claims."""
    tied: dict[str, list[str]] = {}
    for placed in records.claims:
        for address in _addresses(placed.claim):
            tied.setdefault(address.partition("#")[0], []).append(placed.event.id)
    return tied


def _addresses(claim: Claim) -> tuple[str, ...]:
    return (*claim.conflicts_with, *(claim.count.includes if claim.count else ()))
