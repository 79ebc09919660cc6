"""Count claims as intervals: the number in each live claim, with vague words converted by a named table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.origins import claim_origins
from conflictdata.analysis.possible_days import possible
from conflictdata.analysis.publication import first_published
from conflictdata.codelists import words_range
from conflictdata.date_windows import Window
from conflictdata.model import Claim, Count, Event, Population, Records
from conflictdata.model.codes import CountScope, EventKind, Property, Stance

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

_ASSERTS = Stance.ASSERTS  # as in `attesting_claims`

Amount = int | float | None
"""A bound of a range; None is an open end."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The number in one claim, from `low` to `high`; None is an open end. An `origin` of None does not count as an
    origin.

    `window` is the claim's own window, else the effective window of the event. In an incident the claim's own window is
    used only if its claimant gives numbers for several windows, and `by` (the causers) only if its claimant names
    several.
    """

    event: Event
    claim: Claim
    count: Count
    origin: str | None
    low: Amount
    high: Amount
    window: Window
    by: frozenset[str]

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
        place = self.claim.where.place if self.claim.where else None
        return None if self.event.where is not None and place == self.event.where.place else place


def counted(
    records: Records, event: Event, code: Property, vague: str, as_of: dt.date | None = None
) -> tuple[Counted, ...]:
    """The numbers in the event's live claims that assert a count; `as_of` leaves out claims made after that day."""
    claims = [
        (claim, claim.count)
        for claim in event.claims
        if claim.property is code and claim.live and claim.stance is _ASSERTS and claim.count is not None
        if as_of is None or made_by(records, claim, as_of)
    ]
    if not claims:
        return ()
    origin = claim_origins(records, event)
    own = event_dates(records, event).window
    one_act = event.kind is EventKind.INCIDENT and code in FLOWS
    causers = _causers(claims) if one_act else {}
    windows = _windows([claim for claim, _ in claims], own) if one_act else {}
    return tuple(
        Counted(
            event,
            claim,
            count,
            origin.get(claim.id),
            *_interval(count, vague),
            windows.get(claim.id) or (possible(claim.window) if claim.window is not None else own),
            causers.get(claim.id, frozenset(count.by)),
        )
        for claim, count in claims
    )


def _windows(claims: Sequence[Claim], own: Window) -> dict[str, Window]:
    """By claim, the days of its number, if all claims are about one act.

    Only days that one claimant distinguishes separate people. Claimants who each give one day, but different ones,
    disagree on the day of the act, and their numbers are for the whole event.
    """
    stated = {claim.id: possible(claim.window) if claim.window is not None else own for claim in claims}
    if len({*stated.values()}) == 1:
        return dict.fromkeys(stated, own)
    voices = {claim.id: _voice(claim) for claim in claims}
    days: dict[tuple[str, str | None], set[Window]] = {}
    for claim_id, window in stated.items():
        days.setdefault(voices[claim_id], set()).add(window)
    return {claim_id: window if len(days[voices[claim_id]]) > 1 else own for claim_id, window in stated.items()}


def _causers(claims: Sequence[tuple[Claim, Count]]) -> dict[str, frozenset[str]]:
    """By claim, who caused the number as far as that keeps people apart, where all speak of one act.

    Only causers that one claimant distinguishes do. Claimants who each name another one disagree on who did it.
    """
    named: dict[tuple[str, str | None], set[frozenset[str]]] = {}
    for claim, count in claims:
        if count.by:
            named.setdefault(_voice(claim), set()).add(frozenset(count.by))
    if all(len(causers) == 1 for causers in named.values()):
        return dict.fromkeys([claim.id for claim, _ in claims], frozenset())
    return {
        claim.id: frozenset(count.by) if len(named.get(_voice(claim), ())) > 1 else frozenset()
        for claim, count in claims
    }


def _voice(claim: Claim) -> tuple[str, str | None]:
    return claim.claimant, claim.claimant_as_stated


def _interval(count: Count, vague: str) -> tuple[Amount, Amount]:
    if count.low is None and count.high is None:
        return words_range(count.as_stated, vague)
    return count.low, count.high


def made_on(records: Records, claim: Claim) -> Window:
    """The days on which the claim was made: as recorded, else the first publication of its earliest document."""
    if claim.stated_on is not None:
        return possible(claim.stated_on)
    windows = [first_published(source) for e in claim.evidence if (source := records.sources.get(e.source))]
    known = [window for window in windows if window != (None, None)]
    return min(known, key=lambda window: (window[1] or dt.date.max, window[0] or dt.date.min), default=(None, None))


def made_by(records: Records, claim: Claim, day: dt.date) -> bool:
    """Whether the claim was certainly made by that day."""
    latest = made_on(records, claim)[1]
    return latest is not None and latest <= day


def is_total(count: Count) -> bool:
    """Whether the number is a total over many incidents; such a total is never added."""
    return count.scope in (CountScope.PERIOD_TOTAL, CountScope.RUNNING_TOTAL)
