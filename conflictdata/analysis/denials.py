"""Whether a denial or doubt is about what another claim asserts."""

from __future__ import annotations

from conflictdata.analysis.possible_days import possible
from conflictdata.date_windows import overlap
from conflictdata.model import Claim, Control, Count, Days, Event, Responsibility
from conflictdata.model.codes import Extent

_LESS = tuple(Extent)  # the codelist is ordered from the largest extent to the smallest


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
