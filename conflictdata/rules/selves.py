"""Rules on references that lead back to where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.findings import Code, Finding
from conflictdata.model import Event, Record
from conflictdata.rules.walks import links_of


def records_name_others(file: str, record: Record) -> Iterator[Finding]:
    """Nothing is part of itself, lies within itself, or replaces or contradicts itself."""
    for link in links_of(record):
        if link.id == record.id:
            told = f"{record.id} names itself where another record is meant"
            yield Finding(file, link.pointer, Code.SELF_REFERENCE, told)


def claims_name_others(file: str, event: Event) -> Iterator[Finding]:
    """No claim includes or contradicts itself, and nobody takes a place from himself."""
    for n, claim in enumerate(event.claims):
        own = f"{event.id}#{claim.id}"
        for m, other in enumerate(claim.conflicts_with):
            if other == own:
                yield _of_claim(file, f"/claims/{n}/conflicts_with/{m}", f"{claim.id} is said to contradict itself")
        for m, other in enumerate(claim.count.includes if claim.count else ()):
            if other == own:
                yield _of_claim(file, f"/claims/{n}/count/includes/{m}", f"{claim.id} is said to be part of itself")
        if claim.control is not None and claim.control.from_ == claim.control.holder:
            told = f"{claim.control.holder} is said to have taken the place from itself"
            yield _of_claim(file, f"/claims/{n}/control/from", told)


def _of_claim(file: str, pointer: str, told: str) -> Finding:
    return Finding(file, pointer, Code.SELF_REFERENCE, told)
