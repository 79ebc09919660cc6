"""Rules on what is part of an operation."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.dates import overlap
from conflictdata.findings import Code, Finding
from conflictdata.model import Event
from conflictdata.model.codes import EventKind
from conflictdata.rules.whole import Whole


def only_operations_have_parts(whole: Whole) -> Iterator[Finding]:
    """An incident is the smallest thing that is told; what has parts is a battle, siege or campaign."""
    for event, around in _parts(whole):
        if around.kind is not EventKind.OPERATION:
            told = f"{around.id} is an incident; only an operation has parts"
            yield whole.finding("event", event.id, "/part_of", Code.PART_OF_INCIDENT, told)


def parts_lie_within_the_days_of_the_operation(whole: Whole) -> Iterator[Finding]:
    """A fight that was certainly over before the battle began, or began after its end, is no part of it."""
    for event, around in _parts(whole):
        part, days = (event.when.first, event.when.last), (around.when.first, around.when.last)
        if not overlap(part, days):
            told = f"{event.id} is of {_days(*part)}, and {around.id} of {_days(*days)}"
            yield whole.finding("event", event.id, "/part_of", Code.OUTSIDE_OPERATION, told)


def _parts(whole: Whole) -> Iterator[tuple[Event, Event]]:
    for event in whole.records.events:
        around = whole.records.events.get(event.part_of) if event.part_of is not None else None
        if around is not None and around is not event:
            yield event, around


def _days(first: object, last: object) -> str:
    return f"{first or '...'} to {last or '...'}"
