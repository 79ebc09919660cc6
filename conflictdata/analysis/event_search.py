"""Finding events by who, where, when and what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from conflictdata.analysis.affiliation import ancestors
from conflictdata.analysis.arguments import folded_words, resolve_choice, switch
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.geography import inside as places_inside
from conflictdata.analysis.lookup import actor_id, event_id, place_id, source_id
from conflictdata.analysis.memo import once
from conflictdata.date_windows import ANY_DAY, Window, overlap, read_window
from conflictdata.errors import InvalidValue
from conflictdata.model import Event, Records
from conflictdata.model.codes import EventKind, EventType
from conflictdata.text import fold_text


@dataclass(frozen=True, kw_only=True)
class EventFilter:
    """What events are searched by; the arguments of `Dataset.find`, which describes them.

    Records are given by id or by name. An unknown name or code raises `UnknownName`.
    """

    actor: str | None = None
    branches: bool = True
    place: str | None = None
    inside: bool = True
    type: str | None = None
    kind: str | None = None
    source: str | None = None
    start: dt.date | str | None = None
    end: dt.date | str | None = None
    certain: bool = False
    part_of: str | None = None
    text: str | None = None

    def find(self, records: Records) -> tuple[Event, ...]:
        """The events that match everything given, in order of id; withdrawn events are left out."""
        who = actor_id(records, self.actor) if self.actor is not None else None
        there = place_id(records, self.place) if self.place is not None else None
        branches, inside = switch("branches", self.branches), switch("inside", self.inside)
        certain = switch("certain", self.certain)
        area = None if there is None else places_inside(records, there) if inside else {there}
        what = resolve_choice("event type", self.type, EventType) if self.type is not None else None
        sort = resolve_choice("event kind", self.kind, EventKind) if self.kind is not None else None
        document = source_id(records, self.source) if self.source is not None else None
        parts = _parts_of(records, event_id(records, self.part_of)) if self.part_of is not None else None
        words = folded_words("text", self.text)
        days = read_window(self.start, self.end)
        if certain and days == ANY_DAY:
            raise InvalidValue("`certain` is about days, and none are given; add `start` or `end`")
        return tuple(
            event
            for event in records.events
            if event.withdrawn is None
            and (who is None or _took_part(records, event, who, branches=branches))
            and (area is None or (event.where is not None and event.where.place in area))
            and what in (None, event.type)
            and sort in (None, event.kind)
            and (document is None or any(e.source == document for claim in event.claims for e in claim.evidence))
            and (days == ANY_DAY or _falls_in(event_dates(records, event).window, days, certain=certain))
            and (parts is None or event.id in parts)
            and (words is None or words in _texts(records)[event.id])
        )

    def open_windows(self, records: Records, found: Iterable[Event]) -> int:
        """How many of the events found have an unknown end that could put them outside the days."""
        days = read_window(self.start, self.end)
        if days == ANY_DAY:
            return 0
        windows = (event_dates(records, event).window for event in found)
        return sum(None in window and not _falls_in(window, days, certain=True) for window in windows)

    def namesakes(self, records: Records, found: Iterable[Event]) -> tuple[str, ...]:
        """Other actors whose name begins with that of the actor, with an event that is not among those found."""
        if self.actor is None:
            return ()
        who, ids = actor_id(records, self.actor), {event.id for event in found}
        start = fold_text(records.actors[who].name)
        others = (other.id for other in records.actors if other.id != who and fold_text(other.name).startswith(start))
        return tuple(
            other
            for other in others
            if any(_took_part(records, event, other, branches=False) for event in records.events if event.id not in ids)
        )

    def as_arguments(self, records: Records) -> str:
        """What is given, as the arguments of `find`: `place="raqqa", start="2017-06-01"`; names are given as ids."""
        ids = {"actor": actor_id, "place": place_id, "source": source_id, "part_of": event_id}
        spelled = []
        for name, value in (asdict(self) | {"text": folded_words("text", self.text)}).items():
            if isinstance(value, bool):
                if value is not getattr(EventFilter, name):
                    spelled.append(f"{name}={value}")
            elif value is not None:
                spelled.append(f'{name}="{ids[name](records, value) if name in ids else value}"')
        return ", ".join(spelled)


@once
def _texts(records: Records) -> dict[str, str]:
    """By id, the folded words of each event: its title, its summary and its notes."""
    return {
        event.id: fold_text("\n".join(filter(None, (event.title, event.summary, event.notes))))
        for event in records.events
    }


def _falls_in(window: Window, days: Window, *, certain: bool) -> bool:
    """Whether the window overlaps the days; or, for certain, lies within them."""
    if not certain:
        return overlap(window, days)
    (first, last), (start, end) = window, days
    return (start is None or (first is not None and first >= start)) and (
        end is None or (last is not None and last <= end)
    )


def _took_part(records: Records, event: Event, actor: str, *, branches: bool) -> bool:
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
