"""Finding claims by who makes them, what they are about and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conflictdata.analysis.arguments import folded_words, resolve_choice
from conflictdata.analysis.lookup import actor_id, event_id
from conflictdata.analysis.memo import once
from conflictdata.model import EventClaim, Records
from conflictdata.model.codes import Property, Stance
from conflictdata.text import fold_text


@dataclass(frozen=True, kw_only=True)
class ClaimFilter:
    """What claims are searched by; the arguments of `ClaimTable.find`, which describes them."""

    claimant: str | None = None
    speaker: str | None = None
    property: str | None = None
    stance: str | None = None
    event: str | None = None
    text: str | None = None

    def find(self, records: Records) -> tuple[EventClaim, ...]:
        """The claims that match everything given, in order of address; those of withdrawn events are left out."""
        who = actor_id(records, self.claimant) if self.claimant is not None else None
        what = resolve_choice("property", self.property, Property) if self.property is not None else None
        attitude = resolve_choice("stance", self.stance, Stance) if self.stance is not None else None
        where = event_id(records, self.event) if self.event is not None else None
        said_by, words = folded_words("speaker", self.speaker), folded_words("text", self.text)
        return tuple(
            placed
            for placed in records.claims
            if placed.event.withdrawn is None
            and who in (None, placed.claim.claimant)
            and what in (None, placed.claim.property)
            and attitude in (None, placed.claim.stance)
            and where in (None, placed.event.id)
            and (said_by is None or said_by in fold_text(placed.claim.speaker or ""))
            and (words is None or words in _texts(records)[placed.id])
        )


@once
def _texts(records: Records) -> dict[str, str]:
    """By address, the folded words of each claim: what it says, its notes, its speaker, and the title of its event."""
    return {placed.id: fold_text("\n".join(_words(placed))) for placed in records.claims}


def _words(placed: EventClaim) -> Iterator[str]:
    claim = placed.claim
    yield placed.event.title
    given: list[str | None] = [claim.speaker, claim.claimant_as_stated, claim.notes, claim.status_reason]
    if claim.count is not None:
        given += [claim.count.as_stated, claim.count.of.item if claim.count.of is not None else None]
    if claim.statement is not None:
        given.append(claim.statement.text)
    if claim.movement is not None:
        given.append(claim.movement.what)
    yield from (words for words in given if words is not None)
