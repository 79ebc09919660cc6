"""Figures as rows of one table: sums over incidents and claims about operations, distinguished by `scope`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conflictdata.analysis.figures.count_claims import Amount, Counted
from conflictdata.analysis.figures.estimate import Figure
from conflictdata.analysis.figures.grouping import Key
from conflictdata.model import Claim, Population
from conflictdata.model.codes import EventKind, Unit
from conflictdata.text import spell_range

Row = dict[str, object]

_JOIN = "; "


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """A range over the incidents of one group: at least `low`, at most `high`; None is an open end.

    Of `n_events` incidents, `n_without` have no such figure and do not contribute. Things of different kinds cannot be
    added; they have separate groups, distinguished by `unit` and `item`.
    """

    key: Key
    unit: Unit | None
    item: str | None
    low: Amount
    high: Amount
    best: Amount
    n_events: int
    n_without: int
    figures: tuple[Figure, ...]

    def __repr__(self) -> str:
        of = "" if self.key is None else f"{self.key}: "
        return (
            f"<{of}{spell_range(self.low, self.high)}; {self.n_without} of {self.n_events} incidents without a count>"
        )


def columns(by: str | None, *, best: bool) -> tuple[str, ...]:
    """The names of the columns, in order."""
    estimate = ("best",) if best else ()
    counted = ("unit", "item", "population", "bound", "as_stated", "causer", "claimant")
    return (
        *("scope", by or "of", "low", "high", *estimate, *(name for name in counted if name != by)),
        *("date_start", "date_end", "doubted_by", "incidents", "without_count", "claims"),
    )


def incident_row(by: str | None, group: Group) -> Row:
    """A sum over incidents. If its claims differ, a cell lists each value once."""
    key = group.key if by is not None else "all"
    row = _row(by, EventKind.INCIDENT, key, group.figures, group.low, group.high, group.best)
    return row | {
        "unit": group.unit,
        "item": group.item,
        "incidents": group.n_events,
        "without_count": group.n_without,
    }


def statement_row(by: str | None, key: str | None, figure: Figure) -> Row:
    """One claimant's latest statement, which is not added to any sum."""
    group = key if by is not None else figure.event.id
    return _row(by, figure.event.kind, group, (figure,), figure.low, figure.high, figure.best)


def _row(
    by: str | None,
    scope: EventKind,
    key: str | None,
    figures: tuple[Figure, ...],
    low: Amount,
    high: Amount,
    best: Amount,
) -> Row:
    claims = tuple(claim for figure in figures for claim in figure.claims)

    def each(value: Callable[[Counted], str | None]) -> str | None:
        return _JOIN.join(dict.fromkeys(attributes for claim in claims if (attributes := value(claim)))) or None

    attributes = {
        "causer": each(lambda claim: ", ".join(claim.count.by)),
        "claimant": each(lambda claim: _claimant(claim.claim)),
    }
    attributes.pop(by or "", None)
    firsts = [claim.window[0] for claim in claims]
    lasts = [claim.window[1] for claim in claims]
    return {
        "scope": scope.value,
        by or "of": key,
        "low": low,
        "high": high,
        "best": best,
        "unit": claims[0].count.unit.value if claims else None,
        "item": claims[0].population.item if claims and claims[0].population else None,
        "population": each(lambda claim: population_text(claim.population)),
        "bound": each(lambda claim: claim.count.bound.value),
        "as_stated": each(lambda claim: claim.count.as_stated),
        **attributes,
        "date_start": None if None in firsts else min((day for day in firsts if day), default=None),
        "date_end": None if None in lasts else max((day for day in lasts if day), default=None),
        "doubted_by": _JOIN.join(dict.fromkeys(doubt for f in figures for doubt in f.doubted + f.partly_doubted))
        or None,
        "incidents": None,
        "without_count": None,
        "claims": each(lambda claim: claim.id),
    }


def _claimant(claim: Claim) -> str:
    """The claimant's id, with the document's words for an unnamed one."""
    return f'{claim.claimant} ("{claim.claimant_as_stated}")' if claim.claimant_as_stated else claim.claimant


def population_text(of: Population | None) -> str | None:
    """The population in ids and codes: status, party, nationality."""
    return ", ".join(filter(None, (of.status, of.actor, of.nationality))) or None if of is not None else None
