"""The day and the location of a row in the ACLED column layout, or why it has none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from conflictdata.analysis.acled_mapping import by_code
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.geography import Located, admin, country, locate, place_of
from conflictdata.date_windows import Window, middle_day, shared, span_days, spell_window
from conflictdata.formats.skip_reasons import AcledReason, Refusal
from conflictdata.model import Event, Place, Records
from conflictdata.model.codes import PlacePrecision

LONGEST = {1: 1, 2: 7, 3: 31}
"""The longest window, in days, of each time precision."""


class AcledSpan(StrEnum):
    """Which part of the event gives the row its day."""

    WHOLE = "whole"
    BEGINNING = "beginning"
    END = "end"


@dataclass(frozen=True, slots=True)
class AcledDate:
    """The day of a row, and its precision: 1 the day, 2 the week, 3 the month.

    It is the middle of `window`, which is the `span` of the event.
    """

    day: dt.date
    precision: int
    window: Window
    span: AcledSpan


@dataclass(frozen=True, slots=True)
class AcledLocation:
    """The place, its point, its country, and the precision: 1 the place, 2 a small area, 3 a larger one.

    `of_operation` names the place whose point was taken because the event is part of an operation there.
    """

    place: Place
    located: Located
    precision: int
    iso3: str
    country: Mapping[str, str]
    areas: tuple[str | None, str | None, str | None]
    of_operation: str = ""


def time_of(records: Records, event: Event) -> AcledDate | Refusal:
    """The middle of the effective window; if that is too long for a row, the middle of the days on which it began."""
    window = event_dates(records, event).window
    whole = _dated(window, AcledSpan.WHOLE)
    if not event.when.lasting or isinstance(whole, AcledDate):
        return whole
    for end, span in ((event.when.started, AcledSpan.BEGINNING), (event.when.ended, AcledSpan.END)):
        if end is not None and None not in (possible_end := shared((end.earliest, end.latest), window)):
            dated = _dated(possible_end, span)
            if isinstance(dated, AcledDate):
                return dated
    return whole


def _dated(window: Window, span: AcledSpan) -> AcledDate | Refusal:
    day, length = middle_day(window), span_days(window)
    if day is None or length is None:
        return Refusal(AcledReason.WINDOW_OPEN, f"Its days are {spell_window(window)}; one end is not known.")
    precision = next((precision for precision, longest in LONGEST.items() if length <= longest), None)
    if precision is None:
        message = f"Its window is {spell_window(window)}, {length} days; a row can have at most {LONGEST[3]} days."
        return Refusal(AcledReason.WINDOW_TOO_WIDE, message)
    return AcledDate(day, precision, window, span)


def spot_of(records: Records, event: Event) -> AcledLocation | Refusal:
    """The event's place with its point; if it has none, the point of the innermost place around it."""
    place = place_of(records, event)
    if event.where is None or place is None:
        return Refusal(AcledReason.NO_PLACE, "It has no place.")
    if event.where.precision is PlacePrecision.COUNTRY:
        return Refusal(AcledReason.PLACE_TOO_VAGUE, f"Its place is {place.name}, with the precision of a country only.")
    located, lender = locate(records, event.where), ""
    if located is None:
        located, lender = _by_operation(records, event)
    if located is None:
        return Refusal(AcledReason.NO_POINT, f"Neither {place.name} nor any place around it has a point.")
    precision = by_code("place-precisions")[located.precision]["acled_geo_precision"]
    if not precision:
        message = f"{place.name} has no point, and the nearest around it that has one is a country."
        return Refusal(AcledReason.PLACE_TOO_VAGUE, message)
    iso3 = country(records, place.id)
    if iso3 is None:
        return Refusal(AcledReason.NO_COUNTRY, f"{place.name} is not in a single country.")
    areas = tuple(area.name if (area := admin(records, place.id, level)) else None for level in (1, 2, 3))
    return AcledLocation(
        place, located, int(precision), iso3, by_code("countries")[iso3], (areas[0], areas[1], areas[2]), lender
    )


def _by_operation(records: Records, event: Event) -> tuple[Located | None, str]:
    """The point of the operation that the event is part of, no closer than its governorate, and whose point it is."""
    whole = records.all_events.get(event.part_of) if event.part_of is not None else None
    if whole is None or whole.where is None or event.where is None:
        return None, ""
    there = records.places.get(whole.where.place)
    found = locate(records, whole.where)
    if found is None or there is None or country(records, there.id) != country(records, event.where.place):
        return None, ""
    wide = max(found.precision, PlacePrecision.GOVERNORATE, key=tuple(PlacePrecision).index)
    return replace(found, precision=wide, borrowed=True), there.name
