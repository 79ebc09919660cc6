"""One figure: the range that live claims leave for one population, causer, area and window of one event."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from dataclasses import dataclass

from conflictdata.dates import Window
from conflictdata.model import Event, Population, Records
from conflictdata.model.codes import CountScope, Property, Unit
from conflictdata.views.best import RULES
from conflictdata.views.counts import Amount, Counted
from conflictdata.views.days import possible
from conflictdata.views.disputes import AGAINST


@dataclass(frozen=True, slots=True)
class Figure:
    """What the claims in `claims` leave open: at least `low`, at most `high`; None is an end that nobody bounds.

    `window` is None where it is the event's own. `doubted` holds the live claims that deny or doubt that the event
    happened, for which `low` is 0.
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
        return f"<Figure {self.event.id} {self.property} {say(self.low, self.high)}: {len(self.claims)} claims>"


def say(low: Amount, high: Amount) -> str:
    """A range in a few characters: `12`, `12-20`, `12 or more`, `up to 20`, `no number`."""
    match low, high:
        case None, None:
            return "no number"
        case _, None:
            return f"{low} or more"
        case None, _:
            return f"up to {high}"
        case _:
            return str(low) if low == high else f"{low}-{high}"


def occurrence_doubted(event: Event) -> tuple[str, ...]:
    """The addresses of the live claims that deny or doubt that the event happened."""
    return tuple(
        f"{event.id}#{claim.id}"
        for claim in event.claims
        if claim.live and claim.property is Property.OCCURRED and claim.stance in AGAINST
    )


def alike(claims: Iterable[Counted]) -> tuple[tuple[Counted, ...], ...]:
    """The claims in groups that count the same: population, causer, unit, area, window and kind of total."""
    groups: dict[object, list[Counted]] = {}
    for claim in claims:
        count = claim.count
        # Each running total ends on another day, and a later one takes the place of an earlier.
        window = None if count.scope is CountScope.RUNNING_TOTAL else claim.window
        key = (count.of, frozenset(count.by), count.unit, count.scope, claim.place, window)
        groups.setdefault(key, []).append(claim)
    return tuple(tuple(group) for group in groups.values())


def figure_of(records: Records, claims: tuple[Counted, ...], doubted: tuple[str, ...], best: str | None) -> Figure:
    """The figure that claims of the same population, causer, area and window leave."""
    first = claims[0]
    lows, highs = [claim.low for claim in claims], [claim.high for claim in claims]
    low = 0 if doubted else least(lows)
    return Figure(
        first.event,
        first.claim.property,
        first.population,
        first.count.by,
        first.count.unit,
        first.place,
        first.window if first.window != possible(first.event.when) else None,
        low,
        most(highs),
        RULES[best](records, claims, low) if best is not None else None,
        claims,
        doubted,
    )


def least(lows: Iterable[Amount]) -> Amount:
    """The smallest, open where one is open."""
    known = list(lows)
    return None if None in known else min(low for low in known if low is not None)


def most(highs: Iterable[Amount]) -> Amount:
    """The largest, open where one is open."""
    known = list(highs)
    return None if None in known else max(high for high in known if high is not None)
