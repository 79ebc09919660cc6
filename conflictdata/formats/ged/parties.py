"""Side a and side b of a row, with the UCDP ids of actors, dyads and conflicts where they are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from conflictdata.analysis.acled_mapping import by_code
from conflictdata.analysis.affiliation import ancestors
from conflictdata.analysis.possible_days import possible
from conflictdata.analysis.violence_type import ViolenceType, is_state, principals
from conflictdata.codelists import codelist
from conflictdata.model import Actor, Event, Records
from conflictdata.model.codes import Role

CIVILIANS_ID = 1
CIVILIANS_DSET_ID = 9999
"""The layout's number for civilians, side b of one-sided violence."""


@dataclass(frozen=True, slots=True)
class Party:
    """A side: its name, its UCDP id if known, and its Gleditsch-Ward number if it is a state."""

    name: str
    ucdp: int | None
    gwno: int | None


@dataclass(frozen=True, slots=True)
class Parties:
    """Both sides and their dyad; an unknown id is None. `sides` are our numbers of side a and side b."""

    a: Party
    b: Party
    sides: tuple[int, int]
    violence: ViolenceType
    dyad_id: int | None
    dyad_name: str
    conflict_id: int | None
    conflict_name: str


def parties_of(records: Records, event: Event, violence: ViolenceType) -> Parties:
    """The two sides; a state, or the party that attacks civilians, is side a.

    If several actors fight on a side, the pair that UCDP lists as a dyad is used.
    """
    first, second = _candidates(records, event, 1), _candidates(records, event, 2)
    if violence is ViolenceType.ONE_SIDED:
        second = [Party("Civilians", CIVILIANS_ID, None)]
    pairs = [(one, two, (1, 2)) for one in first for two in second]
    pairs += [(two, one, (2, 1)) for one, two, _ in pairs]
    for a, b, sides in pairs:
        if _is_dyad(a, b, violence):
            dyad = _dyads()[a.ucdp, b.ucdp]
            return Parties(
                a, b, sides, violence,
                int(dyad["dyad_id"]), dyad["dyad_name"], int(dyad["conflict_id"]), dyad["conflict_name"],
            )  # fmt: skip
    one, two, sides = first[0], second[0], (1, 2)
    if one.gwno is None and two.gwno is not None:
        one, two, sides = two, one, (2, 1)
    name = f"{one.name} - {two.name}"
    return Parties(one, two, sides, violence, None, name, None, name)


def _is_dyad(a: Party, b: Party, violence: ViolenceType) -> bool:
    dyad = _dyads().get((a.ucdp, b.ucdp))
    return dyad is not None and dyad["type_of_violence"] == code(violence)


def code(violence: ViolenceType) -> str:
    """The layout's number for a type of violence."""
    return by_code("violence-types")[violence]["ucdp_code"]


@cache
def _dyads() -> Mapping[tuple[int | None, int | None], Mapping[str, str]]:
    return {(int(row["side_a_id"]), int(row["side_b_id"])): row for row in codelist("ucdp-dyads")}


def _candidates(records: Records, event: Event, side: int) -> list[Party]:
    """The fighting actors of the side, then its others; each with its own UCDP id or that of an actor above it."""
    standing = [who.actor for who in event.participants if who.side == side]
    acting = [who.actor for who in event.participants if who.role is Role.PERPETRATOR] if side == 1 else []
    found: dict[Party, None] = {}
    for actor_id in dict.fromkeys((*sorted(principals(records, event, side)), *standing, *acting)):
        chain = (actor_id, *sorted(ancestors(records, actor_id, possible(event.when)) - {actor_id}))
        actors = [actor for each in chain if (actor := records.actors.get(each)) is not None]
        known = next((actor for actor in actors if actor.ucdp is not None), None)
        if known is not None and known.ucdp is not None:
            found[Party(known.ucdp.name, known.ucdp.id, _gwno(records, known))] = None
        elif actors:
            found[Party(actors[0].name, None, _gwno(records, actors[0]))] = None
    return [*found] or [Party("Unknown", None, None)]


def _gwno(records: Records, actor: Actor) -> int | None:
    if actor.country is None or not is_state(records, actor.id) or actor.country not in by_code("countries"):
        return None
    return int(by_code("countries")[actor.country]["gwno"])
