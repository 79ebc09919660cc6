"""Side a and side b of a row, with the UCDP ids of actors, dyads and conflicts where they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from conflictdata.analysis.acled_mapping import by_code
from conflictdata.analysis.affiliation import ancestors
from conflictdata.analysis.dates import possible
from conflictdata.analysis.ged_mapping import ViolenceType, is_state
from conflictdata.codelists import codelist
from conflictdata.model import Actor, Event, Records
from conflictdata.model.codes import Role

CIVILIANS_ID = 1
CIVILIANS_DSET_ID = 9999
"""How the layout numbers civilians, as side b of one-sided violence."""


@dataclass(frozen=True, slots=True)
class Party:
    """A side: its name, its UCDP id where known, and the Gleditsch-Ward number of its state where it is one."""

    name: str
    ucdp: int | None
    gwno: int | None


@dataclass(frozen=True, slots=True)
class Parties:
    """Both sides and the dyad they are; ids that are not known are None. `sides` are our sides that a and b are."""

    a: Party
    b: Party
    sides: tuple[int, int]
    violence: ViolenceType
    dyad_id: int | None
    dyad_name: str
    conflict_id: int | None
    conflict_name: str


def parties_of(records: Records, event: Event, violence: ViolenceType) -> Parties:
    """The two sides; a state, or the party that attacks civilians, is side a."""
    one, two = (_party(records, event, side) for side in (1, 2))
    sides = (1, 2)
    if violence is ViolenceType.ONE_SIDED:
        two = Party("Civilians", CIVILIANS_ID, None)
    elif _is_dyad(two, one, violence) or (one.gwno is None and two.gwno is not None):
        one, two, sides = two, one, (2, 1)
    dyad = _dyads().get((one.ucdp, two.ucdp))
    if dyad is None or not _is_dyad(one, two, violence):
        name = f"{one.name} - {two.name}"
        return Parties(one, two, sides, violence, None, name, None, name)
    return Parties(
        Party(dyad["side_a"], one.ucdp, one.gwno),
        Party(dyad["side_b"], two.ucdp, two.gwno),
        sides,
        violence,
        int(dyad["dyad_id"]),
        dyad["dyad_name"],
        int(dyad["conflict_id"]),
        dyad["conflict_name"],
    )


def _is_dyad(a: Party, b: Party, violence: ViolenceType) -> bool:
    dyad = _dyads().get((a.ucdp, b.ucdp))
    return dyad is not None and dyad["type_of_violence"] == code(violence)


def code(violence: ViolenceType) -> str:
    """The layout's number for a type of violence."""
    return by_code("violence-types")[violence]["ucdp_code"]


@cache
def _dyads() -> Mapping[tuple[int | None, int | None], Mapping[str, str]]:
    return {(int(row["side_a_id"]), int(row["side_b_id"])): row for row in codelist("ucdp-dyads")}


def _party(records: Records, event: Event, side: int) -> Party:
    """The first actor of the side with an id of its own or of what it belongs to; who only supports comes last."""
    actors = list(_actors(records, event, side))
    for actor in actors:
        for whole in _upwards(records, event, actor):
            if whole.ucdp is not None:
                return Party(whole.ucdp.name, whole.ucdp.id, _gwno(records, whole))
    return Party(actors[0].name, None, _gwno(records, actors[0])) if actors else Party("Unknown", None, None)


def _upwards(records: Records, event: Event, actor: Actor) -> Iterator[Actor]:
    above = ancestors(records, actor.id, possible(event.when)) - {actor.id}
    yield actor
    yield from (found for each in sorted(above) if (found := records.actors.get(each)) is not None)


def _actors(records: Records, event: Event, side: int) -> Iterator[Actor]:
    """Those of a side in the event, and after them those in the operations it is part of."""
    passed: set[str] = set()
    each: Event | None = event
    while each is not None and each.id not in passed:
        passed.add(each.id)
        those = [who for who in each.participants if who.side == side]
        leading = [who.actor for who in those if who.role is not Role.SUPPORTER]
        yield from _known(records, [*leading, *(who.actor for who in those)])
        each = records.events.get(each.part_of) if each.part_of is not None else None


def _known(records: Records, ids: Iterable[str]) -> Iterator[Actor]:
    yield from (actor for each in dict.fromkeys(ids) if (actor := records.actors.get(each)) is not None)


def _gwno(records: Records, actor: Actor) -> int | None:
    if actor.country is None or not is_state(records, actor.id) or actor.country not in by_code("countries"):
        return None
    return int(by_code("countries")[actor.country]["gwno"])
