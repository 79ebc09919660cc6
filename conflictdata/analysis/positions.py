"""What each party and each other origin says of an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from conflictdata.analysis.affiliation import top_level
from conflictdata.analysis.answer import Answer, AnswerList, Cell, Columns, joined, spell
from conflictdata.analysis.claim_text import value_of
from conflictdata.analysis.lookup import event_id
from conflictdata.analysis.origins import claim_origins, reporting_window
from conflictdata.model import Claim, Event, Participant, Records


@dataclass(frozen=True, slots=True, repr=False)
class Position(Answer):
    """What one voice says: an origin and its claims, and how it took part, if it did.

    `origin` is None for claims that count as no origin: unnamed ones, and a publisher's own voice beside the voices
    that the same document names. A party that says nothing has no claims.
    """

    COLUMNS: ClassVar[Columns] = {
        "event_id": str,
        "origin": str,
        "side": int,
        "roles": str,
        "claim_id": str,
        "stance": str,
        "property": str,
        "claimed": str,
    }

    event: Event
    origin: str | None
    parts: tuple[Participant, ...]
    claims: tuple[Claim, ...]

    @property
    def side(self) -> int | None:
        """The side it was on, None for neither or both."""
        sides = {part.side for part in self.parts if part.side is not None}
        return sides.pop() if len(sides) == 1 else None

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row a claim; a party that says nothing has one row without a claim."""
        who = (self.event.id, self.origin, self.side, joined(dict.fromkeys(part.role for part in self.parts)))
        for claim in self.claims:
            yield *who, f"{self.event.id}#{claim.id}", claim.stance, claim.property, value_of(claim)
        if not self.claims:
            yield *who, None, None, None, None

    def to_dict(self) -> dict[str, object]:
        """The voice, its part in the event, and what it says."""
        names = ("claim_id", "stance", "property", "claimed")
        said = [dict(zip(names, map(spell, row[4:]), strict=True)) for row in self.rows()] if self.claims else []
        roles = [*dict.fromkeys(part.role.value for part in self.parts)]
        return {"event_id": self.event.id, "origin": self.origin, "side": self.side, "roles": roles, "claims": said}

    def __str__(self) -> str:
        who = self.origin or "unattributed"
        part = f" ({', '.join(dict.fromkeys(part.role for part in self.parts))})" if self.parts else ""
        said = ", ".join(f"{claim.stance} {claim.property} ({claim.id})" for claim in self.claims) or "says nothing"
        return f"{who}{part}: {said}"


def positions(records: Records, event: str) -> AnswerList[Position]:
    """What each party to the event says of it by its live claims, then what others say; the parties by side."""
    record = records.events[event_id(records, event)]
    days = reporting_window(records, record)
    counted = claim_origins(records, record)
    claims: dict[str | None, list[Claim]] = {}
    for claim in record.claims:
        if claim.live:
            claims.setdefault(counted.get(claim.id), []).append(claim)
    voices = {counted[c.id]: top_level(records, c.claimant, days) for c in record.claims if c.id in counted}
    parts: dict[str, list[Participant]] = {}
    for who in record.participants:
        own = top_level(records, who.actor, days)
        voice = next((origin for origin, tops in voices.items() if tops & own), who.actor)
        parts.setdefault(voice, []).append(who)
    everyone: list[str | None] = list(dict.fromkeys((*parts, *claims)))
    found = [Position(record, one, tuple(parts.get(one or "", ())), tuple(claims.get(one, ()))) for one in everyone]
    return AnswerList(Position, sorted(found, key=lambda p: (p.origin is None, not p.parts, p.side or 3)))
