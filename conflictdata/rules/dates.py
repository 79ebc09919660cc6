"""Rules on days: no window ends before it begins, and nothing is reported before it happens or is stated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from conflictdata.date_windows import before, in_order, overlap
from conflictdata.findings import Code, Finding
from conflictdata.model import Claim, Days, Event, Evidence, LayoutName, Record, When
from conflictdata.model.codes import Property, Stance
from conflictdata.model.references import pointer_of, windows_of
from conflictdata.rules.context import DatasetContext

HAPPENINGS = frozenset(
    {
        Property.OCCURRED, Property.RESULT, Property.RESPONSIBILITY, Property.MOVEMENT, Property.KILLED,
        Property.INJURED, Property.CASUALTIES, Property.CAPTURED, Property.MISSING, Property.DISPLACED,
        Property.ATTACKS, Property.RECOVERED, Property.TAKEN, Property.DESTROYED,
    }
)  # fmt: skip
"""Properties of what has happened. A state, such as strength or control, can be reported before its event begins."""

# Names for members of enums, as in `claims`.
_ASSERTS, _PLANS, _STATEMENT = Stance.ASSERTS, Stance.PLANS, Property.STATEMENT

Bounds = tuple[str, str, dt.date | None, str, dt.date | None]
"""The place in the record, and the names and values of two days that must be in order."""


def windows_run_forwards(file: str, record: Record) -> Iterator[Finding]:
    """A window that ends before it begins contains no day, so one of its days is wrong."""
    for steps, window in windows_of(record):
        if _is_plain(window):
            continue
        for below, one, first, other, last in _bounds(window):
            if not in_order((first, last)):
                message = f"{other} {last} is before {one} {first}; exchange or correct them"
                yield Finding(file, pointer_of(steps) + below, Code.WINDOW_REVERSED, message)


def _is_plain(window: When | Days | LayoutName) -> bool:
    """Whether the window has only two days and they are in order, as in nearly all."""
    if isinstance(window, LayoutName) or (isinstance(window, When) and (window.started or window.ended) is not None):
        return False
    first, last = window.earliest, window.latest
    return first is last or first is None or last is None or first <= last


def _bounds(window: When | Days | LayoutName) -> Iterator[Bounds]:
    if isinstance(window, LayoutName):
        yield "", "from", window.from_, "to", window.to
        return
    if window.earliest is not None and window.latest is not None:
        yield "", "earliest", window.earliest, "latest", window.latest
    if isinstance(window, Days) or not window.lasting:
        return
    for name, end in (("started", window.started), ("ended", window.ended)):
        if end is not None:
            yield f"/{name}", "earliest", end.earliest, "latest", end.latest
    if window.started is not None and window.ended is not None:
        begun = window.started.earliest
        # `ended.earliest` is a day on which it still lasted; so one mistake is reported once.
        if window.ended.earliest is not None:
            yield "", "started.earliest", begun, "ended.earliest", window.ended.earliest
        else:
            yield "", "started.earliest", begun, "ended.latest", window.ended.latest


def statements_follow_what_they_tell(file: str, event: Event) -> Iterator[Finding]:
    """Nobody can state that something has happened before the first day on which it can have happened."""
    for n, claim in enumerate(event.claims):
        if claim.stated_on is None or claim.stance is not _ASSERTS or claim.property not in HAPPENINGS:
            continue
        window = claim.window or event.when
        if before((None, claim.stated_on.latest), (window.first, None)):
            message = (
                f"the claim was made on {claim.stated_on.latest} or earlier, but its event starts on {window.first} or"
                " later; correct one of them"
            )
            yield Finding(file, f"/claims/{n}/stated_on", Code.STATED_ON_MISMATCH, message)


def events_precede_their_documents(whole: DatasetContext) -> Iterator[Finding]:
    """A document can announce what is to come, but can report only what has happened."""
    written_by = _written_by(whole)
    for event, n, claim in whole.claims():
        first = _first_day(event, claim)
        if first is None or not _reports(event, claim):
            continue
        written = written_by(claim.evidence)
        if written is not None and first > written:
            message = (
                f"{claim.id} reports an event of {first} or later, but its document is of {written} or earlier;"
                f" correct one of them"
            )
            yield whole.finding("event", event.id, f"/claims/{n}/evidence", Code.EVENT_AFTER_DOCUMENT, message)


def statements_precede_their_documents(whole: DatasetContext) -> Iterator[Finding]:
    """A document can contain only claims that were made before it was written."""
    written_by = _written_by(whole)
    for event, n, claim in whole.claims():
        stated = claim.stated_on.earliest if claim.stated_on is not None else None
        written = written_by(claim.evidence) if stated is not None else None
        if stated is not None and written is not None and stated > written:
            message = (
                f"the claim was made on {stated} or later, but its document is of {written} or earlier;"
                f" correct one of them"
            )
            yield whole.finding("event", event.id, f"/claims/{n}/stated_on", Code.STATED_ON_MISMATCH, message)


def last_days_precede_the_last_document(whole: DatasetContext) -> Iterator[Finding]:
    """An event that is reported as finished ended before the last document on it was written."""
    if whole.records.selection is not None:  # which may lack the parts of an operation that later documents are on
        return
    written_by = _written_by(whole)
    documents: dict[str, dt.date | None] = {}
    for event in whole.records.all_events:
        own = written_by([item for claim in event.claims for item in claim.evidence])
        around: Event | None = event
        passed: set[str] = set()
        while around is not None and around.id not in passed:  # a document on a part is also one on its operation
            known = documents.get(around.id, own)
            documents[around.id] = max(known, own) if known is not None and own is not None else None
            passed.add(around.id)
            around = whole.records.all_events.get(around.part_of) if around.part_of is not None else None
    for event in whole.records.all_events:
        last = event.when.last
        if last is None or event.withdrawn is not None or all(claim.stance is _PLANS for claim in event.claims):
            continue
        written = documents[event.id]
        if written is None or before((None, written), (event.when.first, None)):  # which another rule tells
            continue
        if last > written:
            message = f"the event may end on {last}, but its last document is of {written}; narrow the window"
            yield whole.finding("event", event.id, "/when", Code.LAST_DAY_AFTER_DOCUMENT, message)


def events_lie_in_the_period(whole: DatasetContext) -> Iterator[Finding]:
    """An event of another time than the dataset's is a slip in a date, or belongs elsewhere."""
    period = whole.records.period
    if period is None:
        return
    days = (period.earliest, period.latest)
    for event in whole.records.all_events:
        when = (event.when.first, event.when.last)
        if event.withdrawn is None and not overlap(when, days):
            message = (
                f"the event ({' to '.join(str(day) if day else 'an unknown day' for day in when)}) is outside the"
                f" period of the dataset ({days[0]} to {days[1]}); correct one of them"
            )
            yield whole.finding("event", event.id, "/when", Code.OUTSIDE_PERIOD, message)


def releases_follow_their_documents(whole: DatasetContext) -> Iterator[Finding]:
    """A release cannot hold a document that had not been published on its day."""
    release = whole.records.release
    for source in whole.records.sources if release is not None else ():
        for n, step in enumerate(source.chain):
            earliest = step.date.earliest if step.date is not None else None
            if release is not None and earliest is not None and earliest > release.date:
                message = f"the document is of {earliest} or later, but release {release.version} is of {release.date}"
                pointer = f"/chain/{n}/date"
                yield whole.finding(
                    "source", source.id, pointer, Code.RELEASE_BEFORE_RECORDS, f"{message}; correct one of them"
                )


def _reports(event: Event, claim: Claim) -> bool:
    """Whether the claim says that something has happened.

    In an event with a plan, a statement may be about the future.
    """
    if claim.stance is not _ASSERTS:
        return False
    return claim.property is not _STATEMENT or all(other.stance is not _PLANS for other in event.claims)


def _first_day(event: Event, claim: Claim) -> dt.date | None:
    """The first day on which the claimed fact can have happened."""
    if claim.date is not None:
        return claim.date.earliest
    return (claim.window or event.when).first


def _written_by(whole: DatasetContext) -> Callable[[Iterable[Evidence]], dt.date | None]:
    """The day by which the last of these documents was certainly written; None if that is not known."""

    written = {source.id: source.written for source in whole.records.sources}

    def of_evidence(evidence: Iterable[Evidence]) -> dt.date | None:
        last = None
        for item in evidence:
            day = written.get(item.source)
            if day is None:
                return None
            if last is None or day > last:
                last = day
        return last

    return of_evidence
