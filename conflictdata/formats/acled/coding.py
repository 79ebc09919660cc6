"""One incident as a row of the ACLED column layout, or every reason why it has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from conflictdata.analysis.acled_mapping import layout_type
from conflictdata.analysis.cache import once
from conflictdata.analysis.disputes import DisputeKind, disputed, disputes
from conflictdata.analysis.figures.estimate import occurrence_doubted
from conflictdata.analysis.figures.totals import event_total
from conflictdata.analysis.origins import origins
from conflictdata.codelists import codelist
from conflictdata.formats.acled.actors import Sides, acting, sides_of, sources_of
from conflictdata.formats.acled.row_notes import notes
from conflictdata.formats.acled.skip_reasons import Reason, Refusal
from conflictdata.formats.acled.time_place import AcledDate, AcledLocation, spot_of, time_of
from conflictdata.model import Actor, Event, Point, Records
from conflictdata.model.codes import EventKind, Property, ResponsibilityMode, Stance


@dataclass(frozen=True, slots=True)
class Row:
    """Everything that the columns are read from."""

    event: Event
    time: AcledDate
    spot: AcledLocation
    sub_type: Mapping[str, str]
    sides: Sides
    sources: tuple[Actor, ...]
    notes: str
    fatalities: int

    @property
    def point(self) -> Point:
        """The coordinates."""
        return self.spot.located.point

    @property
    def targets_civilians(self) -> bool:
        """Whether civilians are the target, by the layout's own rule."""
        rule = self.sub_type["civilian_targeting"]
        return rule == "always" or (rule == "if_civilian_victim" and self.sides.two.actor.startswith("Civilians ("))


def row_of(records: Records, event: Event, vague: str = "default") -> Row | tuple[Refusal, ...]:
    """The event's row, with vague words for numbers read by the named table, or why it has none."""
    refused = _no_incident(event)
    kinds = layout_type(records, event)
    if refused is not None:
        return (refused,)
    if kinds is None:
        return (Refusal(Reason.NO_ACLED_TYPE, f"Its type, {event.type}, maps to no event type of the layout."),)
    doubts = tuple(doubts_of(records, event))
    time, spot = time_of(event), spot_of(records, event)
    if isinstance(time, Refusal) or isinstance(spot, Refusal):
        return (*doubts, *(part for part in (time, spot, acting(event)) if isinstance(part, Refusal)))
    sides = acting(event) or sides_of(records, event, kinds[0], spot.iso3, time.day)
    if isinstance(sides, Refusal):
        return (*doubts, sides)
    if doubts:
        return doubts
    killed = event_total(records, event, Property.KILLED, vague)
    told = notes(records, event, kinds[0], time, spot, sides, killed, vague)
    fatalities = int(killed.low or 0)
    return Row(event, time, spot, _sub_types()[kinds[1]], sides, sources_of(records, event), told, fatalities)


@cache
def _sub_types() -> Mapping[str, Mapping[str, str]]:
    return {row["sub_event_type"]: row for row in codelist("acled-sub-event-types")}


def _no_incident(event: Event) -> Refusal | None:
    if event.withdrawn is not None:
        return Refusal(Reason.WITHDRAWN, "It was withdrawn.")
    if event.kind is EventKind.OPERATION:
        return Refusal(Reason.OPERATION, "It is an operation; the layout has rows for incidents only.")
    return None


def doubts_of(records: Records, event: Event) -> Iterator[Refusal]:
    if not origins(records, event):
        yield Refusal(Reason.NO_ORIGIN, "No independent origin attests it.")
    if occurrence_doubted(event) or event.id in _occurrence_disputed(records):
        yield Refusal(Reason.OCCURRENCE_DISPUTED, "Whether it happened is disputed.")
    if _either(event):
        yield Refusal(Reason.RESPONSIBILITY_EITHER, "One or another actor is said to have done it, and not which.")
    if Property.RESPONSIBILITY in disputed(records, event):
        yield Refusal(Reason.RESPONSIBILITY_DISPUTED, "By whom it was done is disputed.")


@once
def _occurrence_disputed(records: Records) -> frozenset[str]:
    found = (dispute for dispute in disputes(records) if dispute.kind is DisputeKind.OCCURRENCE)
    return frozenset(event for dispute in found for event in dispute.events)


def _either(event: Event) -> bool:
    return any(
        claim.responsibility is not None and claim.responsibility.how is ResponsibilityMode.EITHER
        for claim in event.claims
        if claim.live and claim.stance is Stance.ASSERTS
    )
