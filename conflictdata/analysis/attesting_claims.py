"""Which claims attest an event. Such a claim says that the event happened, not only something about it."""

from __future__ import annotations

from conflictdata.model import Claim, Event
from conflictdata.model.codes import EventKind, Property, Stance

ATTESTING_PROPERTIES = frozenset(
    {
        *(Property.OCCURRED, Property.CONTROL, Property.RESULT, Property.RESPONSIBILITY),
        *(Property.KILLED, Property.INJURED, Property.CASUALTIES, Property.CAPTURED, Property.MISSING),
        *(Property.DISPLACED, Property.ATTACKS, Property.RECOVERED, Property.TAKEN, Property.DESTROYED),
    }
)
"""A claim about one of these properties can only be true if the event happened."""

_ASSERTS = Stance.ASSERTS  # asked of every claim several times; the name is found in a tenth of the time


def attests(event: Event, claim: Claim) -> bool:
    """Whether the claim says that the event happened.

    The member `attests` of a claim decides where it is given. Otherwise a live claim attests if it asserts one of
    `ATTESTING_PROPERTIES`, or a movement of a participant. A comment, a plan, a strength or a capacity does not attest,
    nor does a claim about who holds a place while an operation lasts.
    """
    if claim.status is not None:
        return False
    if claim.attests is not None:
        return claim.attests
    if claim.stance is not _ASSERTS:
        return False
    if claim.movement is not None:
        return claim.movement.actor in {participant.actor for participant in event.participants}
    if claim.control is not None and event.kind is EventKind.OPERATION:
        return claim.control.from_ is not None
    return claim.property in ATTESTING_PROPERTIES


def attesting_claims(event: Event) -> tuple[Claim, ...]:
    """The claims that say that the event happened, in the record's order."""
    return tuple([claim for claim in event.claims if attests(event, claim)])
