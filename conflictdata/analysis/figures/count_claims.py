"""Count claims as intervals: the number in each live claim, with vague words converted by a named table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from conflictdata.analysis.dates import possible
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.origins import claim_origins, first_published
from conflictdata.codelists import words_range
from conflictdata.dates import Window
from conflictdata.model import Claim, Count, Event, Population, Records
from conflictdata.model.codes import CountScope, Property, Stance

FLOWS = frozenset(
    {
        Property.KILLED,
        Property.INJURED,
        Property.CASUALTIES,
        Property.CAPTURED,
        Property.MISSING,
        Property.DISPLACED,
        Property.ATTACKS,
        Property.RECOVERED,
        Property.TAKEN,
        Property.DESTROYED,
    }
)
"""The counts that can be added over incidents. Other counts are states at a time, or lengths."""

COUNTS = FLOWS | {
    Property.TRAPPED,
    Property.BESIEGED,
    Property.STRENGTH,
    Property.DISTANCE,
    Property.DURATION,
}
"""Every property whose value is a count."""

Amount = int | float | None
"""A bound of a range; None is an open end."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The number in one claim, from `low` to `high`; None is an open end. An `origin` of None does not count as an
    origin.

    `window` is the claim's own window, else the effective window of the event.
    """

    event: Event
    claim: Claim
    count: Count
    origin: str | None
    low: Amount
    high: Amount
    window: Window

    @property
    def id(self) -> str:
        """The claim's address."""
        return f"{self.event.id}#{self.claim.id}"

    @property
    def in_words(self) -> bool:
        """Whether the document gives only words and no number."""
        return self.count.low is None and self.count.high is None

    @property
    def population(self) -> Population | None:
        """Who or what is counted; None if the claim does not say."""
        return self.count.of

    @property
    def place(self) -> str | None:
        """The id of the place that it is about, if that is not the place of the event."""
        return self.claim.where.place if self.claim.where else None


def counted(
    records: Records, event: Event, code: Property, vague: str, as_of: dt.date | None = None
) -> tuple[Counted, ...]:
    """The numbers in the event's live claims that assert a count; `as_of` leaves out claims made after that day."""
    origin = claim_origins(records, event)
    own = event_dates(records, event).window
    return tuple(
        Counted(
            event,
            claim,
            claim.count,
            origin.get(claim.id),
            *_interval(claim.count, vague),
            possible(claim.window) if claim.window is not None else own,
        )
        for claim in event.claims
        if claim.live and claim.stance is Stance.ASSERTS and claim.property is code and claim.count is not None
        if as_of is None or said_by(records, claim, as_of)
    )


def _interval(count: Count, vague: str) -> tuple[Amount, Amount]:
    if count.low is None and count.high is None:
        return words_range(count.as_stated, vague)
    return count.low, count.high


def said(records: Records, claim: Claim) -> Window:
    """The days on which the claim was made: as recorded, else the first publication of its earliest document."""
    if claim.stated_on is not None:
        return possible(claim.stated_on)
    windows = [first_published(source) for e in claim.evidence if (source := records.sources.get(e.source))]
    known = [window for window in windows if window != (None, None)]
    return min(known, key=lambda window: (window[1] or dt.date.max, window[0] or dt.date.min), default=(None, None))


def said_by(records: Records, claim: Claim, day: dt.date) -> bool:
    """Whether the claim was certainly made by that day."""
    latest = said(records, claim)[1]
    return latest is not None and latest <= day


def is_total(count: Count) -> bool:
    """Whether the number is a total over many incidents; such a total is never added."""
    return count.scope in (CountScope.PERIOD_TOTAL, CountScope.RUNNING_TOTAL)
