"""The numbers of claimants for the same incidents: two side by side, and whose are the highest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from conflictdata.analysis.answer_base import Answer, AnswerList, Cell, Columns
from conflictdata.analysis.arguments import resolve_choice
from conflictdata.analysis.figures.count_claims import COUNTS, Amount
from conflictdata.analysis.figures.estimate import least, most
from conflictdata.analysis.lookup import actor_id
from conflictdata.model import Event, Records
from conflictdata.model.codes import EventKind, Property, Stance
from conflictdata.text import spell_range

Range = tuple[Amount, Amount]
"""Low and high; None where the claimant gives no such bound."""


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Answer):
    """The ranges of two claimants for one event. `gap` is their smallest possible difference, 0 if both can be true."""

    COLUMNS: ClassVar[Columns] = {
        "event_id": str,
        "title": str,
        "first_low": int,
        "first_high": int,
        "second_low": int,
        "second_high": int,
        "gap": int,
    }

    event: Event
    first: Range
    second: Range

    @property
    def gap(self) -> int | float:
        """The smallest possible difference between the two ranges."""
        return max(0, _above(self.first, self.second), _above(self.second, self.first))

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row."""
        yield self.event.id, self.event.title, *self.first, *self.second, self.gap

    def __str__(self) -> str:
        first, second = spell_range(*self.first), spell_range(*self.second)
        return f"{self.event.id}  {first} against {second}: {self.event.title}"


@dataclass(frozen=True, slots=True, repr=False)
class ClaimantRank(Answer):
    """How often a claimant gives the highest and the lowest number, in `incidents` with numbers by several claimants.

    If all give the same number, none is the highest or the lowest.
    """

    COLUMNS: ClassVar[Columns] = {"claimant": str, "incidents": int, "highest": int, "lowest": int}

    claimant: str
    incidents: int
    highest: int
    lowest: int

    def __str__(self) -> str:
        return f"{self.claimant}: highest in {self.highest}, lowest in {self.lowest} of {self.incidents} incidents"


def rank_claimants(records: Records, what: str = "killed") -> AnswerList[ClaimantRank]:
    """The claimants with numbers for incidents that others count too, and how often theirs are the extremes.

    The number of a range is its low, else its high. Unnamed claimants are left out. Those with the most incidents come
    first. Raises `UnknownName`.
    """
    counted = Property(resolve_choice("counting property", what, COUNTS))
    ranks: dict[str, list[int]] = {}
    for event in _incidents(records):
        numbers = {
            claimant: low if low is not None else high
            for claimant, (low, high) in claimant_ranges(event, counted).items()
            if claimant != "unattributed"
        }
        known = [number for number in numbers.values() if number is not None]
        for claimant, number in numbers.items() if len(known) > 1 else ():
            rank = ranks.setdefault(claimant, [0, 0, 0])
            rank[0] += 1
            if min(known) < max(known):
                rank[1] += number == max(known)
                rank[2] += number == min(known)
    found = [ClaimantRank(claimant, *rank) for claimant, rank in ranks.items()]
    return AnswerList(ClaimantRank, sorted(found, key=lambda rank: (-rank.incidents, rank.claimant)))


def _incidents(records: Records) -> Iterator[Event]:
    """The incidents among the events.

    Numbers for operations are of different days and periods and cannot be compared.
    """
    return (event for event in records.events if event.withdrawn is None and event.kind is EventKind.INCIDENT)


def compare(records: Records, first: str, second: str, what: str = "killed") -> AnswerList[Comparison]:
    """Incidents for which both actors (id or name) give a number of a counting property, the widest gap first.

    Raises `UnknownName`.
    """
    one, other = actor_id(records, first), actor_id(records, second)
    counted = Property(resolve_choice("counting property", what, COUNTS))
    found = []
    for event in _incidents(records):
        ranges = claimant_ranges(event, counted)
        if one in ranges and other in ranges:
            found.append(Comparison(event, ranges[one], ranges[other]))
    return AnswerList(Comparison, sorted(found, key=lambda each: (-each.gap, each.event.id)))


def claimant_ranges(event: Event, what: Property = Property.KILLED) -> dict[str, Range]:
    """By claimant, the range that it gives for the event: the sum of its live counts, without parts of another count.

    If one claimant has several live counts of one population, the widest range is used.
    """
    included = {part for claim in event.claims if claim.count is not None for part in claim.count.includes}
    by_population: dict[str, dict[object, Range]] = {}
    for claim in event.claims:
        count = claim.count
        if not claim.live or claim.property is not what or claim.stance is not Stance.ASSERTS or count is None:
            continue
        if f"{event.id}#{claim.id}" in included or (count.low is None and count.high is None):
            continue
        populations = by_population.setdefault(claim.claimant, {})
        populations[count.of] = _wider(populations.get(count.of), (count.low, count.high))
    return {claimant: _sum(list(ranges.values())) for claimant, ranges in by_population.items()}


def _wider(known: Range | None, new: Range) -> Range:
    return new if known is None else (least([known[0], new[0]]), most([known[1], new[1]]))


def _sum(ranges: list[Range]) -> Range:
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    low = None if None in lows else sum(each for each in lows if each is not None)
    return low, None if None in highs else sum(each for each in highs if each is not None)


def _above(one: Range, other: Range) -> int | float:
    """By how much the lowest number of `one` is above the highest of `other`."""
    return one[0] - other[1] if one[0] is not None and other[1] is not None else 0
