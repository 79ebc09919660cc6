"""How far an event can be relied on, by one published rule: the first grade that fits."""

from __future__ import annotations

from conflictdata.analysis.affiliation import top_level
from conflictdata.analysis.disputes import disputed
from conflictdata.analysis.origins import asserting_claims, claim_origins, origins, reporting_window
from conflictdata.model import Event, Records
from conflictdata.model.codes import ClaimStatus, Grade, Property, Role

_ACTED_ON = frozenset({Role.TARGET, Role.VICTIM})
_CONTESTED = frozenset({Property.OCCURRED, Property.RESPONSIBILITY})


def grade(records: Records, event: Event) -> Grade:
    """The event's grade: the curator's override, else the one that the rule gives."""
    return event.grade_override.grade if event.grade_override is not None else computed_grade(records, event)


def computed_grade(records: Records, event: Event) -> Grade:
    """The first that fits.

    Discounted: every claim is rejected. Contested: live claims disagree whether it happened or by whom. Confirmed: a
    party that did more than be acted on states it, and another origin agrees. Fair: two origins. Weak: anything less.
    """
    if all(claim.status is ClaimStatus.REJECTED for claim in event.claims):
        return Grade.DISCOUNTED
    if disputed(records, event) & _CONTESTED:
        return Grade.CONTESTED
    voices = origins(records, event)
    if len(voices) < 2:
        return Grade.WEAK
    return Grade.CONFIRMED if _own_act_stated(records, event) else Grade.FAIR


def _own_act_stated(records: Records, event: Event) -> bool:
    days = reporting_window(records, event)
    parties = [top_level(records, who.actor, days) for who in event.participants if who.role not in _ACTED_ON]
    counted = claim_origins(records, event)
    stating = [top_level(records, claim.claimant, days) for claim in asserting_claims(event) if claim.id in counted]
    return any(party & claimant for party in parties for claimant in stating)
