"""Rules on days within one record: windows run forwards, and statements follow what they tell of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from conflictdata.dates import before, in_order
from conflictdata.findings import Code, Finding
from conflictdata.model import Days, Event, LayoutName, Record, When
from conflictdata.model.codes import Property, Stance
from conflictdata.rules.walks import windows_of

HAPPENINGS = frozenset(
    {
        Property.OCCURRED, Property.RESULT, Property.RESPONSIBILITY, Property.MOVEMENT, Property.KILLED,
        Property.INJURED, Property.CASUALTIES, Property.CAPTURED, Property.MISSING, Property.DISPLACED,
        Property.ATTACKS, Property.RECOVERED, Property.TAKEN, Property.DESTROYED,
    }
)  # fmt: skip
"""Properties of what has happened; a state, such as strength or control, can be told of before its event begins."""

Bounds = tuple[str, str, dt.date | None, str, dt.date | None]
"""Where, the name of the one day, the day, the name of the other, the day."""


def windows_run_forwards(file: str, record: Record) -> Iterator[Finding]:
    """A window that ends before it begins holds no day: one of its days is a slip."""
    for pointer, window in windows_of(record):
        for below, one, first, other, last in _bounds(window):
            if not in_order((first, last)):
                yield Finding(file, pointer + below, Code.WINDOW_REVERSED, f"{other}, {last}, is before {one}, {first}")


def _bounds(window: When | Days | LayoutName) -> Iterator[Bounds]:
    if isinstance(window, LayoutName):
        yield "", "from", window.from_, "to", window.to
        return
    yield "", "earliest", window.earliest, "latest", window.latest
    if isinstance(window, Days) or not window.lasting:
        return
    for name, end in (("started", window.started), ("ended", window.ended)):
        if end is not None:
            yield f"/{name}", "earliest", end.earliest, "latest", end.latest
    if window.started is not None and window.ended is not None:
        begun = window.started.earliest
        # `ended.earliest` is a day on which it was still going on, so that one slip is told once.
        if window.ended.earliest is not None:
            yield "", "started.earliest", begun, "ended.earliest", window.ended.earliest
        else:
            yield "", "started.earliest", begun, "ended.latest", window.ended.latest


def statements_follow_what_they_tell(file: str, event: Event) -> Iterator[Finding]:
    """Nobody can say that a thing has happened before the first day on which it can have happened."""
    for n, claim in enumerate(event.claims):
        if claim.stated_on is None or claim.stance is not Stance.ASSERTS or claim.property not in HAPPENINGS:
            continue
        window = claim.window or event.when
        if before((None, claim.stated_on.latest), (window.first, None)):
            told = f"stated by {claim.stated_on.latest}, but what it tells of can have begun on {window.first} at first"
            yield Finding(file, f"/claims/{n}/stated_on", Code.STATED_ON_MISMATCH, told)
