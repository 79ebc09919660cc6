"""The rule on look-alikes: one incident may have been entered twice, from two documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from conflictdata.dates import Window, before, sort_key
from conflictdata.findings import Code, Finding
from conflictdata.model import Event, id_order
from conflictdata.model.codes import EventKind
from conflictdata.rules.whole import Whole

MOST = 5
"""So many look-alikes of one event are named at a time."""


def incidents_are_entered_once(whole: Whole) -> Iterator[Finding]:
    """Two incidents of one type at one place, on days that can be the same, with an actor in common, may be one."""
    alike: dict[tuple[str, str | None, str], list[Event]] = defaultdict(list)
    for event in whole.records.events:
        if event.kind is EventKind.INCIDENT and event.withdrawn is None:
            place = event.where.place if event.where is not None else None
            for actor in {participant.actor for participant in event.participants}:
                alike[event.type, place, actor].append(event)
    seen: dict[str, set[str]] = defaultdict(set)
    for events in alike.values():
        for later, earlier in _pairs(events):
            seen[later].add(earlier)
    for event in whole.records.events:
        for other in sorted(seen.get(event.id, ()), key=id_order)[:MOST]:
            told = f"{other} has the same type, place and actor, and its days may be the same"
            yield whole.finding("event", event.id, "", Code.POSSIBLE_DUPLICATE, told)


def _pairs(events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    """Pairs that can lie on one day and that nobody has told apart, the later id first, a few for each event."""
    open_still: dict[str, Event] = {}  # those whose days can reach the event at hand, in order of their first day
    for event in sorted(events, key=lambda event: sort_key(_days(event))):
        over: list[str] = []
        found = 0
        for other in reversed(open_still.values()):
            if before(_days(other), _days(event)):
                over.append(other.id)
            elif not _told_apart(event, other):
                earlier, later = sorted((event.id, other.id), key=id_order)
                yield later, earlier
                found += 1
            if found == MOST:
                break
        for event_id in over:
            del open_still[event_id]
        open_still[event.id] = event


def _days(event: Event) -> Window:
    return (event.when.first, event.when.last)


def _told_apart(one: Event, other: Event) -> bool:
    pairs = ((one, other), (other, one))
    return any(distinction.event == b.id for a, b in pairs for distinction in a.distinct_from)
