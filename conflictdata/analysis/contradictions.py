"""Which live claims contradict which: by denials, by doubts and by values that cannot both be true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from conflictdata.analysis.memo import once, once_an_event
from conflictdata.analysis.possible_days import possible
from conflictdata.collector_pause import collector_paused
from conflictdata.date_windows import overlap
from conflictdata.model import Claim, Control, Count, Days, Event, EventClaim, Records, Responsibility, id_order
from conflictdata.model.claim_codes import AGAINST
from conflictdata.model.codes import Extent, Property, Stance

_OF_THE_EVENT = frozenset({Property.OCCURRED, Property.RESPONSIBILITY})
_LESS = tuple(Extent)  # the codelist is ordered from the largest extent to the smallest


def disputed(records: Records, event: Event) -> frozenset[Property]:
    """The properties of the event that a live claim denies, doubts or contradicts."""
    contradicted = contradictions_of(records, event)
    if not contradicted:
        return frozenset()
    claims = _claims(records, event)
    return frozenset([claims[address][1].property for address in contradicted])


@once
@collector_paused()  # as in `timeline`
def contradictions(records: Records) -> Mapping[str, frozenset[str]]:
    """The same as `contradictions_of`, of all events."""
    naming = records.naming_events
    chosen = {*naming, *chain.from_iterable(naming.values()), *records.denying_events}
    found = map(records.events.get, sorted(chosen, key=id_order))
    of_each = (contradictions_of(records, event) for event in found if event is not None)
    return {address: others for of_one in of_each for address, others in of_one.items()}


@once_an_event
def contradictions_of(records: Records, event: Event) -> Mapping[str, frozenset[str]]:
    """By address, each live claim of the event that is contradicted, and the live claims that contradict it.

    A denial that the event happened, or of who did it, contradicts the event itself. Any other denial contradicts only
    what a claim asserts: the loss of a place is reported as a denial too, and so is a plan that is denied.
    """
    if event.withdrawn is not None:
        return {}
    naming = naming_by_address(records, event.id).items()
    opposing = {address: found for address, those in naming if (found := _opposing(those, address))}
    if (
        not opposing
        and event.id not in records.denying_events
        and not any(claim.conflicts_with for claim in event.claims)
    ):
        return {}
    live = {address: claim for address, (_, claim) in _claims(records, event).items() if claim.live}
    against: dict[str, set[str]] = {}
    for address, claim in live.items():
        others = [other for other in claim.conflicts_with if _is_live(records, other)]
        alone = False
        if claim.stance in AGAINST:
            others = others or [other for other, its in live.items() if _is_denied(event, claim, its)]
            alone = claim.property in _OF_THE_EVENT
        others += opposing.get(address, ())
        if others or alone:
            against.setdefault(address, set()).update(others)
        for other in others:
            if other in live:
                against.setdefault(other, set()).add(address)
    return {address: frozenset(against[address]) for address in live if address in against}


@once_an_event
def _claims(records: Records, event: Event) -> Mapping[str, tuple[int, Claim]]:
    """The claims of an event with their positions, by address."""
    return {f"{event.id}#{claim.id}": (number, claim) for number, claim in enumerate(event.claims)}


def _is_live(records: Records, address: str) -> bool:
    event = records.all_events.get(address.partition("#")[0])
    known = _claims(records, event) if event is not None and event.withdrawn is None else {}
    return address in known and known[address][1].live


def claim_at(records: Records, address: str) -> EventClaim:
    """The claim at that address, without the table of all claims, which takes long to build."""
    return placed_claim(records, address)[1]


PlacedClaim = tuple[tuple[tuple[int, str], int], EventClaim]
"""The position of a claim among all claims, and the claim."""


def placed_claim(records: Records, address: str) -> PlacedClaim:
    """The claim at that address, with its position."""
    event = records.all_events[address.partition("#")[0]]
    number, claim = _claims(records, event)[address]
    return (id_order(event.id), number), EventClaim(event, claim)


def _opposing(naming: Iterable[EventClaim], address: str) -> list[str]:
    """Of the claims that name another, the live ones that contradict it; others count the same people."""
    return [
        other.id
        for other in naming
        if address in other.claim.conflicts_with and other.claim.live and other.event.withdrawn is None
    ]


def _is_denied(event: Event, denial: Claim, other: Claim) -> bool:
    """Whether a denial that names no claim in `conflicts_with` contradicts another claim of the event."""
    return other.stance is Stance.ASSERTS and denied(event, denial, other)


def naming_by_address(records: Records, event_id: str) -> Mapping[str, Sequence[EventClaim]]:
    """By address, each claim of the event that others name in `conflicts_with` or `includes`, with these in order."""
    if event_id not in records.naming_events:
        return {}
    return _by_address(records, records.all_events[event_id])


@once_an_event
def _by_address(records: Records, event: Event) -> Mapping[str, list[EventClaim]]:
    found: dict[str, list[EventClaim]] = {}
    own = f"{event.id}#"
    for other in sorted(records.naming_events[event.id], key=id_order):
        naming = records.all_events[other]
        for claim in naming.claims:
            named = claim.named()
            for address in dict.fromkeys(named) if named else ():
                if address.startswith(own):
                    found.setdefault(address, []).append(EventClaim(naming, claim))
    return found


def denied(event: Event, denial: Claim, assertion: Claim) -> bool:
    """Whether the denial or doubt is about the assertion: the same subject, on days that may be the same."""
    if denial.property is not assertion.property:
        return False
    if not overlap(possible(denial.window or event.when), possible(assertion.window or event.when)):
        return False
    match _value(denial), _value(assertion):
        case Control() as against, Control() as asserted:
            return _control(against, asserted)
        case Count() as against, Count() as asserted:
            return _count(against, asserted)
        case Days() as against, Days() as asserted:
            return overlap(possible(against), possible(asserted))
        case Responsibility() as against, Responsibility() as asserted:
            return bool(set(against.actors) & set(asserted.actors))
        case against, asserted:
            return against == asserted


def _control(denial: Control, assertion: Control) -> bool:
    """A denial of one extent also denies every larger extent; a denial without an extent denies any hold."""
    if (denial.place, denial.holder) != (assertion.place, assertion.holder):
        return False
    if denial.extent is None:
        return True
    return assertion.extent is not None and _LESS.index(assertion.extent) <= _LESS.index(denial.extent)


def _count(denial: Count, assertion: Count) -> bool:
    if (denial.of, set(denial.by), denial.unit) != (assertion.of, set(assertion.by), assertion.unit):
        return False
    above = denial.low is not None and assertion.high is not None and assertion.high < denial.low
    below = denial.high is not None and assertion.low is not None and assertion.low > denial.high
    return not above and not below


def _value(claim: Claim) -> object:
    if claim.movement is not None:
        return (claim.movement.actor, claim.movement.from_, claim.movement.to)
    return claim.control or claim.count or claim.date or claim.result or claim.responsibility or claim.statement
