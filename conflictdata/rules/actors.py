"""Rules within one actor."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.date_windows import overlap
from conflictdata.findings import Code, Finding
from conflictdata.model import Actor
from conflictdata.text import quote


def relation_ids_are_distinct(file: str, actor: Actor) -> Iterator[Finding]:
    """A relation is addressed by its id, so the id must be unique in the actor."""
    seen: set[str] = set()
    for n, relation in enumerate(actor.relations):
        if relation.id in seen:
            message = f"{relation.id} is also the id of an earlier relation; give one of them the next free id"
            yield Finding(file, f"/relations/{n}/id", Code.REPEATED_ID, message)
        seen.add(relation.id)


def layout_names_do_not_overlap(file: str, actor: Actor) -> Iterator[Finding]:
    """The ACLED column layout needs exactly one name for one country and one day."""
    for n, name in enumerate(actor.acled):
        for other in actor.acled[:n]:
            if name.country == other.country and overlap((name.from_, name.to), (other.from_, other.to)):
                where = name.country or "any other country"
                message = (
                    f"{quote(name.name)} and {quote(other.name)} hold for {where} on the same day; correct their dates"
                )
                yield Finding(file, f"/acled/{n}", Code.LAYOUT_NAME_OVERLAP, message)
