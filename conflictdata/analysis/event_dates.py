"""The effective window of an event: its stated window, narrowed by its operation and by its reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from conflictdata.analysis.attesting_claims import attesting_claims
from conflictdata.analysis.memo import once, once_an_event
from conflictdata.analysis.possible_days import possible
from conflictdata.analysis.publication import publications
from conflictdata.date_windows import Window, in_order, middle_day, shared, span_days
from conflictdata.model import Event, Records


class BoundBasis(StrEnum):
    """Where a bound of an event's effective window comes from."""

    STATED = "stated"
    INHERITED = "inherited"
    REPORT = "report"
    OPEN = "open"


@dataclass(slots=True)
class EventDates:
    """The effective window of an event: local days, None where open, each bound with where it comes from."""

    start: dt.date | None
    end: dt.date | None
    start_basis: BoundBasis
    end_basis: BoundBasis

    @property
    def window(self) -> Window:
        """Both bounds."""
        return self.start, self.end

    @property
    def best(self) -> dt.date | None:
        """The middle of the window; None where a bound is open."""
        return middle_day(self.window)

    @property
    def precision(self) -> int | None:
        """The number of days in the window: 1 is a certain day; None where a bound is open."""
        return span_days(self.window)


@once_an_event
def event_dates(records: Records, event: Event) -> EventDates:
    """The effective window of an event of these records.

    It starts as the stated window. The operation narrows it; if the two share no day, the event's own text has
    priority. An event that is reported as finished ends no later than the first document that attests it. An event that
    lasted, and whose end is not stated, may continue after its report.
    """
    # A part inherits the stated days of its operation, not the days of its reports. Otherwise a further document on
    # the operation could leave the two without a common day, and so widen the window of the part.
    return _reported(records, event, _stated(records, event))


@once
def _known(records: Records) -> dict[str, EventDates]:
    """The windows found so far, as stated and narrowed by the operation, by event."""
    return {}


def _stated(records: Records, event: Event) -> EventDates:
    if event.part_of is None:
        return _inherited(event, None)
    known, way = _known(records), dict[str, Event]()
    if event.part_of in known:
        return _inherited(event, known[event.part_of])
    outer: Event | None = event
    while outer is not None and outer.id not in known and outer.id not in way:
        way[outer.id] = outer
        outer = records.all_events.get(outer.part_of) if outer.part_of is not None else None
    if outer is not None and outer.id in way:  # operations in a cycle, which the rules report, inherit nothing
        names = [*way]
        known |= {name: _inherited(way[name], None) for name in names[names.index(outer.id) :]}
    for inner in reversed(way.values()):
        if inner.id not in known:
            known[inner.id] = _inherited(inner, known.get(inner.part_of) if inner.part_of is not None else None)
    return known[event.id]


def _inherited(event: Event, whole: EventDates | None) -> EventDates:
    """The stated window, narrowed by the operation."""
    start, end = possible(event.when)
    start_basis = BoundBasis.OPEN if start is None else BoundBasis.STATED
    end_basis = BoundBasis.OPEN if end is None else BoundBasis.STATED
    if whole is not None:
        first, last = shared((start, end), whole.window)
        if in_order((first, last)):
            start_basis = start_basis if first == start else BoundBasis.INHERITED
            end_basis = end_basis if last == end else BoundBasis.INHERITED
            start, end = first, last
    return EventDates(start, end, start_basis, end_basis)


def _reported(records: Records, event: Event, dates: EventDates) -> EventDates:
    """The window of a finished event: it ended by its first report that is not earlier than its start."""
    if event.when.lasting:
        return dates
    start, end = dates.start, dates.end
    days = [day for day in _attested_days(records, event) if start is None or start <= day]
    first = min(days, default=None)
    if first is None or (end is not None and end <= first):
        return dates
    return EventDates(start, first, dates.start_basis, BoundBasis.REPORT)


def _attested_days(records: Records, event: Event) -> list[dt.date]:
    """The known days by which documents that attest the event were written."""
    known = publications(records)
    cited = {evidence.source for claim in attesting_claims(event) for evidence in claim.evidence}
    return [one.written for source in cited if (one := known[source]) is not None and one.written is not None]
