"""Rules on numbers of one claimant that cannot both be meant, or that may be one number entered twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from conflictdata.date_windows import Window, overlap
from conflictdata.findings import Code, Finding
from conflictdata.model import Claim, Count, Event
from conflictdata.model.codes import Attribution, CountScope, EventKind, Unit
from conflictdata.rules.claims import counts_what_was
from conflictdata.rules.context import DatasetContext
from conflictdata.text import quote

# Names for members of enums, as in `claims`.
_UNNAMED, _PERSON = Attribution.UNNAMED, Unit.PERSON
_TOTALS = (CountScope.PERIOD_TOTAL, CountScope.RUNNING_TOTAL)

Numbered = tuple[int, Claim, Count]
"""The position of a claim in its event, the claim and its count."""


def _numbers(event: Event) -> list[Numbered]:
    """The numbers that named claimants assert of what was."""
    return [
        (n, claim, claim.count)
        for n, claim in enumerate(event.claims)
        if claim.count is not None and _is_number_of_somebody(claim)
    ]


def _is_number_of_somebody(claim: Claim) -> bool:
    """Whether a named claimant asserts the claim's number of what was."""
    return claim.attribution is not _UNNAMED and counts_what_was(claim)


def one_claimant_gives_one_number(file: str, event: Event) -> Iterator[Finding]:
    """Two numbers of people by one claimant on one day are a slip, a part of the other, or of other people."""
    dated = [
        (day, n, claim, count)
        for n, claim in enumerate(event.claims)
        if (count := claim.count) is not None and (days := claim.stated_on) is not None and count.unit is _PERSON
        if (day := days.earliest) is not None and (days.latest is day or days.latest == day)
        if _is_number_of_somebody(claim)
    ]
    if len(dated) < 2:
        return
    said: dict[object, list[Numbered]] = defaultdict(list)
    for day, n, claim, count in dated:
        key = (claim.claimant, claim.property, count.scope, count.of, count.by, claim.window, claim.where)
        said[(*key, day)].append((n, claim, count))
    for claims in said.values():
        for position, (n, claim, count) in enumerate(claims):
            for _, other, earlier in claims[:position]:
                if _disjoint(earlier, count) and not _connected(event, other, claim):
                    message = (
                        f"{claim.claimant} says {quote(earlier.as_stated)} in {other.id} and {quote(count.as_stated)}"
                        f" in {claim.id} about the same people on the same day; add `conflicts_with` or `includes`, or"
                        " state which people each counts"
                    )
                    yield Finding(file, f"/claims/{n}/count", Code.TWO_VALUES, message)


def _disjoint(one: Count, other: Count) -> bool:
    """Whether no number fits both."""
    return any(
        first.high is not None and second.low is not None and first.high < second.low
        for first, second in ((one, other), (other, one))
    )


def _connected(event: Event, one: Claim, other: Claim) -> bool:
    """Whether a claim says how the two go together: one contradicts or includes the other, or both are parts of one.

    Two totals that each name their parts are told apart by them.
    """
    if one.count is not None and other.count is not None and one.count.includes and other.count.includes:
        return True
    pair = {f"{event.id}#{one.id}", f"{event.id}#{other.id}"}
    for claim in event.claims:
        includes = {*claim.count.includes} if claim.count is not None else set()
        if pair <= includes or (claim in (one, other) and pair & (includes | {*claim.conflicts_with})):
            return True
    return False


def totals_are_not_incidents(whole: DatasetContext) -> Iterator[Finding]:
    """A number that is said of an incident and as a total of its operation may be one statement, entered twice."""
    for event in whole.records.all_events:
        if event.kind is not EventKind.INCIDENT or event.withdrawn is not None:
            continue
        totals = [(around, total) for around in _around(whole, event) for total in _numbers(around)]
        for n, claim, count in _numbers(event) if totals else ():
            for around, (_, total, other) in totals:
                if _repeats(claim, count, total, other) and overlap(_days(event, claim), _days(around, total)):
                    message = (
                        f"{claim.claimant} says {quote(count.as_stated)} here and in the total {around.id}#{total.id};"
                        " list this claim in the `includes` of the total, or remove one of them"
                    )
                    yield whole.finding("event", event.id, f"/claims/{n}/count", Code.TOTAL_REPEATED, message)


def _around(whole: DatasetContext, event: Event) -> Iterator[Event]:
    """The operations that the event is part of."""
    passed = {event.id}
    while event.part_of is not None and event.part_of not in passed:
        passed.add(event.part_of)
        around = whole.records.all_events.get(event.part_of)
        if around is None:
            return
        yield around
        event = around


def _repeats(claim: Claim, count: Count, total: Claim, other: Count) -> bool:
    """Whether the claim says of an incident what a total, whose parts nobody has named, says of its operation."""
    if other.scope not in _TOTALS or other.includes or count.low is None:
        return False
    same = (claim.claimant, claim.property, count.unit, count.low, count.high, count.of)
    return same == (total.claimant, total.property, other.unit, other.low, other.high, other.of)


def _days(event: Event, claim: Claim) -> Window:
    when = claim.window or event.when
    return (when.first, when.last)
