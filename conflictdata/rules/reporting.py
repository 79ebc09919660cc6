"""Rules on days between documents and what they report: nothing is told before it happens or is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache

from conflictdata.findings import Code, Finding
from conflictdata.model import Claim, Event, Evidence, Source
from conflictdata.model.codes import Composition, Property, Stance
from conflictdata.rules.whole import Whole


def events_precede_their_documents(whole: Whole) -> Iterator[Finding]:
    """A document can plan or threaten what is to come; it can report only what has happened."""
    written_by = _written_by(whole)
    for event, n, claim in whole.claims():
        first = _first_day(event, claim)
        if first is None or not _reports(event, claim):
            continue
        written = written_by(claim.evidence)
        if written is not None and first > written:
            told = f"{claim.id} reports what began on {first} at first, in a document of {written} at latest"
            yield whole.finding("event", event.id, f"/claims/{n}/evidence", Code.EVENT_AFTER_DOCUMENT, told)


def statements_precede_their_documents(whole: Whole) -> Iterator[Finding]:
    """A document carries only what had been said when it was written."""
    written_by = _written_by(whole)
    for event, n, claim in whole.claims():
        stated = claim.stated_on.earliest if claim.stated_on is not None else None
        written = written_by(claim.evidence) if stated is not None else None
        if stated is not None and written is not None and stated > written:
            told = f"stated on {stated} at first, in a document of {written} at latest"
            yield whole.finding("event", event.id, f"/claims/{n}/stated_on", Code.STATED_ON_MISMATCH, told)


def _reports(event: Event, claim: Claim) -> bool:
    """Whether the claim says that something has happened; beside a plan, a statement can be about what is to come."""
    if claim.stance is not Stance.ASSERTS:
        return False
    return claim.property is not Property.STATEMENT or all(other.stance is not Stance.PLANS for other in event.claims)


def _first_day(event: Event, claim: Claim) -> dt.date | None:
    """The first day on which what the claim tells of can have happened."""
    if claim.date is not None:
        return claim.date.earliest
    return (claim.window or event.when).first


def _written_by(whole: Whole) -> Callable[[tuple[Evidence, ...]], dt.date | None]:
    """The day by which the last of some documents was certainly written; None where that is not known."""

    @cache
    def of_source(source_id: str) -> dt.date | None:
        source = whole.records.sources.get(source_id)
        return _written(source) if source is not None else None

    def of_evidence(evidence: tuple[Evidence, ...]) -> dt.date | None:
        days = [of_source(item.source) for item in evidence]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None

    return of_evidence


def _written(source: Source) -> dt.date | None:
    """A whole text stood as it is at each of its steps; an altered or spliced one only at the last."""
    days = [step.date.latest if step.date is not None else None for step in source.chain]
    if source.composition in (Composition.WHOLE, Composition.EXCERPT):
        return min((day for day in days if day is not None), default=None)
    return days[-1]
