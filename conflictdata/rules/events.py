"""Rules within one event: what its kind may hold, and the claims it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from conflictdata.codelists import codelist
from conflictdata.findings import Code, Finding
from conflictdata.model import Event
from conflictdata.model.codes import CountScope, EventKind, Property


def kind_fits_type(file: str, event: Event) -> Iterator[Finding]:
    """A battle or siege is an operation whatever its size; an air strike never is."""
    wanted = _kinds()[event.type]
    if wanted != event.kind:
        told = f"{event.type} is the type of an {wanted}, and this is an {event.kind}"
        yield Finding(file, "/type", Code.KIND_TYPE_MISMATCH, told)


def totals_belong_to_operations(file: str, event: Event) -> Iterator[Finding]:
    """A total over a period or the strength of a force says nothing of what one incident did."""
    if event.kind is not EventKind.INCIDENT:
        return
    for n, claim in enumerate(event.claims):
        if claim.count is None:
            continue
        if claim.count.scope in (CountScope.PERIOD_TOTAL, CountScope.RUNNING_TOTAL):
            told = f"{claim.id} is a {claim.count.scope} on an incident; put it on the operation that it is about"
            yield Finding(file, f"/claims/{n}/count/scope", Code.TOTAL_ON_INCIDENT, told)
        elif claim.property is Property.STRENGTH:
            told = f"{claim.id} is a strength on an incident; put it on the operation that it is about"
            yield Finding(file, f"/claims/{n}/property", Code.TOTAL_ON_INCIDENT, told)


def claim_ids_are_distinct(file: str, event: Event) -> Iterator[Finding]:
    """A claim is addressed by its id, which therefore belongs to one claim only."""
    if len({claim.id for claim in event.claims}) == len(event.claims):
        return
    seen: set[str] = set()
    for n, claim in enumerate(event.claims):
        if claim.id in seen:
            yield Finding(file, f"/claims/{n}/id", Code.REPEATED_ID, f"{claim.id} is also the id of an earlier claim")
        seen.add(claim.id)


def participants_name_own_claims(file: str, event: Event) -> Iterator[Finding]:
    """A participant that rests on a claim rests on one of this event."""
    held = {claim.id for claim in event.claims}
    for n, participant in enumerate(event.participants):
        for m, named in enumerate(participant.claims):
            if named not in held:
                told = f"{participant.actor} rests on {named}, and the event has no such claim"
                yield Finding(file, f"/participants/{n}/claims/{m}", Code.UNKNOWN_CLAIM, told)


def conflicts_point_back(file: str, event: Event) -> Iterator[Finding]:
    """A conflict stands once, on the later claim, so that no pair is told twice or from the wrong end."""
    for n, claim in enumerate(event.claims):
        for m, other in enumerate(claim.conflicts_with):
            if _order(other) > _order(f"{event.id}#{claim.id}"):
                told = f"{other} comes after {event.id}#{claim.id}; say it there"
                yield Finding(file, f"/claims/{n}/conflicts_with/{m}", Code.CONFLICT_NOT_LATER, told)


@cache
def _kinds() -> dict[str, str]:
    return {row["code"]: row["kind"] for row in codelist("event-types")}


def _order(address: str) -> tuple[int, int]:
    event, claim = address.split("#")
    return (int(event.removeprefix("CD-")), int(claim.removeprefix("c")))
