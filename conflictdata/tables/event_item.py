"""One event in the tables: its record, and the values derived from its claims and from other records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from conflictdata.analysis.acled_mapping import by_code, layout_type
from conflictdata.analysis.contradictions import disputed
from conflictdata.analysis.event_dates import EventDates, event_dates
from conflictdata.analysis.geography import Located, admin, country, locate, place_of
from conflictdata.analysis.grades import GradeAnswer, grade
from conflictdata.analysis.origins import origins
from conflictdata.analysis.violence_type import violence_type
from conflictdata.model import Admin, Event, Place, Range, Records
from conflictdata.model.codes import Property

if TYPE_CHECKING:
    from conflictdata.analysis.figures.latest_statements import Reported


@dataclass(eq=False, repr=False)
class EventItem:
    """An event, with the values derived from its claims and from other records.

    Figures are imported where they are asked for: without them a list of events takes a fiftieth less time.
    """

    records: Records
    event: Event

    @property
    def place(self) -> Place | None:
        """The place of the event."""
        return place_of(self.records, self.event)

    @cached_property
    def located(self) -> Located | None:
        """Its point; if the place has none, that of a place around it."""
        return locate(self.records, self.event.where)

    @property
    def precision(self) -> str | None:
        """The precision of the point; without a point, that of the place."""
        if self.located is not None:
            return self.located.precision
        return self.event.where.precision if self.event.where else None

    @property
    def iso3(self) -> str | None:
        """The country's ISO 3166-1 alpha-3 code."""
        return country(self.records, self.event.where.place) if self.event.where else None

    @property
    def country(self) -> str | None:
        """The country's name."""
        return by_code("countries")[self.iso3]["title"] if self.iso3 else None

    @property
    def admin1(self) -> Admin | None:
        """The first-level administrative area."""
        return admin(self.records, self.event.where.place, 1) if self.event.where else None

    @property
    def admin2(self) -> Admin | None:
        """The second-level administrative area."""
        return admin(self.records, self.event.where.place, 2) if self.event.where else None

    @property
    def acled_event_type(self) -> str | None:
        """The event type of the ACLED vocabulary."""
        return self._layout_type[0]

    @property
    def acled_sub_event_type(self) -> str | None:
        """The sub-event type of the ACLED vocabulary."""
        return self._layout_type[1]

    @cached_property
    def _layout_type(self) -> tuple[str, str] | tuple[None, None]:
        return layout_type(self.records, self.event) or (None, None)

    @property
    def actors(self) -> tuple[str, ...]:
        """The ids of those who took part, in order."""
        return tuple(dict.fromkeys(who.actor for who in self.event.participants))

    @cached_property
    def killed(self) -> Range:
        """How many were killed, over all populations."""
        from conflictdata.analysis.figures.totals import event_total

        total = event_total(self.records, self.event, Property.KILLED)
        return Range(total.low, total.high)

    @cached_property
    def reported(self) -> Reported | None:
        """The claimed number of people killed in a whole operation."""
        from conflictdata.analysis.figures.latest_statements import reported

        return reported(self.records, self.event, Property.KILLED)

    @property
    def dates(self) -> EventDates:
        """Its effective window."""
        return event_dates(self.records, self.event)

    @property
    def sources(self) -> tuple[str, ...]:
        """The documents of its claims, in order of id."""
        return tuple(sorted({e.source for claim in self.event.claims for e in claim.evidence}))

    @property
    def n_claims(self) -> int:
        """The number of live claims."""
        return sum(claim.live for claim in self.event.claims)

    @property
    def n_origins(self) -> int:
        """The number of independent origins that attest it."""
        return len(origins(self.records, self.event))

    @property
    def disputed(self) -> list[str]:
        """The properties that a live claim denies, doubts or contradicts."""
        return sorted(disputed(self.records, self.event))

    @property
    def grade(self) -> GradeAnswer:
        """How reliable it is."""
        return grade(self.records, self.event)

    @property
    def violence_type(self) -> str | None:
        """UCDP's type of violence."""
        return violence_type(self.records, self.event)
