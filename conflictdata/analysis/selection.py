"""Finding events by who, where, when and what; and a selection with all that it refers to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from conflictdata.analysis.affiliation import ancestors
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.geography import inside as places_inside
from conflictdata.analysis.lookup import actor_id, event_id, place_id, resolve_choice, source_id, switch
from conflictdata.analysis.memo import once
from conflictdata.date_windows import ANY_DAY, Window, overlap, read_window
from conflictdata.errors import InvalidValue
from conflictdata.model import Claim, Event, Record, Records, Selection
from conflictdata.model.codes import EventKind, EventType
from conflictdata.model.references import references_of


def find(
    records: Records,
    *,
    actor: str | None = None,
    branches: bool = True,
    place: str | None = None,
    inside: bool = True,
    type: str | None = None,  # noqa: A002  the member of an event is called so
    kind: str | None = None,
    source: str | None = None,
    start: dt.date | str | None = None,
    end: dt.date | str | None = None,
    certain: bool = False,
    part_of: str | None = None,
) -> tuple[Event, ...]:
    """The events that fit everything asked for, in order of id; withdrawn events are left out.

    `actor` took part, or with `branches` a part or branch of it at the time. `place` is where the event is filed, or
    with `inside` a place in it. The effective window overlaps the days from `start` to `end`; with `certain` it lies
    within them. `part_of` is an operation that it belongs to, near or far. Records may be given by id or by name; an
    unknown one is `UnknownName`.
    """
    who = actor_id(records, actor) if actor is not None else None
    there = place_id(records, place) if place is not None else None
    branches, inside, certain = switch("branches", branches), switch("inside", inside), switch("certain", certain)
    area = None if there is None else places_inside(records, there) if inside else {there}
    what = resolve_choice("event type", type, EventType) if type is not None else None
    sort = resolve_choice("event kind", kind, EventKind) if kind is not None else None
    document = source_id(records, source) if source is not None else None
    belonging = _parts_of(records, event_id(records, part_of)) if part_of is not None else None
    days = read_window(start, end)
    if certain and days == ANY_DAY:
        raise InvalidValue("`certain` is about days, and none are given; add `start` or `end`")
    return tuple(
        event
        for event in records.events
        if event.withdrawn is None
        and (who is None or took_part(records, event, who, branches=branches))
        and (area is None or (event.where is not None and event.where.place in area))
        and what in (None, event.type)
        and sort in (None, event.kind)
        and (document is None or any(e.source == document for claim in event.claims for e in claim.evidence))
        and (days == ANY_DAY or _falls_in(event_dates(records, event).window, days, certain=certain))
        and (belonging is None or event.id in belonging)
    )


def open_windows(
    records: Records, events: Iterable[Event], start: dt.date | str | None, end: dt.date | str | None
) -> int:
    """How many of the events have an unknown end that could put them outside the days from `start` to `end`."""
    days = read_window(start, end)
    return sum(_rests_on_open_end(event_dates(records, event).window, days) for event in events)


def _falls_in(window: Window, days: Window, *, certain: bool) -> bool:
    """Whether the window overlaps the days; or, for certain, lies within them."""
    if not certain:
        return overlap(window, days)
    (first, last), (start, end) = window, days
    return (start is None or (first is not None and first >= start)) and (
        end is None or (last is not None and last <= end)
    )


def _rests_on_open_end(window: Window, days: Window) -> bool:
    """Whether an unknown end of the window could put the event outside the days."""
    return None in window and not _falls_in(window, days, certain=True)


def took_part(records: Records, event: Event, actor: str, *, branches: bool = True) -> bool:
    """Whether the actor took part, or with `branches` an actor that was its part or branch on the event's days."""
    there = {who.actor for who in event.participants}
    if not branches:
        return actor in there
    days = event_dates(records, event).window
    return any(actor in ancestors(records, who, days) for who in there)


def _parts_of(records: Records, operation: str) -> set[str]:
    """The ids of the events that are part of the operation, near or far."""
    parts: dict[str, list[str]] = {}
    for event in records.events:
        if event.part_of is not None:
            parts.setdefault(event.part_of, []).append(event.id)
    found: set[str] = set()
    open_ids = [operation]
    while open_ids:
        new = [part for part in parts.get(open_ids.pop(), ()) if part not in found]
        found.update(new)
        open_ids.extend(new)
    return found


_Known = tuple[str, str]
"""A record's kind and id."""


def filter_text(records: Records, **asked: str | dt.date | bool | None) -> str:
    """What `find` was asked for, as its arguments: `place="raqqa", start="2017-06-01"`; names are given as ids."""
    known = {"actor": actor_id, "place": place_id, "source": source_id, "part_of": event_id}
    asked = {name: value for name, value in asked.items() if value is not None and value is not _USUAL.get(name)}
    spelled = {name: known[name](records, value) if name in known else str(value) for name, value in asked.items()}  # type: ignore[arg-type]
    return ", ".join(f"{name}={value}" if name in _USUAL else f'{name}="{value}"' for name, value in spelled.items())


_USUAL = {"branches": True, "inside": True, "certain": False}


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
