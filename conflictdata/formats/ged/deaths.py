"""The deaths of an event by side, as in the column layout of UCDP GED."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from conflictdata.analysis.affiliation import ancestors
from conflictdata.analysis.figures.estimate import Figure
from conflictdata.analysis.figures.totals import FigureQuery, addable, total
from conflictdata.analysis.violence_type import ViolenceType
from conflictdata.model import Event, Records
from conflictdata.model.codes import ActorKind, PopulationStatus, Property, Unit

CIVILIAN = frozenset(
    {
        *(PopulationStatus.CIVILIAN, PopulationStatus.CHILD, PopulationStatus.WOMAN),
        *(PopulationStatus.AID_WORKER, PopulationStatus.MEDIA_WORKER),
    }
)
"""The statuses of people whom the layout counts as civilians."""

COLUMNS = ("a", "b", "civilians", "unknown")


@dataclass(frozen=True, slots=True)
class Deaths:
    """People killed on each side, civilians, and those of unknown side; `best` is always their sum."""

    a: int
    b: int
    civilians: int
    unknown: int
    low: int
    high: int

    @property
    def best(self) -> int:
        """The sum of the four."""
        return self.a + self.b + self.civilians + self.unknown


def deaths_of(
    records: Records, event: Event, violence: ViolenceType, sides: tuple[int, int], words: str, rule: str
) -> Deaths | None:
    """The deaths of an event; `sides` are our numbers of side a and side b.

    None if no claim gives a number above 0. If no upper bound is reported, `high` is the largest number that a claim
    names. Figures that may count the same people are not divided; they are given as unknown.
    """
    query = FigureQuery(Property.KILLED, {event.id}, words, rule)
    figures = [figure for figure in addable(records, event, query) if figure.unit is Unit.PERSON]
    whole = total(records, figures)
    numbers = [number for number in (whole.low, whole.best, whole.high) if number is not None]
    if not any(numbers):
        return None
    best = int(whole.best if whole.best is not None else whole.low if whole.low is not None else numbers[0])
    groups: dict[str, list[Figure]] = {name: [] for name in COLUMNS}
    for figure in figures:
        groups[_column(records, event, figure, violence, sides)].append(figure)
    divided = {name: _best(records, group) for name, group in groups.items()}
    if sum(divided.values()) != best:
        divided = {**dict.fromkeys(COLUMNS, 0), "unknown": best}
    low = min(int(whole.low or 0), best)
    named = [end for figure in figures for claim in figure.claims for end in (claim.low, claim.high) if end is not None]
    high = max(int(whole.high) if whole.high is not None else int(max(named, default=0)), best)
    return Deaths(**divided, low=low, high=high)


def _best(records: Records, figures: Iterable[Figure]) -> int:
    return int(total(records, figures).best or 0)


def _column(records: Records, event: Event, figure: Figure, violence: ViolenceType, sides: tuple[int, int]) -> str:
    of = figure.population
    actor = records.actors.get(of.actor) if of is not None and of.actor is not None else None
    if (of is not None and of.status in CIVILIAN) or (actor is not None and actor.kind is ActorKind.POPULATION):
        return "civilians"
    if actor is None or violence is ViolenceType.ONE_SIDED:  # the layout does not count deaths of the attacking party
        return "unknown"
    wholes = ancestors(records, actor.id)
    on = {who.side for who in event.participants if who.actor in wholes or actor.id in ancestors(records, who.actor)}
    if on == {sides[0]}:
        return "a"
    return "b" if on == {sides[1]} else "unknown"
