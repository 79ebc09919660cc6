"""A selection: some events of a dataset, with every record that they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conflictdata.analysis.memo import once
from conflictdata.model import Claim, Event, Record, Records, Selection
from conflictdata.model.references import references_of

_Known = tuple[str, str]
"""A record's kind and id."""


def selection_of(records: Records, asked: str = "") -> Selection:
    """What a selection from these records is one of; `asked` is the filter, after those that made the records."""
    before = records.selection or Selection()
    release = records.release or before.release
    filters = (*before.filters, *((asked,) if asked else ()))
    return Selection(release=release, filters=filters)


def subset(records: Records, events: Iterable[Event], asked: str = "") -> Records:
    """A selection: the events, and every record that they refer to, directly or through others.

    Its context holds the events that a claim of theirs contradicts or includes, or whose claim does so to theirs, and
    the operations they are part of: what is derived of the chosen events is the same in the selection as in the whole.
    The selection is no release.
    """
    found: set[_Known] = set()
    chosen = {event.id for event in events}
    to_follow = [("event", event) for event in chosen]
    while to_follow:
        known = to_follow.pop()
        if known not in found:
            found.add(known)
            to_follow.extend(_named_by(records, known))
    return Records.of(
        [source for source in records.sources if ("source", source.id) in found],
        [actor for actor in records.actors if ("actor", actor.id) in found],
        [place for place in records.places if ("place", place.id) in found],
        [event for event in records.events if event.id in chosen],
        period=records.period,
        selection=selection_of(records, asked),
        context=[event for event in records.all_events if ("event", event.id) in found and event.id not in chosen],
    )


def _named_by(records: Records, known: _Known) -> Iterator[_Known]:
    """What the record names, and the events whose claims are tied to its own; an id of no record leads nowhere."""
    kind, record_id = known
    tables = {"source": records.sources, "actor": records.actors, "place": records.places, "event": records.all_events}
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
    for placed in records.all_claims:
        for address in _addresses(placed.claim):
            tied.setdefault(address.partition("#")[0], []).append(placed.event.id)
    return tied


def _addresses(claim: Claim) -> tuple[str, ...]:
    return (*claim.conflicts_with, *(claim.count.includes if claim.count else ()))
