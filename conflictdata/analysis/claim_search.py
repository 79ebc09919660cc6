"""Finding claims by who makes them, what they are about and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from conflictdata.analysis.arguments import require_text, resolve_choice
from conflictdata.analysis.lookup import actor_id, event_id
from conflictdata.analysis.memo import once
from conflictdata.errors import InvalidValue
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
        said_by, words = _folded("speaker", self.speaker), _folded("text", self.text)
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


def _folded(what: str, words: str | None) -> str | None:
    if words is None:
        return None
    if not require_text(what, words).strip():
        raise InvalidValue(f"{what}: the text has no word; give at least one")
    return fold_text(words)


@once
def _texts(records: Records) -> dict[str, str]:
    """By address, the folded words of each claim: its values, and the names of the actors and places in it."""

    def words(value: Any) -> Iterator[str]:
        match value:
            case str():
                yield value
                record = records.actors.get(value) or records.places.get(value)
                if record is not None:
                    yield from (record.name, *(name.text for name in record.names))
            case dict():
                for name, member in value.items():
                    if name not in ("id", "evidence"):
                        yield from words(member)
            case list():
                for item in value:
                    yield from words(item)

    return {placed.id: fold_text("\n".join(words(placed.claim.to_object()))) for placed in records.claims}
