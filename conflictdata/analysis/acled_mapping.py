"""How events and actors map to the ACLED column layout: its day, names and event types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

from conflictdata.analysis.affiliation import direct_wholes
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.geography import country
from conflictdata.codelists import codelist
from conflictdata.date_windows import covers, middle_day
from conflictdata.model import Actor, Event, LayoutName, Records
from conflictdata.model.codes import ActorKind

_ARMED = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.ARMED_GROUP, ActorKind.COALITION})

STATE_FORCES = 1
"""The layout's inter code for state forces."""


@cache
def by_code(name: str) -> Mapping[str, Mapping[str, str]]:
    """The rows of a codelist by their code."""
    return {row["code"]: row for row in codelist(name)}


def layout_day(records: Records, event: Event) -> dt.date | None:
    """The day that the layout files an event under: the middle of its effective window, or the end that is known."""
    first, last = event_dates(records, event).window
    return middle_day((first, last)) or first or last


def layout_name(actor: Actor, iso3: str | None, day: dt.date | None) -> LayoutName | None:
    """The actor's name in the layout for that country and day; one given for the country itself comes first."""
    fitting = [
        name
        for name in actor.acled
        if name.country in (None, iso3) and (day is None or covers((name.from_, name.to), day))
    ]
    return min(fitting, key=lambda name: name.country is None, default=None)


def inherited_layout_name(records: Records, actor_id: str, iso3: str | None, day: dt.date | None) -> LayoutName | None:
    """The actor's name in the layout; if it has none, that of the nearest actor above it on that day."""
    passed: dict[str, None] = {}
    ahead = [actor_id]
    while ahead:
        each = ahead.pop(0)
        actor = records.actors.get(each)
        if each in passed or actor is None:
            continue
        passed[each] = None
        if (name := layout_name(actor, iso3, day)) is not None:
            return name
        ahead += direct_wholes(records, each, (day, day))
    return None


def layout_type(records: Records, event: Event, *, operations: bool = False) -> tuple[str, str] | None:
    """The event type and sub-event type that the event's type maps to, or None where it maps to none.

    Where the codelist has a sub-event type of its own for state forces, it is used if the first actor of side 1 has the
    inter code of state forces where and when the event happened. Operations have types only for those who ask.
    """
    special = _special_types()
    if operations and (event.type, "operation") in special:
        return special[event.type, "operation"]
    if (event.type, "armed_target") in special and _armed_target(records, event):
        return special[event.type, "armed_target"]
    row = by_code("event-types")[event.type]
    if not row["acled_event_type"]:
        return None
    if row["acled_sub_event_type_state"] and _by_state(records, event):
        return row["acled_event_type"], row["acled_sub_event_type_state"]
    return row["acled_event_type"], row["acled_sub_event_type"]


@cache
def _special_types() -> Mapping[tuple[str, str], tuple[str, str]]:
    """By event type and case, the types of the layout that are used in place of the usual ones."""
    return {
        (row["event_type"], row["case"]): (row["acled_event_type"], row["acled_sub_event_type"])
        for row in codelist("acled-special-types")
    }


def _armed_target(records: Records, event: Event) -> bool:
    attacked = [records.actors.get(who.actor) for who in event.participants if who.side == 2]
    return any(actor is not None and actor.kind in _ARMED for actor in attacked)


def _by_state(records: Records, event: Event) -> bool:
    first = next((who.actor for who in event.participants if who.side == 1), None)
    if first is None:
        return False
    iso3 = country(records, event.where.place) if event.where else None
    name = inherited_layout_name(records, first, iso3, layout_day(records, event))
    return name is not None and name.inter == STATE_FORCES
