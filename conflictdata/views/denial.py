"""What a denial stands against where it names no claim: whatever its event asserts that cannot be true with it."""

from __future__ import annotations

from conflictdata.dates import overlap
from conflictdata.model import Claim, Control, Count, Event
from conflictdata.model.codes import Extent
from conflictdata.views.days import possible

_LESS = tuple(Extent)  # the codelist goes from the whole to the least


def denied(event: Event, denial: Claim, assertion: Claim) -> bool:
    """Whether the assertion is among what is denied or doubted: of the same subject, on days that may be the same."""
    if denial.property is not assertion.property:
        return False
    if not overlap(possible(denial.window or event.when), possible(assertion.window or event.when)):
        return False
    if denial.control is not None and assertion.control is not None:
        return _control(denial.control, assertion.control)
    if denial.count is not None and assertion.count is not None:
        return _count(denial.count, assertion.count)
    if denial.date is not None and assertion.date is not None:
        return overlap(possible(denial.date), possible(assertion.date))
    return _subject(denial) == _subject(assertion)


def _control(denial: Control, assertion: Control) -> bool:
    """Who does not hold so much of a place holds no more of it; who is denied any hold holds none."""
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


def _subject(claim: Claim) -> object:
    if claim.movement is not None:
        return (claim.movement.actor, claim.movement.from_, claim.movement.to)
    return claim.result or claim.responsibility or claim.statement
