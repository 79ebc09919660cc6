"""Count claims as intervals: what each live claim says of how many, vague words read by a named table."""

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
"""The counts that add up over incidents; the others are states at a time, or lengths."""

COUNTS = FLOWS | {
    Property.TRAPPED,
    Property.BESIEGED,
    Property.STRENGTH,
    Property.DISTANCE,
    Property.DURATION,
}
"""Every property whose value is a count."""

Amount = int | float | None
"""A number; None is an open end."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One claim's number, from `low` to `high`; None is an open end, or no origin that counts.

    `window` are the days it is about: its own, else those of the event by all that is known.
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
        """Whether the document gives words for it and no number."""
        return self.count.low is None and self.count.high is None

    @property
    def population(self) -> Population | None:
        """Who or what is counted, as far as the claim says."""
        return self.count.of

    @property
    def place(self) -> str | None:
        """The id of the place it is about, where that is not the event's own."""
        return self.claim.where.place if self.claim.where else None


def counted(
    records: Records, event: Event, code: Property, vague: str, as_of: dt.date | None = None
) -> tuple[Counted, ...]:
    """The numbers of the event's live claims that assert a count; `as_of` leaves out what was said later."""
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
    """When the claim was made: as recorded, else when the first of its documents was first published."""
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
    """Whether the number is a total over many incidents, which never enters a sum."""
    return count.scope in (CountScope.PERIOD_TOTAL, CountScope.RUNNING_TOTAL)
