"""One incident as a row of the ACLED column layout, or every reason why it has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from conflictdata.analysis.acled_mapping import layout_type
from conflictdata.analysis.contradictions import disputed
from conflictdata.analysis.disputes import DisputeKind, disputes
from conflictdata.analysis.figures.estimate import occurrence_doubted
from conflictdata.analysis.figures.totals import event_total
from conflictdata.analysis.memo import once
from conflictdata.analysis.origins import origins
from conflictdata.codelists import codelist
from conflictdata.formats.acled.actors import Sides, acting, sides_of, sources_of
from conflictdata.formats.acled.row_notes import notes
from conflictdata.formats.acled.time_place import AcledDate, AcledLocation, spot_of, time_of
from conflictdata.formats.skip_reasons import AcledReason, Refusal
from conflictdata.model import Actor, Event, Point, Records
from conflictdata.model.codes import EventKind, Property, ResponsibilityMode, Stance


@dataclass(frozen=True, slots=True)
class Row:
    """The data from which the columns are filled."""

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


def row_of(
    records: Records, event: Event, vague: str = "default", *, operations: bool = False
) -> Row | tuple[Refusal, ...]:
    """The event's row, with vague words converted by the named table, or the reasons why it has none.

    With `operations`, an operation that has a day and a place has a row too. Where claims of two events contradict each
    other, both have a row or neither.
    """
    found = _row_alone(records, event, vague, operations)
    if not isinstance(found, Row):
        return found
    for other in _opposed(records, event):
        account = _row_alone(records, other, vague, operations)
        if not isinstance(account, Row) and not {refusal.reason for refusal in account} & _NEVER_A_ROW:
            message = f"{other.id}, whose claims contradict it, has no row."
            return (Refusal(AcledReason.OTHER_ACCOUNT_REFUSED, message),)
    return found


def _row_alone(records: Records, event: Event, vague: str, operations: bool) -> Row | tuple[Refusal, ...]:
    refused = _no_incident(event, operations)
    kinds = layout_type(records, event, operations=operations)
    if refused is not None:
        return (refused,)
    if kinds is None:
        return (Refusal(AcledReason.NO_ACLED_TYPE, f"Its type, {event.type}, maps to no event type of the layout."),)
    doubts = tuple(doubts_of(records, event))
    time, spot = time_of(records, event), spot_of(records, event)
    nobody = acting(event, kinds[0])
    if isinstance(time, Refusal) or isinstance(spot, Refusal):
        return (*doubts, *(part for part in (time, spot, nobody) if isinstance(part, Refusal)))
    sides = nobody or sides_of(records, event, kinds[0], spot.iso3, time.day)
    if isinstance(sides, Refusal):
        return (*doubts, sides)
    if doubts:
        return doubts
    killed = event_total(records, event, Property.KILLED, vague)
    text = notes(records, event, kinds[0], time, spot, sides, killed, vague)
    fatalities = int(killed.low or 0)
    return Row(event, time, spot, _sub_types()[kinds[1]], sides, sources_of(records, event), text, fatalities)


_NEVER_A_ROW = frozenset({AcledReason.OPERATION, AcledReason.WITHDRAWN})


def _opposed(records: Records, event: Event) -> tuple[Event, ...]:
    """The other events that contradict this one, directly or through others."""
    found = {event.id: event}
    ahead = [event]
    while ahead:
        for other in _events_in_dispute(records).get(ahead.pop().id, ()):
            if other not in found:
                found[other] = records.all_events[other]
                ahead.append(found[other])
    return tuple(found.values())[1:]


@once
def _events_in_dispute(records: Records) -> Mapping[str, frozenset[str]]:
    """By event, the events that are in a dispute with it."""
    found: dict[str, frozenset[str]] = {}
    for dispute in disputes(records):
        for event in dispute.events:
            found[event] = found.get(event, frozenset()) | (set(dispute.events) - {event})
    return found


@cache
def _sub_types() -> Mapping[str, Mapping[str, str]]:
    return {row["sub_event_type"]: row for row in codelist("acled-sub-event-types")}


def _no_incident(event: Event, operations: bool) -> Refusal | None:
    if event.withdrawn is not None:
        return Refusal(AcledReason.WITHDRAWN, "It was withdrawn.")
    if event.kind is EventKind.OPERATION and not operations:
        return Refusal(AcledReason.OPERATION, "It is an operation; the layout has rows for incidents.")
    return None


def doubts_of(records: Records, event: Event) -> Iterator[Refusal]:
    if not origins(records, event):
        yield Refusal(AcledReason.NO_ORIGIN, "No independent origin attests it.")
    if occurrence_doubted(event) or event.id in _occurrence_disputed(records):
        yield Refusal(AcledReason.OCCURRENCE_DISPUTED, "Whether it happened is disputed.")
    if _either(event):
        yield Refusal(
            AcledReason.RESPONSIBILITY_EITHER, "The claims name several possible actors, but not which one did it."
        )
    if Property.RESPONSIBILITY in disputed(records, event):
        yield Refusal(AcledReason.RESPONSIBILITY_DISPUTED, "Who did it is disputed.")


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
