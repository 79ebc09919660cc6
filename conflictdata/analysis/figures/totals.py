"""Sums that count nobody twice: over the populations of one incident, and over incidents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from conflictdata.analysis.contradictions import naming_by_address
from conflictdata.analysis.figures.count_claims import Amount, Counted, counted, is_total, made_by
from conflictdata.analysis.figures.estimate import Figure, alike, figure_of
from conflictdata.analysis.figures.populations import apart, holds, status_within
from conflictdata.model import Count, Event, EventClaim, Records
from conflictdata.model.codes import EventKind, PopulationStatus, Property, Stance


@dataclass(slots=True)
class Total:
    """At least `low` and at most `high` over the figures in `parts`; None is an open end.

    `low_by` and `high_by` are the claims that set them. If no claim gives a count, `parts` is empty and every number is
    None.
    """

    low: Amount
    high: Amount
    best: Amount
    parts: tuple[Figure, ...]
    low_by: tuple[Counted, ...] = ()
    high_by: tuple[Counted, ...] = ()


_NO_COUNT = Total(None, None, None, ())


@dataclass(slots=True, eq=False, repr=False)
class FigureQuery:
    """What is to be added: property, events, table of number words, rule, day of knowledge, and population.

    `claimant` selects the numbers of one claimant.
    """

    code: Property
    events: Collection[str]
    vague: str = "default"
    best: str | None = None
    as_of: dt.date | None = None
    status: PopulationStatus | None = None
    claimant: str | None = None


def event_total(records: Records, event: Event, code: Property, vague: str = "default") -> Total:
    """The incident's range over all populations. An operation has none: its totals are claims, which are not added."""
    return total(records, addable(records, event, FigureQuery(code, {event.id}, vague)))


def addable(records: Records, event: Event, query: FigureQuery) -> tuple[Figure, ...]:
    """The incident's figures that may be added: no total over many incidents, and no part of another count."""
    if event.kind is EventKind.OPERATION or event.withdrawn is not None:
        return ()
    claims = [
        claim
        for claim in counted(records, event, query.code, query.vague, query.as_of)
        if not is_total(claim.count) and of_status(claim.count, query.status)
        if query.claimant in (None, claim.claim.claimant)
    ]
    if naming := naming_by_address(records, event.id) if claims else {}:
        claims = [claim for claim in claims if not _is_included(records, claim.id, naming, query)]
    return tuple(figure_of(records, group, query.best, query.as_of) for group in alike(claims))


def of_status(count: Count, status: PopulationStatus | None) -> bool:
    """Whether the population has that status, or a kind of it. Without a status, every population does."""
    of = count.of.status if count.of is not None else None
    return status is None or (of is not None and status_within(of, status))


def _is_included(records: Records, part: str, naming: Mapping[str, Sequence[EventClaim]], query: FigureQuery) -> bool:
    """Whether a claim that includes the claim of that address is itself added."""
    return any(_may_be_added(whole, part) and _added(records, whole, query) for whole in naming.get(part, ()))


def _added(records: Records, whole: EventClaim, query: FigureQuery) -> bool:
    """Whether the claim that includes another is itself added."""
    claim = whole.claim
    return (
        whole.event.id in query.events
        and claim.property is query.code
        and claim.count is not None
        and of_status(claim.count, query.status)
        and query.claimant in (None, claim.claimant)
        and (query.as_of is None or made_by(records, claim, query.as_of))
    )


def _may_be_added(whole: EventClaim, part: str) -> bool:
    """Whether a claim includes the claim of that address and may be added."""
    event, claim, count = whole.event, whole.claim, whole.claim.count
    return (
        (count is not None and part in count.includes and not is_total(count))
        and (event.kind is EventKind.INCIDENT and event.withdrawn is None)
        and (claim.live and claim.stance is Stance.ASSERTS)
    )


def total(records: Records, figures: Iterable[Figure]) -> Total:
    """The range over all the figures. Figures that may share people are combined first; then all are added."""
    return added([_family_total(records, family) for family in _families(records, figures)])


def added(totals: Iterable[Total]) -> Total:
    """The sum of ranges that share nobody. `low` adds the known lower bounds; `high` is open if any is open."""
    stated = [each for each in totals if each.parts]
    if len(stated) < 2:
        return stated[0] if stated else _NO_COUNT
    highs = [each.high for each in stated]
    return Total(
        _sum(each.low for each in stated),
        None if None in highs else _sum(highs),
        _sum(each.best for each in stated),
        tuple(part for each in stated for part in each.parts),
        tuple(claim for each in stated for claim in each.low_by),
        tuple(claim for each in stated for claim in each.high_by),
    )


def _sum(amounts: Iterable[Amount]) -> Amount:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _families(records: Records, figures: Iterable[Figure]) -> list[list[Figure]]:
    """The figures in groups, so that nobody can be counted in two groups."""
    families: list[list[Figure]] = []
    for figure in figures:
        joined: list[Figure] = []
        others: list[list[Figure]] = []
        for family in families:
            if all(_apart(records, figure, member) for member in family):
                others.append(family)
            else:
                joined.extend(family)
        families = [*others, [*joined, figure]]
    return families


def _apart(records: Records, one: Figure, other: Figure) -> bool:
    return one.event.id != other.event.id or apart(records, one.claims[0], other.claims[0])


def _family_total(records: Records, family: list[Figure]) -> Total:
    """The total of figures that may share people.

    Those that no other includes set `low`; the others can only raise `high`.
    """
    if len(family) == 1:  # as in most events; what follows takes six times as long
        (one,) = family
        return Total(one.low, one.high, one.best, (one,), one.lowest, one.highest if one.high is not None else ())
    wholes = [
        figure
        for number, figure in enumerate(family)
        if not any(
            _above(records, other, place, figure, number) for place, other in enumerate(family) if place != number
        )
    ]
    # A whole that is given only in words is at least as large as its parts.
    granting = family if all(claim.in_words for figure in wholes for claim in figure.claims) else wholes
    low = max((figure.low for figure in granting if figure.low is not None), default=None)
    low_by = [claim for figure in granting if figure.low == low for claim in figure.lowest]
    high, high_by = _largest(wholes, family)
    best = max((figure.best for figure in wholes if figure.best is not None), default=None)
    return Total(low, high, best, tuple(family), tuple(low_by), tuple(high_by))


def _largest(wholes: list[Figure], family: list[Figure]) -> tuple[Amount, list[Counted]]:
    """If a claim counts more in a part than others count in the whole, the whole may be larger than they say."""
    whole = set(map(id, wholes))  # comparing the figures themselves would compare all their claims
    highs = [figure.high for figure in wholes]
    together = None if None in highs else _sum(highs)
    claimed = [claim.high for figure in wholes for claim in figure.claims if claim.high is not None]
    parts = [claim for figure in family if id(figure) not in whole for claim in figure.claims]
    if together is None or any(part.high is None and (part.low or 0) > min(claimed) for part in parts):
        return None, []
    largest = max((part.high for part in parts if part.high is not None), default=together)
    if largest > together:
        return largest, [part for part in parts if part.high == largest]
    return together, [claim for figure in wholes for claim in figure.highest]


def _above(records: Records, other: Figure, place: int, figure: Figure, number: int) -> bool:
    """Whether `other` includes `figure`; of two that include each other, the first includes the second."""
    one, another = other.claims[0], figure.claims[0]
    return holds(records, one, another) and (place < number or not holds(records, another, one))
