"""When and where a row of the ACLED column layout is put, or why it cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from conflictdata.analysis.acled_mapping import by_code
from conflictdata.analysis.dates import possible, say
from conflictdata.analysis.geography import Located, admin, country, locate
from conflictdata.dates import middle_day, span_days
from conflictdata.formats.acled.skip_reasons import Reason, Refusal
from conflictdata.model import Event, Place, Records
from conflictdata.model.codes import PlacePrecision

LONGEST = {1: 1, 2: 7, 3: 31}
"""Of how many days, at most, a window of each time precision is."""


@dataclass(frozen=True, slots=True)
class AcledDate:
    """The day that a row is filed under, and how exact that is: 1 the day, 2 the week, 3 the month."""

    day: dt.date
    precision: int


@dataclass(frozen=True, slots=True)
class AcledLocation:
    """The place, its point and its country, and how exact that is: 1 the place, 2 a small area, 3 a larger one."""

    place: Place
    located: Located
    precision: int
    iso3: str
    country: Mapping[str, str]
    areas: tuple[str | None, str | None, str | None]


def time_of(event: Event) -> AcledDate | Refusal:
    """The middle of the window in which the event lies."""
    window = possible(event.when)
    day, length = middle_day(window), span_days(window)
    if day is None or length is None:
        return Refusal(Reason.WINDOW_OPEN, f"It lies in {say(window)}, of which one end is not known.")
    precision = next((precision for precision, longest in LONGEST.items() if length <= longest), None)
    if precision is None:
        told = f"It lies in {say(window)}, which is {length} days; nothing vaguer than {LONGEST[3]} days has a row."
        return Refusal(Reason.WINDOW_TOO_WIDE, told)
    return AcledDate(day, precision)


def spot_of(records: Records, event: Event) -> AcledLocation | Refusal:
    """The event's place, with the point of the nearest place around it where it has none of its own."""
    place = records.places.get(event.where.place) if event.where else None
    if event.where is None or place is None:
        return Refusal(Reason.NO_PLACE, "It has no place.")
    if event.where.precision is PlacePrecision.COUNTRY:
        return Refusal(Reason.PLACE_TOO_VAGUE, f"It is told of {place.name} and no closer than the country.")
    located = locate(records, event.where)
    if located is None:
        return Refusal(Reason.NO_POINT, f"Neither {place.name} nor any place that it lies in has a point.")
    precision = by_code("place-precisions")[located.precision]["acled_geo_precision"]
    if not precision:
        told = f"{place.name} has no point, and the nearest around it that has one is a country."
        return Refusal(Reason.PLACE_TOO_VAGUE, told)
    iso3 = country(records, place.id)
    if iso3 is None:
        return Refusal(Reason.NO_COUNTRY, f"{place.name} lies in no single country.")
    areas = tuple(area.name if (area := admin(records, place.id, level)) else None for level in (1, 2, 3))
    return AcledLocation(
        place, located, int(precision), iso3, by_code("countries")[iso3], (areas[0], areas[1], areas[2])
    )
