"""What a denial stands against where it names no claim: whatever its event asserts that cannot be true with it."""

from __future__ import annotations

from conflictdata.dates import overlap
from conflictdata.model import Claim, Control, Count, Days, Event
from conflictdata.model.codes import Extent
from conflictdata.views.days import possible

_LESS = tuple(Extent)  # the codelist goes from the whole to the least


def denied(event: Event, denial: Claim, assertion: Claim) -> bool:
    """Whether the assertion is among what is denied or doubted: of the same subject, on days that may be the same."""
    if denial.property is not assertion.property:
        return False
    if not overlap(possible(denial.window or event.when), possible(assertion.window or event.when)):
        return False
    match _value(denial), _value(assertion):
        case Control() as against, Control() as said:
            return _control(against, said)
        case Count() as against, Count() as said:
            return _count(against, said)
        case Days() as against, Days() as said:
            return overlap(possible(against), possible(said))
        case against, said:
            return against == said


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


def _value(claim: Claim) -> object:
    if claim.movement is not None:
        return (claim.movement.actor, claim.movement.from_, claim.movement.to)
    return claim.control or claim.count or claim.date or claim.result or claim.responsibility or claim.statement
