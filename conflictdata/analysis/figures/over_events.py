"""Figures over many events: sums over incidents, and separately the claims about operations, which are never added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from conflictdata.analysis.answer_base import LONGEST_REPR, Answer, Cell, Columns
from conflictdata.analysis.arguments import resolve_choice
from conflictdata.analysis.figures.count_claims import COUNTS, FLOWS, Amount, counted
from conflictdata.analysis.figures.estimate import RULES, Figure
from conflictdata.analysis.figures.grouping import GROUPINGS, OF_EVENT, OF_FIGURE, Key, key_of
from conflictdata.analysis.figures.latest_statements import latest_statements
from conflictdata.analysis.figures.populations import item
from conflictdata.analysis.figures.rows import Group, columns, incident_row, statement_row
from conflictdata.analysis.figures.totals import FigureQuery, addable, added, of_status, total
from conflictdata.analysis.lookup import events_among
from conflictdata.codelists import word_table
from conflictdata.collector_pause import collector_paused
from conflictdata.date_windows import read_day
from conflictdata.model import Event, Records
from conflictdata.model.codes import EventKind, PopulationStatus, Property, Unit
from conflictdata.text import spell_range, truncate_line

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

Parts = Mapping[str, tuple[Figure, ...]]
"""By incident, the figures that may be added."""


_SHOWN = 3
"""The most kinds of things that the text of the answer names."""


@dataclass(frozen=True, slots=True, repr=False)
class Figures(Answer):
    """How many, over incidents: by group in `groups`, and altogether in `whole`.

    `statements` are each claimant's latest claims about operations: totals over many incidents, which are never added.
    `keys` are their groups. `vague` is the table of number words with its version; `best` is the rule of the best
    estimates, if one was given.
    """

    what: Property
    by: str | None
    vague: str
    best: str | None
    groups: tuple[Group, ...]
    whole: tuple[Group, ...]
    statements: tuple[Figure, ...]
    keys: tuple[Key, ...]

    @property
    def low(self) -> Amount:
        """The lower bound over all incidents; None if nobody gives one, or for things of different kinds."""
        return self.whole[0].low if len(self.whole) == 1 else None

    @property
    def high(self) -> Amount:
        """The upper bound over the incidents that have a count; None if no upper bound is reported."""
        return self.whole[0].high if len(self.whole) == 1 else None

    @property
    def n_events(self) -> int:
        """The number of incidents."""
        return self.whole[0].n_events

    @property
    def n_without(self) -> int:
        """The number of incidents without a count."""
        return self.n_events - len({figure.event.id for group in self.whole for figure in group.figures})

    def __iter__(self) -> Iterator[Group]:
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)

    @property
    def columns(self) -> Columns:
        """The columns of its rows."""
        numbers = {"low": float, "high": float, "best": float, "incidents": int, "without_count": int}
        kinds: dict[str, type] = numbers | {"date_start": dt.date, "date_end": dt.date}
        return {name: kinds.get(name, str) for name in columns(self.by, best=self.best is not None)}

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """Its rows, a cell for each column."""
        for row in self.rows():
            yield tuple(cast(Cell, row[name]) for name in self.columns)

    def rows(self) -> list[dict[str, Any]]:
        """One row for each group of incidents, then one for each statement on an operation, told apart by `scope`."""
        groups = self.groups if self.by is not None else self.whole
        made = [incident_row(self.by, group) for group in groups]
        statements = [
            statement_row(self.by, key, figure) for key, figure in zip(self.keys, self.statements, strict=True)
        ]
        return [*made, *statements]

    def to_dict(self) -> dict[str, object]:
        """The question and the rows."""
        return {"what": self.what.value, "words": self.vague, "best": self.best, "rows": self.rows()}

    def __str__(self) -> str:
        return repr(self)[1:-1]

    def __repr__(self) -> str:
        each = [spell_range(group.low, group.high) + (f" {group.item}" if group.item else "") for group in self.whole]
        whole = ", ".join(each[:_SHOWN]) + (f" and {len(each) - _SHOWN} more" if len(each) > _SHOWN else "")
        return (
            f"<Figures {self.what}: {truncate_line(whole, LONGEST_REPR)};"
            f" {self.n_without} of {self.n_events} incidents without a count;"
            f" {len(self.statements)} statements on operations; words by {self.vague}>"
        )


@collector_paused()  # without which it takes a sixth longer at many events
def figures(
    records: Records,
    what: str = "killed",
    events: Iterable[Event | str] | None = None,
    by: str | None = None,
    status: str | None = None,
    vague: str = "default",
    best: str | None = None,
    as_of: dt.date | str | None = None,
) -> Figures:
    """How many, by the live claims in `events` (default: all).

    `by` is one of `GROUPINGS`; `status` selects one population; `as_of` leaves out claims made after that day. Units
    are as claimed. An unknown name raises `UnknownName`.
    """
    code = Property(resolve_choice("counting property", what, COUNTS))
    if by is not None:
        resolve_choice("grouping", by, GROUPINGS)
    if best is not None:
        resolve_choice("rule for a best estimate", best, RULES)
    kept = (
        PopulationStatus(resolve_choice("population status", status, PopulationStatus)) if status is not None else None
    )
    day = read_day(as_of) if as_of is not None else None
    chosen = _chosen(records, events)
    incidents = [event for event in chosen if event.kind is EventKind.INCIDENT]
    query = FigureQuery(code, {event.id for event in incidents}, vague, best, day, kept)
    parts = _parts(records, incidents, query)
    statements = tuple(
        figure
        for event in chosen
        if event.kind is EventKind.OPERATION or code not in FLOWS
        for figure in latest_statements(records, counted(records, event, code, vague, day), best, day)
        if of_status(figure.claims[0].count, kept)
    )
    return Figures(
        code,
        by,
        word_table(vague),
        best,
        _groups(records, incidents, _by_claimant(records, incidents, query) if by == "claimant" else parts, by)
        if by is not None
        else (),
        _by_thing(records, None, incidents, _all_of(incidents, parts)),
        statements,
        tuple(key_of(records, figure, by) for figure in statements),
    )


def _parts(records: Records, incidents: list[Event], query: FigureQuery) -> Parts:
    return {event.id: addable(records, event, query) if query.code in FLOWS else () for event in incidents}


def _by_claimant(records: Records, incidents: list[Event], query: FigureQuery) -> Parts:
    """The figures computed from each claimant's numbers alone, so that each figure has one claimant."""
    claimants = sorted({c.claimant for event in incidents for c in event.claims if c.property is query.code and c.live})
    each = [_parts(records, incidents, replace(query, claimant=claimant)) for claimant in claimants]
    return {event.id: tuple(figure for parts in each for figure in parts[event.id]) for event in incidents}


def _chosen(records: Records, events: Iterable[Event | str] | None) -> list[Event]:
    named = records.events if events is None else events_among(records, events)
    return [event for event in named if event.withdrawn is None and any(claim.live for claim in event.claims)]


def _all_of(events: Iterable[Event], parts: Parts) -> list[Figure]:
    return [figure for event in events for figure in parts[event.id]]


def _groups(records: Records, incidents: list[Event], parts: Parts, by: str) -> tuple[Group, ...]:
    rows: list[tuple[Key, list[Event], list[Figure]]]
    if by in OF_EVENT:
        events = _sorted_by(incidents, lambda event: OF_EVENT[by](records, event))
        rows = [(key, those, _all_of(those, parts)) for key, those in events.items()]
    else:
        figures = _sorted_by(_all_of(incidents, parts), OF_FIGURE[by])
        rows = [(key, incidents, those) for key, those in figures.items()]
    rows.sort(key=lambda row: (row[0] is None, str(row[0])))
    return tuple(group for row in rows for group in _by_thing(records, *row))


def _by_thing(records: Records, key: Key, events: list[Event], parts: Iterable[Figure]) -> tuple[Group, ...]:
    things = _sorted_by(parts, _thing)
    if not things:
        return (Group(key, None, None, None, None, None, len(events), len(events), ()),)
    groups = []
    for unit, thing in sorted(things, key=lambda pair: (pair[0], pair[1] or "")):
        each = _sorted_by(things[unit, thing], lambda figure: figure.event.id)
        over = added(total(records, figures) for figures in each.values())
        without = len(events) - len(each)
        groups.append(Group(key, unit, thing, over.low, over.high, over.best, len(events), without, over.parts))
    return tuple(groups)


def _sorted_by(these: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """The items grouped by key, in their order."""
    found: dict[K, list[T]] = {}
    for one in these:
        found.setdefault(key(one), []).append(one)
    return found


def _thing(figure: Figure) -> tuple[Unit, str | None]:
    return figure.unit, item(figure.claims[0])
