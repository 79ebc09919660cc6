"""The groupings of figures. The group with the key None holds what is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.figures.estimate import Figure
from conflictdata.analysis.geography import admin, country
from conflictdata.model import Event, Records
from conflictdata.model.codes import EventKind

Key = str | None


def _period(records: Records, event: Event, length: int) -> Key:
    first, last = event_dates(records, event).window
    if first is None or last is None or first.isoformat()[:length] != last.isoformat()[:length]:
        return None
    return first.isoformat()[:length]


OF_EVENT: Mapping[str, Callable[[Records, Event], Key]] = {
    "event": lambda records, event: event.id,
    "type": lambda records, event: event.type,
    "operation": lambda records, event: event.id if event.kind is EventKind.OPERATION else event.part_of,
    "place": lambda records, event: event.where.place if event.where else None,
    "country": lambda records, event: country(records, event.where.place) if event.where else None,
    "admin1": lambda records, event: (
        area.name if event.where and (area := admin(records, event.where.place, 1)) else None
    ),
    "year": lambda records, event: _period(records, event, len("2017")),
    "month": lambda records, event: _period(records, event, len("2017-06")),
}

OF_FIGURE: Mapping[str, Callable[[Figure], Key]] = {
    "status": lambda figure: figure.population.status if figure.population else None,
    "actor": lambda figure: figure.population.actor if figure.population else None,
    "nationality": lambda figure: figure.population.nationality if figure.population else None,
    "causer": lambda figure: "; ".join(sorted(figure.by)) or None,
    "claimant": lambda figure: figure.claims[0].claim.claimant,
}

GROUPINGS = (*OF_EVENT, *OF_FIGURE)
"""The groupings: by an attribute of the event, of which every incident has one value; or by one of the figure.

Attributes of a figure are its population, causer and claimant. The key is None if it is not known, or if the effective
window has more than one year or month. A figure has exactly one claimant only when `figures` groups by claimant.
"""


def key_of(records: Records, figure: Figure, by: str | None) -> Key:
    """The group that a figure belongs to."""
    if by is None:
        return None
    return OF_EVENT[by](records, figure.event) if by in OF_EVENT else OF_FIGURE[by](figure)
