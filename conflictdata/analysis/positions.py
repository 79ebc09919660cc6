"""The claims of each party to an event, and of each other origin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from conflictdata.analysis.affiliation import top_level
from conflictdata.analysis.answer_base import Answer, AnswerList, Cell, Columns, joined, spell
from conflictdata.analysis.claim_text import value_of
from conflictdata.analysis.lookup import event_id
from conflictdata.analysis.origins import claim_origins, reporting_window
from conflictdata.model import Claim, Event, Participant, Records
from conflictdata.model.codes import Attribution


@dataclass(frozen=True, slots=True, repr=False)
class Position(Answer):
    """The claims of one voice about an event, and its role in the event if it took part.

    `voice` is an origin, a party, or a publisher that speaks in its own voice; None for unnamed claimants. `origin` is
    None if the claims do not count as an origin: those of unnamed claimants, and those of a publisher whose document
    names other claimants. A party that says nothing has no claims.
    """

    COLUMNS: ClassVar[Columns] = {
        "event_id": str,
        "voice": str,
        "origin": str,
        "side": int,
        "roles": str,
        "claim_id": str,
        "stance": str,
        "property": str,
        "claimed": str,
    }

    event: Event
    voice: str | None
    origin: str | None
    parts: tuple[Participant, ...]
    claims: tuple[Claim, ...]

    @property
    def side(self) -> int | None:
        """The side that it was on; None for neither or both."""
        sides = {part.side for part in self.parts if part.side is not None}
        return sides.pop() if len(sides) == 1 else None

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row for each claim; a party that says nothing has one row without a claim."""
        who = (self.event.id, self.voice, self.origin, self.side, joined(dict.fromkeys(p.role for p in self.parts)))
        for claim in self.claims:
            yield *who, f"{self.event.id}#{claim.id}", claim.stance, claim.property, value_of(claim)
        if not self.claims:
            yield *who, None, None, None, None

    def to_dict(self) -> dict[str, object]:
        """The voice, its role in the event, and its claims."""
        names = ("claim_id", "stance", "property", "claimed")
        said = [dict(zip(names, map(spell, row[5:]), strict=True)) for row in self.iter_rows()] if self.claims else []
        roles = [*dict.fromkeys(part.role.value for part in self.parts)]
        who = {"event_id": self.event.id, "voice": self.voice, "origin": self.origin, "side": self.side}
        return who | {"roles": roles, "claims": said}

    def __str__(self) -> str:
        who = self.voice or "not named"
        part = f" ({', '.join(dict.fromkeys(part.role for part in self.parts))})" if self.parts else ""
        said = ", ".join(f"{claim.stance} {claim.property} ({claim.id})" for claim in self.claims) or "says nothing"
        return f"{who}{part}: {said}"


def positions(records: Records, event: str) -> AnswerList[Position]:
    """The live claims of each party to the event, in order of side, then those of others."""
    record = records.events[event_id(records, event)]
    days = reporting_window(records, record)
    counted = claim_origins(records, record)
    claims: dict[str | None, list[Claim]] = {}
    for claim in record.claims:
        if claim.live:
            publisher = claim.claimant if claim.attribution is Attribution.OWN_VOICE else None
            claims.setdefault(counted.get(claim.id, publisher), []).append(claim)
    voices = {counted[c.id]: top_level(records, c.claimant, days) for c in record.claims if c.id in counted}
    parts: dict[str, list[Participant]] = {}
    for who in record.participants:
        own = top_level(records, who.actor, days)
        voice = next((origin for origin, tops in voices.items() if tops & own), who.actor)
        parts.setdefault(voice, []).append(who)
    everyone: list[str | None] = list(dict.fromkeys((*parts, *claims)))
    heard = set(counted.values()) | (parts.keys() - claims.keys())
    found = [
        Position(
            record, one, one if one in heard else None, tuple(parts.get(one or "", ())), tuple(claims.get(one, ()))
        )
        for one in everyone
    ]
    return AnswerList(Position, sorted(found, key=lambda p: (p.voice is None, not p.parts, p.side or 3)))
