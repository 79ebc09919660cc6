"""Rules on counts within one record: the two numbers fit each other and the bound."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.findings import Code, Finding
from conflictdata.model import Count, Event
from conflictdata.model.codes import Bound


def low_is_not_above_high(file: str, event: Event) -> Iterator[Finding]:
    """A count from 12 to 9 is two numbers exchanged, or a slip."""
    for at, count in _counts(event):
        if count.low is not None and count.high is not None and count.low > count.high:
            yield Finding(file, f"{at}/low", Code.RANGE_REVERSED, f"low is {count.low}, above high, {count.high}")


def numbers_fit_the_bound(file: str, event: Event) -> Iterator[Finding]:
    """One number is one number: only a range has two, and a range of one number is none."""
    for at, count in _counts(event):
        if count.low is None or count.high is None or count.low > count.high:
            continue
        if count.bound in (Bound.EXACT, Bound.ABOUT) and count.low != count.high:
            told = f"bound is {count.bound}, so that low and high are one number; they are {count.low} and {count.high}"
            yield Finding(file, f"{at}/bound", Code.BOUND_MISMATCH, told)
        elif count.bound is Bound.RANGE and count.low == count.high:
            told = f"bound is range, but low and high are both {count.low}; use exact or about"
            yield Finding(file, f"{at}/bound", Code.BOUND_MISMATCH, told)


def _counts(event: Event) -> Iterator[tuple[str, Count]]:
    for n, claim in enumerate(event.claims):
        if claim.count is not None:
            yield f"/claims/{n}/count", claim.count
