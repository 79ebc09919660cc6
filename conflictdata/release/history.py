"""What was released stays: an id keeps its meaning, a record becomes a tombstone, a claim is rejected or superseded."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.findings import Code, Finding
from conflictdata.model import Claim, Event, Records
from conflictdata.release.diffing import KINDS, table_of


def check_history(past: Records, now: Records) -> Iterator[Finding]:
    """What of an earlier release has been lost, or means something else now."""
    version = past.release.version if past.release else "an earlier state"
    for kind in KINDS:
        for before in table_of(past, kind):
            path = f"{kind}/{before.id}"
            after = table_of(now, kind).get(before.id)
            if after is None:
                lost = f"{path} is in release {version} and is gone; withdraw it with a tombstone instead"
                yield Finding(path, "", Code.RELEASED_ID_LOST, lost)
            elif before.withdrawn is not None and after.withdrawn is None:
                alive = f"{path} was withdrawn in release {version}; a tombstone stays, take a new id"
                yield Finding(path, "/withdrawn", Code.RELEASED_ID_REUSED, alive)
            elif isinstance(before, Event) and isinstance(after, Event):
                yield from _check_claims(before, after, path, version)


def _check_claims(before: Event, after: Event, path: str, version: str) -> Iterator[Finding]:
    now = {claim.id: claim for claim in after.claims}
    for claim in before.claims:
        pointer = f"/claims/{claim.id}"
        if claim.id not in now:
            lost = f"claim {claim.id} is in release {version} and is gone; reject or supersede it instead"
            yield Finding(path, pointer, Code.RELEASED_ID_LOST, lost)
        elif not _akin(claim, now[claim.id]):
            other = f"claim {claim.id} of release {version} said something else, elsewhere; take the next free id"
            yield Finding(path, pointer, Code.RELEASED_ID_REUSED, other)


def _akin(one: Claim, other: Claim) -> bool:
    """Whether two claims can be one claim, corrected: of the same property, or from the same paragraph."""
    shared = {(e.source, e.paragraph) for e in one.evidence} & {(e.source, e.paragraph) for e in other.evidence}
    return one.property is other.property or bool(shared)
