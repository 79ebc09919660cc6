"""Disputes: live claims that cannot all be true, with the claims of every side, and what each dispute is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from operator import itemgetter
from typing import ClassVar

from conflictdata.analysis.answer_base import Answer, AnswerList, Cell, Columns
from conflictdata.analysis.attesting_claims import attesting_claims
from conflictdata.analysis.claim_text import cited, value_of
from conflictdata.analysis.contradictions import PlacedClaim, contradictions, contradictions_of, placed_claim
from conflictdata.collector_pause import collector_paused
from conflictdata.model import Event, EventClaim, Records
from conflictdata.model.claim_codes import AGAINST
from conflictdata.model.codes import Property


class DisputeKind(StrEnum):
    """What a dispute is about."""

    OCCURRENCE = "occurrence"
    RESPONSIBILITY = "responsibility"
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    OUTCOME = "outcome"
    CONTROL = "control"
    MOVEMENT = "movement"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True, repr=False)
class Dispute(Answer):
    """Claims that cannot all be true. The claims on each of `sides` are compatible with each other, the earliest first.

    A denial of something that no claim in the dataset asserts has one side only.
    """

    COLUMNS: ClassVar[Columns] = {
        "dispute": str,
        "kind": str,
        "side": int,
        "claim_id": str,
        "event_id": str,
        "claimant": str,
        "speaker": str,
        "stance": str,
        "property": str,
        "claimed": str,
        "documents": str,
    }

    kind: DisputeKind
    sides: tuple[tuple[EventClaim, ...], ...]

    @property
    def claims(self) -> tuple[EventClaim, ...]:
        """Every claim on any side."""
        return tuple(claim for side in self.sides for claim in side)

    @property
    def events(self) -> tuple[str, ...]:
        """The ids of the events it concerns."""
        return tuple(dict.fromkeys(claim.event.id for claim in self.claims))

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row a claim; `dispute` is the address of the first one."""
        for number, side in enumerate(self.sides, 1):
            for placed in side:
                claim = placed.claim
                who = (placed.id, placed.event.id, claim.claimant, claim.speaker)
                cells = (claim.stance, claim.property, value_of(claim) or None, cited(claim))
                yield self.claims[0].id, self.kind, number, *who, *cells

    def to_dict(self) -> dict[str, object]:
        """What it is about, the events it concerns, and the claims on each side."""
        names = [*self.COLUMNS]
        rows = [dict(zip(names, row, strict=True)) for row in self.iter_rows()]
        sides = [[row for row in rows if row["side"] == number] for number in range(1, len(self.sides) + 1)]
        return {"kind": self.kind.value, "events": [*self.events], "sides": sides}

    def __str__(self) -> str:
        return f"{self.kind}: " + " against ".join(", ".join(claim.id for claim in side) for side in self.sides)


@collector_paused()  # as in `timeline`
def disputes(records: Records, event: Event | None = None) -> AnswerList[Dispute]:
    """Every dispute among live claims, or those that concern one event, in order of their first claim."""
    starts = contradictions(records) if event is None else contradictions_of(records, event)
    return AnswerList(Dispute, [_dispute(records, group) for group in _groups(records, starts)])


def _against(records: Records, address: str) -> frozenset[str]:
    return contradictions_of(records, records.all_events[address.partition("#")[0]])[address]


def _groups(records: Records, starts: Iterable[str]) -> list[list[PlacedClaim]]:
    """The claims that contradict each other, directly or by others, each group and all groups in order."""
    seen: set[str] = set()
    groups = []
    for start in starts:
        if start not in seen:
            group = {start}
            open_ids = [start]
            while open_ids:
                new = _against(records, open_ids.pop()) - group
                group |= new
                open_ids.extend(new)
            seen |= group
            groups.append(sorted((placed_claim(records, address) for address in group), key=itemgetter(0)))
    return sorted(groups, key=lambda group: group[0][0])


def _dispute(records: Records, group: list[PlacedClaim]) -> Dispute:
    claims = [placed for _, placed in group]
    kind = _kind(claims)
    sides: list[list[EventClaim]] = []
    side_of: dict[str, int] = {}
    for claim in claims:
        opposed = {side_of[other] for other in _against(records, claim.id) if other in side_of}
        side = next(number for number in count() if number not in opposed)
        if side == len(sides):
            sides.append([])
        sides[side].append(claim)
        side_of[claim.id] = side
    if len(sides) == 1 and kind is DisputeKind.OCCURRENCE:
        # A denial that it happened contradicts every claim about it.
        event = claims[0].event
        sides.insert(0, [EventClaim(event, claim) for claim in attesting_claims(event)])
    return Dispute(kind, tuple(tuple(side) for side in sides if side))


_KIND_OF = {
    Property.RESPONSIBILITY: DisputeKind.RESPONSIBILITY,
    Property.DATE: DisputeKind.DATE,
    Property.RESULT: DisputeKind.OUTCOME,
    Property.CONTROL: DisputeKind.CONTROL,
    Property.MOVEMENT: DisputeKind.MOVEMENT,
    Property.STATEMENT: DisputeKind.STATEMENT,
}


def _kind(claims: list[EventClaim]) -> DisputeKind:
    """Whether it happened, if a claim denies or doubts that; else what the latest claim is about.

    If all claims say that it happened, it is the place or date on which they differ.
    """
    if any(c.claim.stance in AGAINST and c.claim.property is Property.OCCURRED for c in claims):
        return DisputeKind.OCCURRENCE
    last = claims[-1].claim
    if last.property is not Property.OCCURRED:
        return _KIND_OF.get(last.property, DisputeKind.NUMBER)
    places = {claim.claim.where.place for claim in claims if claim.claim.where is not None}
    if len(places) > 1:
        return DisputeKind.PLACE
    return DisputeKind.DATE if any(claim.claim.window is not None for claim in claims) else DisputeKind.OCCURRENCE
