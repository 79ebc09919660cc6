"""Rules on events and their claims: kinds, ids, counts, totals and parts, and what belongs to an operation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache

from conflictdata.codelists import codelist
from conflictdata.date_windows import overlap
from conflictdata.findings import Code, Finding
from conflictdata.model import Claim, Event, Population
from conflictdata.model.codes import Bound, CountScope, EventKind, PopulationStatus, Property, Stance
from conflictdata.rules.context import DatasetContext

# A member of an enum takes ten times as long to look up as a name, and each claim is compared with these.
_INCIDENT, _ASSERTS, _STRENGTH = EventKind.INCIDENT, Stance.ASSERTS, Property.STRENGTH
_TOTALS = (CountScope.PERIOD_TOTAL, CountScope.RUNNING_TOTAL)
_ONE_NUMBER, _RANGE = (Bound.EXACT, Bound.ABOUT), Bound.RANGE


def kind_fits_type(file: str, event: Event) -> Iterator[Finding]:
    """A battle or siege is an operation, whatever its size; an air strike never is."""
    wanted = _kinds()[event.type]
    if wanted != event.kind:
        message = f"{event.type} is a type of {wanted}, but `kind` is {event.kind}; correct one of them"
        yield Finding(file, "/type", Code.KIND_TYPE_MISMATCH, message)


def totals_belong_to_operations(file: str, event: Event) -> Iterator[Finding]:
    """A total over a period, or the strength of a force, does not describe one incident."""
    if event.kind is not _INCIDENT:
        return
    for n, claim in enumerate(event.claims):
        if claim.count is None:
            continue
        if claim.count.scope in _TOTALS:
            message = (
                f"{claim.id} has the scope {claim.count.scope} on an incident;"
                f" move it to the operation that it describes"
            )
            yield Finding(file, f"/claims/{n}/count/scope", Code.TOTAL_ON_INCIDENT, message)
        elif claim.property is _STRENGTH:
            message = f"{claim.id} states a strength on an incident; move it to the operation that it describes"
            yield Finding(file, f"/claims/{n}/property", Code.TOTAL_ON_INCIDENT, message)


def claim_ids_are_distinct(file: str, event: Event) -> Iterator[Finding]:
    """A claim is addressed by its id, so the id must be unique in the event."""
    if len({claim.id for claim in event.claims}) == len(event.claims):
        return
    seen: set[str] = set()
    for n, claim in enumerate(event.claims):
        if claim.id in seen:
            message = f"{claim.id} is also the id of an earlier claim; give one of them the next free id"
            yield Finding(file, f"/claims/{n}/id", Code.REPEATED_ID, message)
        seen.add(claim.id)


def participants_name_own_claims(file: str, event: Event) -> Iterator[Finding]:
    """The claims of a participant must be claims of this event."""
    naming = [(n, participant.claims) for n, participant in enumerate(event.participants) if participant.claims]
    held = {claim.id for claim in event.claims} if naming else set()
    for n, claims in naming:
        for m, named in enumerate(claims):
            if named not in held:
                message = f"the event has no claim {named}; correct the id, or add the claim"
                yield Finding(file, f"/participants/{n}/claims/{m}", Code.UNKNOWN_CLAIM, message)


def conflicts_point_back(file: str, event: Event) -> Iterator[Finding]:
    """A conflict is recorded once, on the later claim."""
    for n, claim in enumerate(event.claims):
        for m, other in enumerate(claim.conflicts_with) if claim.conflicts_with else ():
            if _order(other) > _order(f"{event.id}#{claim.id}"):
                message = f"{other} is later than {event.id}#{claim.id}; put `conflicts_with` on the later claim"
                yield Finding(file, f"/claims/{n}/conflicts_with/{m}", Code.CONFLICT_NOT_LATER, message)


@cache
def _kinds() -> dict[str, str]:
    return {row["code"]: row["kind"] for row in codelist("event-types")}


def _order(address: str) -> tuple[int, int]:
    event, claim = address.split("#")
    return (int(event.removeprefix("CD-")), int(claim.removeprefix("c")))


def low_is_not_above_high(file: str, event: Event) -> Iterator[Finding]:
    """In a count from 12 to 9 the numbers are exchanged or mistyped."""
    for n, claim in enumerate(event.claims):
        count = claim.count
        if count is not None and count.low is not None and count.high is not None and count.low > count.high:
            message = f"low {count.low} is more than high {count.high}; exchange or correct them"
            yield Finding(file, f"/claims/{n}/count/low", Code.RANGE_REVERSED, message)


def numbers_fit_the_bound(file: str, event: Event) -> Iterator[Finding]:
    """Only the bound `range` has two different numbers."""
    for n, claim in enumerate(event.claims):
        count = claim.count
        if count is None or count.low is None or count.high is None or count.low > count.high:
            continue
        if count.bound in _ONE_NUMBER and count.low != count.high:
            message = f"low {count.low} and high {count.high} differ, but bound is {count.bound}; use bound range"
            yield Finding(file, f"/claims/{n}/count/bound", Code.BOUND_MISMATCH, message)
        elif count.bound is _RANGE and count.low == count.high:
            message = f"low and high are both {count.low}, but bound is range; use bound exact or about"
            yield Finding(file, f"/claims/{n}/count/bound", Code.BOUND_MISMATCH, message)


_SIDES = (PopulationStatus.CIVILIAN, PopulationStatus.COMBATANT)


def parts_within_their_total(file: str, event: Event) -> Iterator[Finding]:
    """If a claimant's total and all its parts are in one event, the event alone shows whether they fit."""
    totals = [(n, claim) for n, claim in enumerate(event.claims) if claim.count is not None and claim.count.includes]
    by_address = {f"{event.id}#{claim.id}": claim for claim in event.claims} if totals else {}
    for n, claim in totals:
        if _all_inside(event, claim):
            for message in _excess(claim, by_address.get):
                yield Finding(file, f"/claims/{n}/count/includes", Code.PARTS_EXCEED_TOTAL, message)


def parts_elsewhere_within_their_total(whole: DatasetContext) -> Iterator[Finding]:
    """A campaign's total includes the claims of its incidents, which lie in other records."""
    for event in whole.records.all_events:
        for n, claim in enumerate(event.claims):
            if claim.count is not None and claim.count.includes and not _all_inside(event, claim):
                for message in _excess(claim, whole.claim):
                    pointer = f"/claims/{n}/count/includes"
                    yield whole.finding("event", event.id, pointer, Code.PARTS_EXCEED_TOTAL, message)


def _all_inside(event: Event, claim: Claim) -> bool:
    return claim.count is not None and all(part.partition("#")[0] == event.id for part in claim.count.includes)


def _excess(total: Claim, claim_at: Callable[[str], Claim | None]) -> Iterator[str]:
    """The message for a total that its parts certainly exceed.

    Claimants may contradict each other, but not themselves.
    """
    count = total.count
    if count is None or count.high is None or not counts_what_was(total):
        return
    parts = {address: claim_at(address) for address in count.includes}
    inner = {address for part in parts.values() if part and part.count for address in part.count.includes}
    lows: dict[object, list[Decimal]] = defaultdict(list)
    for address, part in parts.items():
        if part is None or part.count is None or part.count.low is None or address in inner:
            continue
        same = (part.claimant, part.property, part.count.unit) == (total.claimant, total.property, count.unit)
        if same and counts_what_was(part):
            lows[_apart(part.count.of)].append(_exact(part.count.low))
    largest = max(lows.values(), key=sum, default=[])
    if sum(largest) > _exact(count.high):
        added = " + ".join(map(str, largest))
        yield f"the parts are at least {added}, but their total is at most {count.high}; correct one of them"


def _exact(number: int | float) -> Decimal:
    """The number as it is written, because as binary fractions 0.1 + 0.2 is more than 0.3."""
    return Decimal(repr(number))


def counts_what_was(claim: Claim) -> bool:
    return claim.stance is _ASSERTS and claim.status is None


def _apart(of: Population | None) -> object:
    """Parts with different populations of one such key share nobody and can be added.

    Children may also be civilians.
    """
    if of is None:
        return None
    return (of.nationality, of.item, "a side" if of.status in _SIDES else (of.status, of.actor))


def only_operations_have_parts(whole: DatasetContext) -> Iterator[Finding]:
    """Only an operation has parts; an incident is the smallest event."""
    for event, around in _parts(whole):
        if around.kind is not EventKind.OPERATION:
            message = f"{around.id} is an incident, but only an operation has parts; name an operation"
            yield whole.finding("event", event.id, "/part_of", Code.PART_OF_INCIDENT, message)


def parts_lie_within_the_days_of_the_operation(whole: DatasetContext) -> Iterator[Finding]:
    """A part cannot be over before its operation begins, or begin after it ends."""
    for event, around in _parts(whole):
        part, days = (event.when.first, event.when.last), (around.when.first, around.when.last)
        if not overlap(part, days):
            message = (
                f"{event.id} ({_days(*part)}) is outside the days of {around.id} ({_days(*days)}); correct one of them"
            )
            yield whole.finding("event", event.id, "/part_of", Code.OUTSIDE_OPERATION, message)


def _parts(whole: DatasetContext) -> Iterator[tuple[Event, Event]]:
    for event in whole.records.all_events:
        around = whole.records.all_events.get(event.part_of) if event.part_of is not None else None
        if around is not None and around is not event:
            yield event, around


def _days(first: object, last: object) -> str:
    return f"{first or '...'} to {last or '...'}"
