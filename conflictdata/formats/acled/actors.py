"""Who stands on each side of a row, and whose word it rests on, by the names that the layout has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conflictdata.analysis.acled_mapping import by_code, inherited_layout_name
from conflictdata.analysis.origins import first_publisher, origins
from conflictdata.codelists import codes
from conflictdata.formats.skip_reasons import AcledReason, Refusal
from conflictdata.model import Actor, Event, LayoutName, Participant, Records, Source
from conflictdata.model.codes import ActorKind, EventType, Role

BATTLES = "Battles"
"""The event type in which civilians are nobody's associates."""

CIVILIANS_ATTACKED = "Violence against civilians"
"""The event type in which the victim is always the second actor."""

REMOTE = "Explosions/Remote violence"
"""The event type of bombs and fire from afar."""

STRATEGIC = "Strategic developments"
"""The event type of what is no violence."""

UNIDENTIFIED = "Unidentified Armed Group ({})"
"""What the layout calls an armed group that nobody names, by country."""

POLITICAL_MILITIA = 3
"""The inter code of an unidentified armed group."""

_GROUPS = frozenset({ActorKind.ARMED_GROUP, ActorKind.COALITION})
_ARMED = _GROUPS | {ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.POLITICAL_PARTY}

CIVILIAN = "Civilians ({})"
"""What the layout calls people who do not fight, by country."""

CIVILIANS = 7
"""The inter code of civilians."""


@dataclass(frozen=True, slots=True)
class Side:
    """The actor that stands first, its inter code, and the names of those with it; empty and 0 if there is nobody.

    It is `unidentified` where no document names anybody.
    """

    actor: str = ""
    inter: int = 0
    associates: tuple[str, ...] = ()
    unidentified: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides, and the participants that the layout has no place for: without a side, or without a name in it.

    `nameless` are those for whom the layout's unidentified armed group or its civilians stand.
    """

    one: Side
    two: Side
    unplaced: tuple[Participant, ...]
    nameless: tuple[Participant, ...] = ()

    @property
    def interaction(self) -> int:
        """The two inter codes, the lower first; ten times the one where there is only one."""
        low, high = sorted((self.one.inter, self.two.inter))
        return low * 10 + high if low else high * 10

    @property
    def interaction_label(self) -> str:
        """The interaction in words."""
        return by_code("acled-interaction")[str(self.interaction)]["title"]


def acting(event: Event, event_type: str) -> Refusal | None:
    """Why there is nobody to stand first."""
    if any(who.side == 1 for who in event.participants):
        return None
    if any(who.side == 2 for who in event.participants) and _by_somebody(event, event_type):
        return None
    return Refusal(AcledReason.NO_ACTOR, "No document says who did it: no participant is on side 1.")


def _by_somebody(event: Event, event_type: str) -> bool:
    """Whether an armed group that nobody names can have done it: it has no aircraft."""
    if event.type in (EventType.AIR_STRIKE, EventType.AIR_CAMPAIGN):
        return False
    return event_type in (BATTLES, REMOTE, CIVILIANS_ATTACKED) or event.type is EventType.CONTROL_CHANGED


def sides_of(records: Records, event: Event, event_type: str, iso3: str, day: dt.date) -> Sides | Refusal:
    """The participants by side, the first that has a name leading; in violence against civilians the victim leads.

    Civilians whom bombs or fire hit stand with the target, and alone where there is no other.
    The layout's unidentified armed group stands for a side that there must have been and that no document names, and
    for an armed group that has no name in the layout; its civilians for people attacked who have none.
    """
    first = [who for who in event.participants if who.side == 1]
    second = [who for who in event.participants if who.side == 2]
    if event_type == CIVILIANS_ATTACKED and (victim := _victim(event)):
        first = [who for who in first if who is not victim]
        second = [victim, *(who for who in second if who is not victim)]
    if not first and not _by_somebody(event, event_type):
        return Refusal(AcledReason.NO_ACTOR, "The only participant on side 1 is the victim.")
    names = {who.actor: inherited_layout_name(records, who.actor, iso3, day) for who in event.participants}
    if event_type == REMOTE:
        second += [who for who in event.participants if who.side is None and _civilians_hit(who, names)]
    where = by_code("countries")[iso3]["acled_country"]
    stand_ins = []
    for side in (first, second):
        if side and not any(names[who.actor] for who in side):
            actor = records.actors.get(side[0].actor)
            stand_in = _stand_in(actor, second=side is second)
            if actor is None or stand_in is None:
                told = f"{actor.name if actor else side[0].actor} has no name in the layout for {iso3} on {day}."
                return Refusal(AcledReason.ACTOR_WITHOUT_NAME, told)
            name, inter = stand_in
            names[actor.id] = LayoutName(name=name.format(where), inter=inter)
            stand_ins.append(side[0])
    one, two = (_ordered(side, names, event_type) for side in (first, second))
    unplaced = tuple(who for who in event.participants if who not in one and who not in two)
    missing = Side(UNIDENTIFIED.format(where), POLITICAL_MILITIA, unidentified=True)
    needed = missing if event_type == BATTLES else Side()
    return Sides(
        _side(one, names) if first else missing,
        _side(two, names) if second else needed,
        unplaced,
        tuple(stand_ins),
    )


def _civilians_hit(who: Participant, names: Mapping[str, LayoutName | None]) -> bool:
    """Whether they are civilians who were hit, on whatever side they live; the layout puts them with the target."""
    name = names[who.actor]
    return who.role in (Role.VICTIM, Role.TARGET) and name is not None and name.inter == CIVILIANS


def _stand_in(actor: Actor | None, *, second: bool) -> tuple[str, int] | None:
    """What stands in the layout for an actor without a name there; nothing does for a state or its forces."""
    if actor is not None and actor.kind in _GROUPS:
        return UNIDENTIFIED, POLITICAL_MILITIA
    if actor is not None and actor.kind not in _ARMED and second:
        return CIVILIAN, CIVILIANS
    return None


def _ordered(side: list[Participant], names: Mapping[str, LayoutName | None], event_type: str) -> list[Participant]:
    """Those of a side that have a place in the row."""
    named = [who for who in side if names[who.actor] is not None]
    return [who for place, who in enumerate(named) if place == 0 or _can_follow(names[who.actor], event_type)]


def _can_follow(name: LayoutName | None, event_type: str) -> bool:
    """Whether somebody of that name can be an associate."""
    return name is not None and not (event_type == BATTLES and name.inter == CIVILIANS)


def _victim(event: Event) -> Participant | None:
    acted_on = [who for role in (Role.VICTIM, Role.TARGET) for who in event.participants if who.role is role]
    return acted_on[0] if acted_on else None


def _side(participants: list[Participant], names: Mapping[str, LayoutName | None]) -> Side:
    known = [name for who in participants if (name := names[who.actor]) is not None]
    if not known:
        return Side()
    listed = dict.fromkeys(plain(name.name) for name in known)
    return Side(plain(known[0].name), known[0].inter, tuple(listed)[1:])


def plain(name: str) -> str:
    """A name that can stand in a list: its readers split at semicolons."""
    return name.replace(";", ",")


_REPORTERS = frozenset({ActorKind.MEDIA, ActorKind.MONITOR})


def sources_of(records: Records, event: Event) -> tuple[Actor, ...]:
    """Who first published the documents that live claims stand in, and the claimants that are media or monitors.

    Where a document's first publisher is not known, the next hand it went through stands for it; where no reporter is
    known at all, the origins do.
    """
    ids = dict.fromkeys(_reporters(records, event)) or dict.fromkeys(origins(records, event))
    return tuple(actor for actor_id in ids if (actor := records.actors.get(actor_id)) is not None)


def source_names(actors: tuple[Actor, ...]) -> str:
    """The names in one cell."""
    return "; ".join(dict.fromkeys(plain(actor.name) for actor in actors))


def source_scale(actors: tuple[Actor, ...]) -> str:
    """The first two of the sources' scales in the layout's own order, joined by a hyphen; empty where none is known."""
    parts = {part for actor in actors if actor.source_scale for part in actor.source_scale.split("-")}
    return "-".join([scale for scale in codes("acled-source-scales") if scale in parts][:2])


def _reporters(records: Records, event: Event) -> Iterator[str]:
    for claim in event.claims:
        if not claim.live:
            continue
        for evidence in claim.evidence:
            source = records.sources.get(evidence.source)
            if source is not None and (publisher := first_publisher(source) or _next_hand(source)):
                yield publisher
        claimant = records.actors.get(claim.claimant)
        if claimant is not None and claimant.kind in _REPORTERS:
            yield claimant.id


def _next_hand(source: Source) -> str | None:
    return next((step.by for step in source.chain if step.by is not None), None)
