"""Which origin reports which incident: the input table of multiple-systems estimation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from conflictdata.analysis.answer_base import Answer, Cell, Columns
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
    attested_by: tuple[tuple[str, ...], ...]
    """For each incident the origins that attest it. Nearly all cells are 0, so that only the others are kept."""

    @property
    def cells(self) -> tuple[tuple[int, ...], ...]:
        """The rows in full; their size grows with incidents times origins."""
        return tuple(map(self._row, self.attested_by))

    def _row(self, attesting: Collection[str]) -> tuple[int, ...]:
        return tuple(int(origin in attesting) for origin in self.origins)

    def histories(self) -> dict[tuple[int, ...], int]:
        """How many incidents have each row, the counts that the estimation needs. Rows of zeros are left out."""
        counts = Counter(attesting for attesting in self.attested_by if attesting)
        return dict(sorted(((self._row(attesting), n) for attesting, n in counts.items()), reverse=True))

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
        return {event: [*attesting] for event, attesting in zip(self.events, self.attested_by, strict=True)}

    def __str__(self) -> str:
        return f"{len(self.events)} incidents by {len(self.origins)} origins"


def capture_matrix(records: Records, events: Iterable[Event | str] | None = None) -> CaptureMatrix:
    """Origins by incidents, over `events` or by default all; operations and withdrawn events are left out."""
    attested = {
        event.id: origins(records, event)
        for event in (records.events if events is None else events_among(records, events))
        if event.kind is EventKind.INCIDENT and event.withdrawn is None
    }
    columns = tuple(sorted({origin for attesting in attested.values() for origin in attesting}))
    return CaptureMatrix(tuple(attested), columns, tuple(attested.values()))
