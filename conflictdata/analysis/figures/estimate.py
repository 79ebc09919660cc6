"""The range of the live claims for one population in one event, and best estimates by named rules."""

from __future__ import annotations

import builtins
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from conflictdata.analysis.affiliation import descendants
from conflictdata.analysis.contradictions import claim_at, contradictions_of
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.figures.count_claims import Amount, Counted, made_by
from conflictdata.analysis.figures.populations import apart, status_within
from conflictdata.analysis.possible_days import possible
from conflictdata.date_windows import Window
from conflictdata.model import Count, Event, Population, Records
from conflictdata.model.claim_codes import AGAINST
from conflictdata.model.codes import CountScope, Property, Unit
from conflictdata.text import spell_range

_OCCURRED = Property.OCCURRED  # as in `attesting_claims`


def _lowest(records: Records, claims: tuple[Counted, ...], low: Amount) -> Amount:
    return low if low is not None else min(_numbers(claims), default=None)


def _median_origin(records: Records, claims: tuple[Counted, ...], low: Amount) -> Amount:
    voices: dict[str, list[Counted]] = {}
    for claim in claims:
        # A claim without an origin counts as an origin of its own.
        voices.setdefault(claim.origin or claim.id, []).append(claim)
    each = sorted(number for numbers in voices.values() if (number := min(_numbers(numbers), default=None)) is not None)
    return each[(len(each) - 1) // 2] if each else None


def _party_excluded(records: Records, claims: tuple[Counted, ...], low: Amount) -> Amount:
    return min(_numbers([claim for claim in claims if not _by_party(records, claim)]), default=None)


def _by_party(records: Records, claim: Counted) -> bool:
    sides = [who.actor for who in claim.event.participants if who.side is not None]
    return any(claim.claim.claimant in descendants(records, actor, claim.window) for actor in sides)


def _numbers(claims: list[Counted] | tuple[Counted, ...]) -> list[int | float]:
    """The number that each claim names: its low, else its high."""
    named = (claim.low if claim.low is not None else claim.high for claim in claims)
    return [number for number in named if number is not None]


Rule = Callable[[Records, tuple[Counted, ...], Amount], Amount]

RULES: Mapping[str, Rule] = {
    "lowest": _lowest,
    "median-origin": _median_origin,
    "party-excluded": _party_excluded,
}
"""Each rule gives None if no claim names a number. `lowest`: the figure's low, else the smallest number named.
`median-origin`: the median of each origin's smallest number, the lower of two middle ones. `party-excluded`: the
smallest number named by anyone who is on neither side."""


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """The range of `claims`: at least `low`, at most `high`; None is an open end.

    `window` is None if it is that of the event. `doubted` are the live claims that deny or doubt the count, or that the
    event happened; if there are any, `low` is 0. `partly_doubted` are those that deny or doubt some of the people
    counted; they leave `low` as it is.
    """

    event: Event
    property: Property
    population: Population | None
    by: tuple[str, ...]
    unit: Unit
    place: str | None
    window: Window | None
    low: Amount
    high: Amount
    best: Amount
    claims: tuple[Counted, ...]
    doubted: tuple[str, ...] = ()
    partly_doubted: tuple[str, ...] = ()

    @builtins.property
    def origins(self) -> tuple[str, ...]:
        """The independent origins of its claims."""
        return tuple(sorted({claim.origin for claim in self.claims if claim.origin is not None}))

    @builtins.property
    def lowest(self) -> tuple[Counted, ...]:
        """The claims that set `low`."""
        return tuple(claim for claim in self.claims if claim.low == self.low)

    @builtins.property
    def highest(self) -> tuple[Counted, ...]:
        """The claims that set `high`."""
        return tuple(claim for claim in self.claims if claim.high == self.high)

    def __repr__(self) -> str:
        return f"<Figure {self.event.id} {self.property} {spell_range(self.low, self.high)}: {len(self.claims)} claims>"


def occurrence_doubted(event: Event) -> tuple[str, ...]:
    """The addresses of the live claims that deny or doubt that the event happened."""
    against = [
        f"{event.id}#{claim.id}"
        for claim in event.claims
        if claim.property is _OCCURRED and claim.stance in AGAINST and claim.live
    ]
    return tuple(against)


def _doubts(records: Records, claims: tuple[Counted, ...], as_of: dt.date | None) -> tuple[str, ...]:
    """The addresses of the live claims that deny or doubt these counts of one event, or that the event happened."""
    event = claims[0].event
    against = dict.fromkeys(occurrence_doubted(event))
    contradicted = contradictions_of(records, event)
    for claim in claims if contradicted else ():
        for address in sorted(contradicted.get(claim.id, ())):
            if _of_all(claim_at(records, address).claim.count, claim.count):
                against[address] = None
    if not against:
        return ()
    placed = [claim_at(records, address) for address in against]
    return tuple(
        each.id
        for each in placed
        if each.claim.stance in AGAINST and (as_of is None or made_by(records, each.claim, as_of))
    )


def _partial_doubts(
    records: Records, claims: tuple[Counted, ...], as_of: dt.date | None, whole: tuple[str, ...]
) -> Iterator[str]:
    """The addresses of the live claims of the event that deny or doubt some of the people counted, besides `whole`."""
    event, code = claims[0].event, claims[0].claim.property
    for claim in event.claims:
        count = claim.count
        if claim.property is not code or claim.stance not in AGAINST or count is None or not claim.live:
            continue
        window = possible(claim.window) if claim.window is not None else event_dates(records, event).window
        denial = Counted(event, claim, count, None, count.low, count.high, window, frozenset(count.by))
        if (
            denial.id not in whole
            and (as_of is None or made_by(records, claim, as_of))
            and any(_may_share(records, denial, each) for each in claims)
        ):
            yield denial.id


def _may_share(records: Records, denial: Counted, count: Counted) -> bool:
    """Whether some of the people counted may be those denied; a denial of more people than that is about others."""
    more = denial.low is not None and count.high is not None and denial.low > count.high
    return not more and not apart(records, denial, count)


def _of_all(denied: Count | None, count: Count) -> bool:
    """Whether the denial covers everyone who is counted: a denial of dead civilians does not deny other deaths."""
    of, other = denied.of if denied is not None else None, count.of
    if of is None or of.status is None:
        return True
    if other is None:
        return False
    same = of.actor is not None and of.actor == other.actor
    return same or (other.status is not None and status_within(other.status, of.status))


def alike(claims: Iterable[Counted]) -> tuple[tuple[Counted, ...], ...]:
    """The claims in groups with the same population, causer, unit, area, window and kind of total."""
    held = [*claims]
    if len(held) == 1:  # as in most events; a key of it would take an eighth of the time of its figure
        return (tuple(held),)
    groups: dict[object, list[Counted]] = {}
    for claim in held:
        count = claim.count
        # Running totals end on different days; a later one replaces an earlier one.
        window = None if count.scope is CountScope.RUNNING_TOTAL else claim.window
        key = (count.of, claim.by, count.unit, count.scope, claim.place, window)
        groups.setdefault(key, []).append(claim)
    return tuple(tuple(group) for group in groups.values())


def figure_of(
    records: Records,
    claims: tuple[Counted, ...],
    best: str | None = None,
    as_of: dt.date | None = None,
    *,
    with_doubts: bool = True,
) -> Figure:
    """The figure of claims with the same population, causer, area and window; without doubts raised after `as_of`."""
    first = claims[0]
    doubted = _doubts(records, claims, as_of) if with_doubts else ()
    setting = _setting(claims)
    lows, highs = [claim.low for claim in setting], [claim.high for claim in setting]
    low = 0 if doubted else least(lows)
    return Figure(
        first.event,
        first.claim.property,
        first.population,
        _agreed_causers(claims),
        first.count.unit,
        first.place,
        first.window if first.window != event_dates(records, first.event).window else None,
        low,
        most(highs),
        RULES[best](records, claims, low) if best is not None else None,
        claims,
        doubted,
        tuple(_partial_doubts(records, claims, as_of, doubted)),
    )


def _agreed_causers(claims: tuple[Counted, ...]) -> tuple[str, ...]:
    """Who caused the number by every claim that names anybody; empty where they name different actors."""
    named = {frozenset(claim.count.by): claim.count.by for claim in claims if claim.count.by}
    return next(iter(named.values())) if len(named) == 1 else ()


def _setting(claims: tuple[Counted, ...]) -> tuple[Counted, ...]:
    """The claims that set the range; words such as `dozens` do not widen numbers that lie in their range."""
    numbers = [claim for claim in claims if not claim.in_words]
    if len(numbers) in (0, len(claims)):
        return claims
    low, high = least(claim.low for claim in numbers), most(claim.high for claim in numbers)
    return tuple(claim for claim in claims if not claim.in_words or not _allows(claim, low, high))


def _allows(words: Counted, low: Amount, high: Amount) -> bool:
    return (words.low is None or (low is not None and words.low <= low)) and (
        words.high is None or (high is not None and high <= words.high)
    )


def least(lows: Iterable[Amount]) -> Amount:
    """The smallest bound; open if any is open."""
    known = [*lows]
    numbers = [low for low in known if low is not None]
    return min(numbers) if len(numbers) == len(known) else None


def most(highs: Iterable[Amount]) -> Amount:
    """The largest bound; open if any is open."""
    known = [*highs]
    numbers = [high for high in known if high is not None]
    return max(numbers) if len(numbers) == len(known) else None
