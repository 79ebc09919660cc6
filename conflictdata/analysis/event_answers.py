"""The derived attributes of an event in a dataset: its place, point, window and number killed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from conflictdata.model import Event, Place, Records, Table
from conflictdata.model.codes import Property
from conflictdata.model.values import Range


class EventAnswers:
    """Derived values that the events of a dataset offer as attributes."""

    def __init__(self, records: Records) -> None:
        self.records = records

    @classmethod
    def bind(cls, records: Records) -> Records:
        """The records, whose events know what is derived of them; events of other records are copied."""
        if any(facts is not None and facts.records is not records for facts in cls._known_to(records)):
            from copy import copy
            from dataclasses import replace

            events, context = (
                Table([copy(event) for event in table], lambda event: event.id)
                for table in (records.events, records.context)
            )
            records = replace(records, events=events, context=context)
        facts = cls(records)
        for table in (records.events, records.context):
            for event in table._made():
                object.__setattr__(event, "_facts", facts)
            if table._making is not None:
                table._making.facts = facts
        # Whoever asks about one event needs to know who contradicts or includes its claims. Looked up here, where all
        # events are passed anyway, it adds a fiftieth to opening them; later, the first answer would take as long.
        _ = records.naming_events
        return records

    @staticmethod
    def _known_to(records: Records) -> Iterator[Any]:
        """What knows these events already; None for one that belongs to no dataset yet."""
        for table in (records.events, records.context):
            yield from (getattr(event, "_facts", None) for event in table._made())
            yield table._making and table._making.facts

    def place(self, event: Event) -> Place | None:
        """The place that it is filed under."""
        from conflictdata.analysis.geography import place_of

        return place_of(self.records, event)

    def point(self, event: Event) -> tuple[float, float] | None:
        """Latitude and longitude in WGS 84 degrees."""
        from conflictdata.analysis.geography import locate

        located = locate(self.records, event.where)
        return (located.point.lat, located.point.lon) if located is not None else None

    def window(self, event: Event) -> tuple[dt.date | None, dt.date | None]:
        """The effective window, in local days."""
        from conflictdata.analysis.event_dates import event_dates

        return event_dates(self.records, event).window

    def killed(self, event: Event) -> Range:
        """How many were killed in an incident, over all populations; of an operation nothing is added up."""
        from conflictdata.analysis.figures.totals import event_total

        total = event_total(self.records, event, Property.KILLED)
        return Range(total.low, total.high)
