"""Who stands on each side of a row, and whose word it rests on, by the names that the layout has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from conflictdata.analysis.acled_mapping import by_code, layout_name
from conflictdata.analysis.origins import first_publisher, origins
from conflictdata.codelists import codes
from conflictdata.formats.acled.skip_reasons import Reason, Refusal
from conflictdata.model import Actor, Event, LayoutName, Participant, Records, Source
from conflictdata.model.codes import ActorKind, Role

BATTLES = "Battles"
"""The event type in which civilians are nobody's associates."""

CIVILIANS_ATTACKED = "Violence against civilians"
"""The event type in which the victim is always the second actor."""

CIVILIANS = 7
"""The inter code of civilians."""


@dataclass(frozen=True, slots=True)
class Side:
    """The actor that stands first, its inter code, and the names of those with it; empty and 0 if there is nobody."""

    actor: str = ""
    inter: int = 0
    associates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides, and the participants that the layout has no place for: without a side, or without a name in it."""

    one: Side
    two: Side
    unplaced: tuple[Participant, ...]

    @property
    def interaction(self) -> int:
        """The two inter codes, the lower first; ten times the one where there is only one."""
        low, high = sorted((self.one.inter, self.two.inter))
        return low * 10 + high if low else high * 10

    @property
    def interaction_label(self) -> str:
        """The interaction in words."""
        return by_code("acled-interaction")[str(self.interaction)]["title"]


def acting(event: Event) -> Refusal | None:
    """Why there is nobody to stand first."""
    if any(who.side == 1 for who in event.participants):
        return None
    return Refusal(Reason.NO_ACTOR, "No document says who did it: no participant is on side 1.")


def sides_of(records: Records, event: Event, event_type: str, iso3: str, day: dt.date) -> Sides | Refusal:
    """The participants by side, in their order; in violence against civilians the victim leads the second side."""
    first = [who for who in event.participants if who.side == 1]
    second = [who for who in event.participants if who.side == 2]
    if event_type == CIVILIANS_ATTACKED and (victim := _victim(event)):
        first = [who for who in first if who is not victim]
        second = [victim, *(who for who in second if who is not victim)]
    if not first:
        return Refusal(Reason.NO_ACTOR, "The only participant on side 1 is the victim.")
    names = {who.actor: _name(records, who.actor, iso3, day) for who in event.participants}
    for who in (first[0], *second[:1]):
        if names[who.actor] is None:
            actor = records.actors.get(who.actor)
            told = f"{actor.name if actor else who.actor} has no name in the layout for {iso3} on {day}."
            return Refusal(Reason.ACTOR_WITHOUT_NAME, told)
    one, two = (
        [who for place, who in enumerate(side) if place == 0 or _can_follow(names[who.actor], event_type)]
        for side in (first, second)
    )
    unplaced = tuple(who for who in event.participants if who not in one and who not in two)
    return Sides(_side(one, names), _side(two, names), unplaced)


def _can_follow(name: LayoutName | None, event_type: str) -> bool:
    """Whether somebody of that name can be an associate."""
    return name is not None and not (event_type == BATTLES and name.inter == CIVILIANS)


def _victim(event: Event) -> Participant | None:
    acted_on = [who for role in (Role.VICTIM, Role.TARGET) for who in event.participants if who.role is role]
    return acted_on[0] if acted_on else None


def _name(records: Records, actor_id: str, iso3: str, day: dt.date) -> LayoutName | None:
    actor = records.actors.get(actor_id)
    return layout_name(actor, iso3, day) if actor is not None else None


def _side(participants: list[Participant], names: dict[str, LayoutName | None]) -> Side:
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
