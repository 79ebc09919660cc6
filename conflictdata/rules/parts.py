"""Rules on totals: the claims that a count includes cannot add up to more than the count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal

from conflictdata.findings import Code, Finding
from conflictdata.model import Claim, Event, Population
from conflictdata.model.codes import PopulationStatus, Stance
from conflictdata.rules.whole import Whole

_SIDES = (PopulationStatus.CIVILIAN, PopulationStatus.COMBATANT)


def parts_within_their_total(file: str, event: Event) -> Iterator[Finding]:
    """Where a claimant's total and all its parts lie in one event, the event alone shows whether they fit."""
    by_address = {f"{event.id}#{claim.id}": claim for claim in event.claims}
    for n, claim in enumerate(event.claims):
        if claim.count is not None and claim.count.includes and _all_inside(event, claim):
            for told in _excess(claim, by_address.get):
                yield Finding(file, f"/claims/{n}/count/includes", Code.PARTS_EXCEED_TOTAL, told)


def parts_elsewhere_within_their_total(whole: Whole) -> Iterator[Finding]:
    """A campaign's total includes the claims of its incidents, which lie in other records."""
    for event in whole.records.events:
        for n, claim in enumerate(event.claims):
            if claim.count is not None and claim.count.includes and not _all_inside(event, claim):
                for told in _excess(claim, whole.claim):
                    pointer = f"/claims/{n}/count/includes"
                    yield whole.finding("event", event.id, pointer, Code.PARTS_EXCEED_TOTAL, told)


def _all_inside(event: Event, claim: Claim) -> bool:
    return claim.count is not None and all(part.partition("#")[0] == event.id for part in claim.count.includes)


def _excess(total: Claim, claim_at: Callable[[str], Claim | None]) -> Iterator[str]:
    """What is wrong with a total, as far as it is certain: claimants may contradict each other, not themselves."""
    count = total.count
    if count is None or count.high is None or not _counts_what_was(total):
        return
    parts = {address: claim_at(address) for address in count.includes}
    inner = {address for part in parts.values() if part and part.count for address in part.count.includes}
    lows: dict[object, list[Decimal]] = defaultdict(list)
    for address, part in parts.items():
        if part is None or part.count is None or part.count.low is None or address in inner:
            continue
        same = (part.claimant, part.property, part.count.unit) == (total.claimant, total.property, count.unit)
        if same and _counts_what_was(part):
            lows[_apart(part.count.of)].append(_exact(part.count.low))
    largest = max(lows.values(), key=sum, default=[])
    if sum(largest) > _exact(count.high):
        added = " + ".join(map(str, largest))
        yield f"the parts are at least {added}, more than the {count.high} that they are part of"


def _exact(number: int | float) -> Decimal:
    """The number as it is written, because 0.1 and 0.2 as binary fractions are together more than 0.3."""
    return Decimal(repr(number))


def _counts_what_was(claim: Claim) -> bool:
    return claim.live and claim.stance is Stance.ASSERTS


def _apart(of: Population | None) -> object:
    """Parts with one key have nobody in common and can be added; children, say, may also be among the civilians."""
    if of is None:
        return None
    return (of.nationality, of.item, "a side" if of.status in _SIDES else (of.status, of.actor))
