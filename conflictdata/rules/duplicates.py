"""Rules on duplicates: incidents entered twice, and two records with one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from conflictdata.date_windows import Window, before, sort_key
from conflictdata.findings import Code, Finding
from conflictdata.model import Actor, Event, Place, id_order
from conflictdata.model.codes import EventKind
from conflictdata.rules.context import DatasetContext
from conflictdata.text import fold_text, quote

MOST = 5
"""The most possible duplicates of one event that are reported."""


def incidents_are_entered_once(whole: DatasetContext) -> Iterator[Finding]:
    """Two incidents of one type at one place, with possible days and an actor in common, may be one event."""
    alike: dict[tuple[str, str | None, str], list[_Dated]] = defaultdict(list)
    for event in whole.records.all_events:
        if event.kind is EventKind.INCIDENT and event.withdrawn is None:
            place = event.where.place if event.where is not None else None
            dated = ((event.when.first, event.when.last), event)
            for actor in {participant.actor for participant in event.participants}:
                alike[event.type, place, actor].append(dated)
    seen: dict[str, set[str]] = defaultdict(set)
    for events in alike.values():
        for later, earlier in _pairs(events) if len(events) > 1 else ():
            seen[later].add(earlier)
    for event in whole.records.all_events:
        for other in sorted(seen.get(event.id, ()), key=id_order)[:MOST]:
            message = (
                f"{other} has the same type, place and actor, and may be on the same day;"
                f" merge them, or add `distinct_from`"
            )
            yield whole.finding("event", event.id, "", Code.POSSIBLE_DUPLICATE, message)


def ids_elsewhere_name_one_event(whole: DatasetContext) -> Iterator[Finding]:
    """One event in another dataset is one event here too, unless the curator gives a reason in `distinct_from`."""
    first: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in whole.records.all_events:
        for n, external in enumerate(event.external_ids if event.withdrawn is None else ()):
            others = first[external.dataset, external.id]
            for other in others[:MOST]:
                if other is event or not _told_apart(event, other):
                    wrong = f"{external.dataset} {external.id} is also an id of {other.id}"
                    message = f"{wrong}; merge the events, or say in `distinct_from` why they differ"
                    yield whole.finding("event", event.id, f"/external_ids/{n}/id", Code.POSSIBLE_DUPLICATE, message)
            others.append(event)


_Dated = tuple[Window, Event]
"""An event after the days on which it can have been."""


def _pairs(events: Iterable[_Dated]) -> Iterator[tuple[str, str]]:
    """Pairs that can be on one day and are not marked as distinct, the later id first, at most MOST for each event.

    The events are given in order of their ids.
    """
    # By its place in that order, each earlier event whose days can overlap with this one, in order of their first day.
    open_still: dict[int, _Dated] = {}
    for n, dated in sorted(enumerate(events), key=lambda each: sort_key(each[1][0])):
        days, event = dated
        over: list[int] = []
        found = 0
        for m, (other_days, other) in reversed(open_still.items()):
            if before(other_days, days):
                over.append(m)
            elif not _told_apart(event, other):
                yield (event.id, other.id) if n > m else (other.id, event.id)
                found += 1
            if found == MOST:
                break
        for m in over:
            del open_still[m]
        open_still[n] = dated


def _told_apart(one: Event, other: Event) -> bool:
    if not one.distinct_from and not other.distinct_from:
        return False
    pairs = ((one, other), (other, one))
    return any(distinction.event == b.id for a, b in pairs for distinction in a.distinct_from)


def names_tell_records_apart(whole: DatasetContext) -> Iterator[Finding]:
    """Two actors, or two places, should not share a name; lookup by that name would be ambiguous."""
    bearers: dict[tuple[str, str], str] = {}
    for kind, record in whole:
        if isinstance(record, Actor | Place) and record.withdrawn is None:
            for pointer, text in _names(record):
                first = bearers.setdefault((kind, fold_text(text)), record.id)
                if first != record.id:
                    message = (
                        f"{quote(text)} is also a name of {first}; merge the records, or make the name unambiguous"
                    )
                    yield whole.finding(kind, record.id, pointer, Code.NAME_CLASH, message)


def _names(record: Actor | Place) -> Iterator[tuple[str, str]]:
    """Each name of the record once, with its first place in the record."""
    variants = ((f"/names/{n}/text", name.text) for n, name in enumerate(record.names))
    seen: set[str] = set()
    for pointer, text in (("/name", record.name), *variants):
        if fold_text(text) not in seen:
            seen.add(fold_text(text))
            yield pointer, text
