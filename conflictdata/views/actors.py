"""Who belongs to whom at a time, by what is asserted: up from a part or branch to its wholes, and down again."""

from __future__ import annotations

from conflictdata.dates import ANY_DAY, Window, overlap
from conflictdata.model import Records
from conflictdata.model.codes import RelationType, Stance
from conflictdata.views.days import possible
from conflictdata.views.once import once

_UPWARD = frozenset({RelationType.PART_OF, RelationType.BRANCH_OF})
_Links = dict[str, list[tuple[str, Window]]]


@once
def _wholes(records: Records) -> _Links:
    return {
        actor.id: [
            (relation.actor, possible(relation.when))
            for relation in actor.relations
            if relation.type in _UPWARD and relation.stance is Stance.ASSERTS
        ]
        for actor in records.actors
        if actor.withdrawn is None
    }


@once
def _parts(records: Records) -> _Links:
    parts: _Links = {}
    for part, wholes in _wholes(records).items():
        for whole, held in wholes:
            parts.setdefault(whole, []).append((part, held))
    return parts


def _reach(links: _Links, start: str, during: Window) -> frozenset[str]:
    found = {start}
    open_ids = [start]
    while open_ids:
        for other, held in links.get(open_ids.pop(), ()):
            if other not in found and overlap(held, during):
                found.add(other)
                open_ids.append(other)
    return frozenset(found)


def wholes(records: Records, actor: str, during: Window = ANY_DAY) -> frozenset[str]:
    """The actor and all that it is asserted to be part or branch of in those days; an undated relation always holds."""
    return _reach(_wholes(records), actor, during)


def branches(records: Records, actor: str, during: Window = ANY_DAY) -> frozenset[str]:
    """The actor and every actor asserted to be its part or branch during those days."""
    return _reach(_parts(records), actor, during)


def roots(records: Records, actor: str, during: Window = ANY_DAY) -> frozenset[str]:
    """The actors at the top of those it belongs to; of actors that belong to each other in a ring, the first by id."""
    tops: set[str] = set()
    for whole in wholes(records, actor, during):
        above = wholes(records, whole, during)
        if all(whole in wholes(records, other, during) for other in above):
            tops.add(min(above))
    return frozenset(tops)
