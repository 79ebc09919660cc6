"""The actors on each side of a row and its sources, with their names in the layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conflictdata.analysis.acled_mapping import by_code, inherited_layout_name
from conflictdata.analysis.origins import origins
from conflictdata.analysis.publication import first_publisher
from conflictdata.codelists import codes
from conflictdata.formats.skip_reasons import AcledReason, Refusal
from conflictdata.model import Actor, Event, LayoutName, Participant, Records, Source
from conflictdata.model.codes import ActorKind, EventType, Role

BATTLES = "Battles"
"""The event type in which civilians are not named as associates."""

CIVILIANS_ATTACKED = "Violence against civilians"
"""The event type in which the victim is always the second actor."""

REMOTE = "Explosions/Remote violence"
"""The event type of bombs and fire from afar."""

STRATEGIC = "Strategic developments"
"""The event type of events without violence."""

UNIDENTIFIED = "Unidentified Armed Group ({})"
"""The layout's name for an unnamed armed group, by country."""

POLITICAL_MILITIA = 3
"""The inter code of an unidentified armed group."""

_GROUPS = frozenset({ActorKind.ARMED_GROUP, ActorKind.COALITION})
_ARMED = _GROUPS | {ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.POLITICAL_PARTY}

CIVILIAN = "Civilians ({})"
"""The layout's name for civilians, by country."""

CIVILIANS = 7
"""The inter code of civilians."""


@dataclass(frozen=True, slots=True)
class Side:
    """The first actor, its inter code, and the names of its associates; empty and 0 if there is nobody.

    It is `unidentified` if no document names an actor.
    """

    actor: str = ""
    inter: int = 0
    associates: tuple[str, ...] = ()
    unidentified: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides, and the participants that are not in the row: those without a side, or without a name in the layout.

    `nameless` are those that the row gives as an unidentified armed group or as civilians.
    """

    one: Side
    two: Side
    unplaced: tuple[Participant, ...]
    nameless: tuple[Participant, ...] = ()

    @property
    def interaction(self) -> int:
        """The two inter codes as one number, the lower first; with only one actor, ten times its code."""
        low, high = sorted((self.one.inter, self.two.inter))
        return low * 10 + high if low else high * 10

    @property
    def interaction_label(self) -> str:
        """The interaction in words."""
        return by_code("acled-interaction")[str(self.interaction)]["title"]


def acting(event: Event, event_type: str) -> Refusal | None:
    """The reason why there is no first actor; None if there is one."""
    if any(who.side == 1 for who in event.participants):
        return None
    if any(who.side == 2 for who in event.participants) and _by_somebody(event, event_type):
        return None
    return Refusal(AcledReason.NO_ACTOR, "No document says who did it: no participant is on side 1.")


def _by_somebody(event: Event, event_type: str) -> bool:
    """Whether an unnamed armed group can have done it; it has no aircraft."""
    if event.type in (EventType.AIR_STRIKE, EventType.AIR_CAMPAIGN):
        return False
    return event_type in (BATTLES, REMOTE, CIVILIANS_ATTACKED) or event.type is EventType.CONTROL_CHANGED


def sides_of(records: Records, event: Event, event_type: str, iso3: str, day: dt.date) -> Sides | Refusal:
    """The participants by side. The first with a name is the first actor; in violence against civilians the victim is
    the second.

    Civilians who were hit by bombs or fire are associates of the target, or the second actor if there is no other
    target. The layout's unidentified armed group replaces a side that no document names, and an armed group without a
    name in the layout. The layout's civilians replace attacked people without a name there.
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
                message = f"{actor.name if actor else side[0].actor} has no name in the layout for {iso3} on {day}."
                return Refusal(AcledReason.ACTOR_WITHOUT_NAME, message)
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
    """Whether they are civilians who were hit, whatever their side; the layout puts them with the target."""
    name = names[who.actor]
    return who.role in (Role.VICTIM, Role.TARGET) and name is not None and name.inter == CIVILIANS


def _stand_in(actor: Actor | None, *, second: bool) -> tuple[str, int] | None:
    """The layout's general name for an actor without a name there; None for a state or its forces."""
    if actor is not None and actor.kind in _GROUPS:
        return UNIDENTIFIED, POLITICAL_MILITIA
    if actor is not None and actor.kind not in _ARMED and second:
        return CIVILIAN, CIVILIANS
    return None


def _ordered(side: list[Participant], names: Mapping[str, LayoutName | None], event_type: str) -> list[Participant]:
    """The participants of a side that are in the row, in order."""
    named = [who for who in side if names[who.actor] is not None]
    return [who for place, who in enumerate(named) if place == 0 or _can_follow(names[who.actor], event_type)]


def _can_follow(name: LayoutName | None, event_type: str) -> bool:
    """Whether an actor with that name can be an associate."""
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
    """A name without semicolons, at which readers of the layout split lists."""
    return name.replace(";", ",")


_REPORTERS = frozenset({ActorKind.MEDIA, ActorKind.MONITOR})


def sources_of(records: Records, event: Event) -> tuple[Actor, ...]:
    """The first publishers of the documents of live claims, and the claimants that are media or monitors.

    If the first publisher of a document is not known, the next one in its chain is used; if no publisher or monitor is
    known at all, the origins are used.
    """
    ids = dict.fromkeys(_reporters(records, event)) or dict.fromkeys(origins(records, event))
    return tuple(actor for actor_id in ids if (actor := records.actors.get(actor_id)) is not None)


def source_names(actors: tuple[Actor, ...]) -> str:
    """The names in one cell."""
    return "; ".join(dict.fromkeys(plain(actor.name) for actor in actors))


def source_scale(actors: tuple[Actor, ...]) -> str:
    """The first two scales of the sources in the layout's order, joined by a hyphen; empty if none is known."""
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
