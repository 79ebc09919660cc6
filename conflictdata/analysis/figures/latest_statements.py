"""Claims about a whole operation: each claimant's latest statement, and the range of these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from conflictdata.analysis.figures.count_claims import Amount, Counted, counted, made_on
from conflictdata.analysis.figures.estimate import Figure, alike, figure_of
from conflictdata.analysis.figures.populations import holds
from conflictdata.model import Event, Records
from conflictdata.model.codes import EventKind, Property


@dataclass(slots=True)
class Reported:
    """The range over each claimant's latest statement on a whole operation, and who makes these statements."""

    low: Amount
    high: Amount
    claimants: tuple[str, ...]


def latest_statements(
    records: Records, claims: Iterable[Counted], best: str | None, as_of: dt.date | None = None
) -> Iterator[Figure]:
    """One figure for each claimant and population, from its latest claim. Each unnamed claimant counts separately."""
    for group in alike(claims):
        by_claimant: dict[str, list[Counted]] = {}
        for claim in group:
            claimant = claim.claim.claimant if claim.claim.claimant_as_stated is None else claim.id
            by_claimant.setdefault(claimant, []).append(claim)
        for own in by_claimant.values():
            latest = max(_when(records, claim) for claim in own)
            last = tuple(claim for claim in own if _when(records, claim) == latest)
            yield figure_of(records, last, best, as_of)


def reported(records: Records, event: Event, code: Property) -> Reported | None:
    """The range reported for a whole operation; None for an incident, or if nobody gives a number.

    For each population the lowest number of its claimants is taken; `low` is the largest of these. Nothing is added.
    `high` is open unless one population includes all others.
    """
    if event.kind is not EventKind.OPERATION or event.withdrawn is not None:
        return None
    statements = tuple(latest_statements(records, counted(records, event, code, "default"), None))
    figures = [figure_of(records, group) for group in alike(claim for figure in statements for claim in figure.claims)]
    wholes = [
        one
        for n, one in enumerate(figures)
        if not any(
            holds(records, other.claims[0], one.claims[0])
            and (m < n or not holds(records, one.claims[0], other.claims[0]))
            for m, other in enumerate(figures)
            if m != n
        )
    ]
    if not wholes:
        return None
    low = max((figure.low for figure in figures if figure.low is not None), default=None)
    highs = [claim.high for figure in figures for claim in figure.claims] if len(wholes) == 1 else [None]
    high = None if None in highs else max(high for high in highs if high is not None)
    voices = dict.fromkeys(claim.claim.claimant for figure in statements for claim in figure.claims)
    return Reported(low, high, tuple(voices))


def _when(records: Records, claim: Counted) -> dt.date:
    stated_on, about = made_on(records, claim.claim), claim.window
    return stated_on[1] or stated_on[0] or about[1] or about[0] or dt.date.min
