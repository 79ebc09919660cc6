"""UCDP's type of violence of an event, from its participants and its type."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from conflictdata.analysis.affiliation import descendants
from conflictdata.model import Event, Participant, Records
from conflictdata.model.codes import ActorKind, EventType, Role


class ViolenceType(StrEnum):
    """Mirrors `codelists/violence-types.csv`."""

    STATE_BASED = "state_based"
    NON_STATE = "non_state"
    ONE_SIDED = "one_sided"


_STATES = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE})
_ORGANISED = _STATES | {ActorKind.ARMED_GROUP, ActorKind.COALITION, ActorKind.POLITICAL_PARTY}
_AGAINST_CIVILIANS = frozenset(
    {EventType.ATTACK_ON_CIVILIANS, EventType.ABDUCTION, EventType.SEXUAL_VIOLENCE, EventType.KILLINGS}
)
_BOMBS = frozenset({EventType.SUICIDE_BOMBING, EventType.EXPLOSIVE_DEVICE, EventType.GRENADE_ATTACK})
_FIGHTING = _BOMBS | {
    *(EventType.ARMED_CLASH, EventType.ATTACK_REPELLED, EventType.TERRITORY_CAPTURED, EventType.ATTACK),
    *(EventType.AIR_STRIKE, EventType.SHELLING, EventType.CHEMICAL_ATTACK),
    *(EventType.BATTLE, EventType.OFFENSIVE, EventType.SIEGE, EventType.AIR_CAMPAIGN),
    EventType.BOMBARDMENT,
}


def violence_type(records: Records, event: Event) -> ViolenceType | None:
    """The type of violence by UCDP's rules; None if it is not violence, or if no opponent is known.

    An attack on an armed party that also kills civilians has the type of the fight that it belongs to. A supporter does
    not set the type: an air strike in support of a group counts as that group's fight.
    """
    acting = [who for who in event.participants if who.side == 1 or who.role is Role.PERPETRATOR]
    if not any(_organised(records, who) for who in acting):
        return None
    if event.type in _AGAINST_CIVILIANS:
        return ViolenceType.ONE_SIDED
    if event.type not in _FIGHTING:
        return None
    one, two = principals(records, event, 1), principals(records, event, 2)
    if one and two:
        states = any(is_state(records, actor) for actor in (*one, *two))
        return ViolenceType.STATE_BASED if states else ViolenceType.NON_STATE
    aimed_at = {who.role for who in event.participants if not _organised(records, who)}
    if Role.TARGET in aimed_at or (Role.VICTIM in aimed_at and event.type in _BOMBS):
        return ViolenceType.ONE_SIDED
    return None


def is_state(records: Records, actor_id: str) -> bool:
    """Whether the actor is a state, a force of one, or a coalition that a state is part of."""
    actor = records.actors.get(actor_id)
    if actor is None or actor.kind is not ActorKind.COALITION:
        return actor is not None and actor.kind in _STATES
    members = (records.actors.get(member) for member in descendants(records, actor_id))
    return any(member is not None and member.kind in _STATES for member in members)


def _organised(records: Records, who: Participant) -> bool:
    actor = records.actors.get(who.actor)
    return actor is not None and actor.kind in _ORGANISED


def principals(records: Records, event: Event, side: int) -> frozenset[str]:
    """The actors that fight on that side in the event, or else in an operation around it.

    A mere supporter is replaced by the actor that it supports.
    """
    own = _organised_on(records, event, side)
    leading = {who.actor for who in own if who.role is not Role.SUPPORTER} or {who.actor for who in own}
    others = {who.actor for who in _organised_on(records, event, 3 - side)}
    for operation in _around(records, event):
        for there in (_organised_on(records, operation, 1), _organised_on(records, operation, 2)):
            leaders = frozenset(who.actor for who in there if who.role is not Role.SUPPORTER)
            supporters = {who.actor for who in there if who.role is Role.SUPPORTER}
            if leading and leading <= supporters and leaders:
                return leaders
            if not leading and leaders and not others & {who.actor for who in there}:
                return leaders
    return frozenset(leading)


def _organised_on(records: Records, event: Event, side: int) -> list[Participant]:
    return [who for who in event.participants if who.side == side and _organised(records, who)]


def _around(records: Records, event: Event) -> Iterator[Event]:
    """The operations that the event is part of, the innermost first."""
    passed = {event.id}
    while event.part_of is not None and event.part_of not in passed:
        passed.add(event.part_of)
        whole = records.all_events.get(event.part_of)
        if whole is None:
            return
        yield whole
        event = whole
