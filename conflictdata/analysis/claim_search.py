"""Finding claims by who makes them, what they are about and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conflictdata.analysis.lookup import actor_id, event_id, require_text, resolve_choice
from conflictdata.analysis.memo import once
from conflictdata.errors import InvalidValue
from conflictdata.model import EventClaim, Records
from conflictdata.model.codes import Property, Stance
from conflictdata.text import fold_text


def find_claims(
    records: Records,
    *,
    claimant: str | None = None,
    speaker: str | None = None,
    property: str | None = None,  # noqa: A002  the member of a claim is called so
    stance: str | None = None,
    event: str | None = None,
    text: str | None = None,
) -> tuple[EventClaim, ...]:
    """The claims that match every given filter, in order of address. Claims of withdrawn events are left out.

    `claimant` and `event` are given by id or name. `speaker` and `text` match words in any letter case. `text` is
    searched in the value of a claim, in the words of its document and in who makes it. An unknown name raises
    `UnknownName`.
    """
    who = actor_id(records, claimant) if claimant is not None else None
    what = resolve_choice("property", property, Property) if property is not None else None
    attitude = resolve_choice("stance", stance, Stance) if stance is not None else None
    where = event_id(records, event) if event is not None else None
    said_by, words = _folded("speaker", speaker), _folded("text", text)
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
