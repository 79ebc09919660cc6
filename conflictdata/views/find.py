"""Finding events by who took part, where, when, what, and in which document they stand."""

from __future__ import annotations

import datetime as dt

from conflictdata.dates import ANY_DAY, Window, overlap
from conflictdata.model import Event, Records
from conflictdata.model.codes import EventKind, EventType
from conflictdata.views.actors import wholes
from conflictdata.views.days import possible, read_window
from conflictdata.views.names import actor_id, event_id, one_of, place_id, source_id, switch
from conflictdata.views.places import inside as places_inside


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
    part_of: str | None = None,
) -> tuple[Event, ...]:
    """The events that fit everything asked for, in order of id; withdrawn events are left out.

    `actor` took part, or with `branches` a part or branch of it at the time. `place` is where the event is filed, or
    with `inside` a place in it. The event can have happened on a day from `start` to `end`. `part_of` is an operation
    that it belongs to, near or far. Actors and places may be given by id or by name; an unknown one is `UnknownName`.
    """
    who = actor_id(records, actor) if actor is not None else None
    there = place_id(records, place) if place is not None else None
    branches, inside = switch("branches", branches), switch("inside", inside)
    area = None if there is None else places_inside(records, there) if inside else {there}
    what = one_of("event type", type, EventType) if type is not None else None
    sort = one_of("event kind", kind, EventKind) if kind is not None else None
    document = source_id(records, source) if source is not None else None
    belonging = _parts_of(records, event_id(records, part_of)) if part_of is not None else None
    days = read_window(start, end)
    return tuple(
        event
        for event in records.events
        if event.withdrawn is None
        and (who is None or took_part(records, event, who, branches=branches))
        and (area is None or (event.where is not None and event.where.place in area))
        and what in (None, event.type)
        and sort in (None, event.kind)
        and (document is None or any(e.source == document for claim in event.claims for e in claim.evidence))
        and (days == ANY_DAY or _can_fall_in(event, days))
        and (belonging is None or event.id in belonging)
    )


def took_part(records: Records, event: Event, actor: str, *, branches: bool = True) -> bool:
    """Whether the actor took part, or with `branches` an actor that was its part or branch on the event's days."""
    there = {who.actor for who in event.participants}
    if not branches:
        return actor in there
    return any(actor in wholes(records, who, possible(event.when)) for who in there)


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


def _can_fall_in(event: Event, days: Window) -> bool:
    return overlap(possible(event.when), days)
