"""Best estimates, each by a rule with a name: there is none without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from conflictdata.model import Records
from conflictdata.views.actors import branches
from conflictdata.views.counts import Amount, Counted


def _lowest(records: Records, claims: tuple[Counted, ...], low: Amount) -> Amount:
    return low if low is not None else min(_numbers(claims), default=None)


def _median_origin(records: Records, claims: tuple[Counted, ...], low: Amount) -> Amount:
    voices: dict[str, list[Counted]] = {}
    for claim in claims:
        # Claims that count as no origin stand each for itself.
        voices.setdefault(claim.origin or claim.id, []).append(claim)
    each = sorted(number for said in voices.values() if (number := min(_numbers(said), default=None)) is not None)
    return each[(len(each) - 1) // 2] if each else None


def _party_excluded(records: Records, claims: tuple[Counted, ...], low: Amount) -> Amount:
    return min(_numbers([claim for claim in claims if not _by_party(records, claim)]), default=None)


def _by_party(records: Records, claim: Counted) -> bool:
    sides = [who.actor for who in claim.event.participants if who.side is not None]
    return any(claim.claim.claimant in branches(records, actor, claim.window) for actor in sides)


def _numbers(claims: list[Counted] | tuple[Counted, ...]) -> list[int | float]:
    """The number each claim comes nearest to naming: its low, else its high."""
    named = (claim.low if claim.low is not None else claim.high for claim in claims)
    return [number for number in named if number is not None]


Rule = Callable[[Records, tuple[Counted, ...], Amount], Amount]

RULES: Mapping[str, Rule] = {
    "lowest": _lowest,
    "median-origin": _median_origin,
    "party-excluded": _party_excluded,
}
"""Each None where it finds no number. `lowest`: the figure's low, else the smallest number named. `median-origin`: of
each origin's smallest number the middle one, the lower of two. `party-excluded`: the smallest number named by anyone
who is on neither side."""
