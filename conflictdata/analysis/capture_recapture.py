"""Which origin reports which incident: the input table of multiple-systems estimation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from conflictdata.analysis.answer import Answer, Cell, Columns
from conflictdata.analysis.lookup import events_among
from conflictdata.analysis.origins import origins
from conflictdata.model import Event, Records
from conflictdata.model.codes import EventKind


@dataclass(frozen=True, slots=True, repr=False)
class CaptureMatrix(Answer):
    """Rows are incidents, columns independent origins; a cell is 1 where the origin attests the incident, else 0.

    Incidents that no origin attests have a row of zeros.
    """

    events: tuple[str, ...]
    origins: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    def histories(self) -> dict[tuple[int, ...], int]:
        """How many incidents have each row, the counts that the estimation needs. Rows of zeros are left out."""
        return dict(sorted(Counter(row for row in self.cells if any(row)).items(), reverse=True))

    @property
    def columns(self) -> Columns:
        """The event's id, then a column for each origin."""
        return {"event_id": str} | dict.fromkeys(self.origins, int)

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row an incident."""
        for event, row in zip(self.events, self.cells, strict=True):
            yield event, *row

    def to_dict(self) -> dict[str, object]:
        """By incident, the origins that attest it."""
        return {
            event: [origin for origin, cell in zip(self.origins, row, strict=True) if cell]
            for event, row in zip(self.events, self.cells, strict=True)
        }

    def __str__(self) -> str:
        return f"{len(self.events)} incidents by {len(self.origins)} origins"


def capture_matrix(records: Records, events: Iterable[Event | str] | None = None) -> CaptureMatrix:
    """Origins by incidents, over `events` or by default all; operations and withdrawn events are left out."""
    told = {
        event.id: frozenset(origins(records, event))
        for event in (records.events if events is None else events_among(records, events))
        if event.kind is EventKind.INCIDENT and event.withdrawn is None
    }
    columns = tuple(sorted(frozenset[str]().union(*told.values())))
    return CaptureMatrix(tuple(told), columns, tuple(tuple(int(o in row) for o in columns) for row in told.values()))
