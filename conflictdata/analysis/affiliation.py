"""Which actor is part or branch of which at a time, by asserted relations: the actors above it, and those below it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from conflictdata.analysis.memo import Answers, once
from conflictdata.analysis.possible_days import possible
from conflictdata.date_windows import ANY_DAY, Window, overlap
from conflictdata.graphs import strongly_connected_components
from conflictdata.model import Records
from conflictdata.model.codes import RelationType, Stance

_UPWARD = frozenset({RelationType.PART_OF, RelationType.BRANCH_OF})
_Links = dict[str, list[tuple[str, Window]]]
_Era = tuple[int, int]

_ERAS = 16  # enough entries for the events of a few years, with little memory


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


@once
def _turns(records: Records) -> tuple[list[dt.date], list[dt.date]]:
    """The days on which relations begin, and those on which they end, each in order."""
    held = [held for wholes in _wholes(records).values() for _, held in wholes]
    return sorted({first for first, _ in held if first}), sorted({last for _, last in held if last})


def _era(records: Records, during: Window) -> _Era:
    """A key that is equal for windows in which the same relations hold; most data has few such keys."""
    begin, end = _turns(records)
    first, last = during
    return bisect_left(end, first) if first else 0, bisect_right(begin, last) if last else len(begin)


def _reach(links: _Links, start: str, during: Window) -> frozenset[str]:
    found = {start}
    open_ids = [start]
    while open_ids:
        for other, held in links.get(open_ids.pop(), ()):
            if other not in found and overlap(held, during):
                found.add(other)
                open_ids.append(other)
    return frozenset(found)


@once
def _known_wholes(records: Records) -> Answers[frozenset[str]]:
    return Answers()


@once
def _known_branches(records: Records) -> Answers[frozenset[str]]:
    return Answers()


@once
def _known_tops(records: Records) -> dict[_Era, _Tops]:
    return {}


def ancestors(records: Records, actor: str, during: Window = ANY_DAY) -> frozenset[str]:
    """The actor, and all actors that it is asserted to be part or branch of in those days.

    An undated relation always holds.
    """
    question = (actor, _era(records, during))
    return _known_wholes(records).of(question, lambda: _reach(_wholes(records), actor, during))


def descendants(records: Records, actor: str, during: Window = ANY_DAY) -> frozenset[str]:
    """The actor and every actor asserted to be its part or branch during those days."""
    question = (actor, _era(records, during))
    return _known_branches(records).of(question, lambda: _reach(_parts(records), actor, during))


def direct_wholes(records: Records, actor: str, during: Window = ANY_DAY) -> tuple[str, ...]:
    """The actors of which this one is directly part or branch in those days, in the record's order."""
    return tuple(whole for whole, held in _wholes(records).get(actor, ()) if overlap(held, during))


def top_level(records: Records, actor: str, during: Window = ANY_DAY) -> frozenset[str]:
    """The top actors that it belongs to. Of actors that belong to each other in a cycle, the first by id."""
    return tops_during(records, during)[actor]


def tops_during(records: Records, during: Window) -> Mapping[str, frozenset[str]]:
    """The same as `top_level`, by actor, for those days. An answer about several actors asks for their days once."""
    eras, era = _known_tops(records), _era(records, during)
    if era not in eras:
        if len(eras) == _ERAS:
            eras.clear()
        eras[era] = _Tops(_wholes(records), during)
    return eras[era]


class _Tops(dict[str, frozenset[str]]):
    """The top actors of each actor in some days, found when they are asked for."""

    def __init__(self, wholes: _Links, during: Window) -> None:
        self._wholes, self._during = wholes, during

    def __missing__(self, actor: str) -> frozenset[str]:
        for ring in strongly_connected_components(actor, self._above, self):
            tops = {self[other] for one in ring for other in self._above(one) if other in self}
            found = frozenset().union(*tops) if len(tops) > 1 else next(iter(tops), frozenset({min(ring)}))
            self.update(dict.fromkeys(ring, found))
        return self[actor]

    def _above(self, actor: str) -> list[str]:
        return [other for other, held in self._wholes.get(actor, ()) if overlap(held, self._during)]
