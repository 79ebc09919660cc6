"""One incident as a row of the column layout of UCDP GED, or every reason why it has none."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

from conflictdata.analysis.acled_mapping import by_code
from conflictdata.analysis.claim_text import actor_name
from conflictdata.analysis.event_dates import EventDates, event_dates
from conflictdata.analysis.geography import Located, admin, country, locate, place_of
from conflictdata.analysis.violence_type import violence_type
from conflictdata.formats.acled.coding import doubts_of
from conflictdata.formats.ged.deaths import Deaths, deaths_of
from conflictdata.formats.ged.parties import Parties, parties_of
from conflictdata.formats.skip_reasons import GedReason, Refusal
from conflictdata.model import Event, Place, Records, Source
from conflictdata.model.codes import EventKind, PlacePrecision

LONGEST = {1: 1, 2: 6, 3: 7, 4: 31, 5: 366}
"""The longest window, in days, of each date precision."""

WHERE_PRECISIONS = {
    PlacePrecision.EXACT: 1,
    PlacePrecision.SETTLEMENT: 1,
    PlacePrecision.NEAR: 2,
    PlacePrecision.AREA: 5,
    PlacePrecision.GOVERNORATE: 4,
    PlacePrecision.COUNTRY: 6,
}
"""The layout's code for each of our precisions."""


@dataclass(frozen=True, slots=True)
class GedTime:
    """The first and the last day, in one calendar year, and the layout's precision."""

    start: dt.date
    end: dt.date
    precision: int


@dataclass(frozen=True, slots=True)
class GedPlace:
    """The place, its point, its administrative areas if the precision allows them, and its country."""

    place: Place
    located: Located
    precision: int
    adm_1: str | None
    adm_2: str | None
    country: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cited:
    """A document: its publisher, the day by which it was published, and its title; an unknown value is empty."""

    office: str
    day: str
    title: str


@dataclass(frozen=True, slots=True)
class GedRow:
    """The data from which the columns are filled."""

    event: Event
    time: GedTime
    where: GedPlace
    parties: Parties
    deaths: Deaths
    sources: tuple[Cited, ...]
    claimants: tuple[str, ...]


def ged_row(
    records: Records, event: Event, words: str = "default", best: str = "median-origin"
) -> GedRow | tuple[Refusal, ...]:
    """The event's row, by a table for vague words and a rule for best estimates, or the reasons why it has none."""
    if event.withdrawn is not None:
        return (Refusal(GedReason.WITHDRAWN, "It was withdrawn."),)
    if event.kind is EventKind.OPERATION:
        return (Refusal(GedReason.OPERATION, "It is an operation; the layout has rows for incidents only."),)
    violence = violence_type(records, event)
    if violence is None:
        message = "It is not violence between two organised parties or against civilians, or one party is not known."
        return (Refusal(GedReason.NO_VIOLENCE_TYPE, message),)
    parties = parties_of(records, event, violence)
    deaths = deaths_of(records, event, violence, parties.sides, words, best)
    time, where = _time(event_dates(records, event)), _where(records, event)
    refused = [part for part in (time, where) if isinstance(part, Refusal)]
    refused += [Refusal(GedReason(each.reason), each.sentence) for each in doubts_of(records, event)]
    if deaths is None:
        refused.insert(0, Refusal(GedReason.NO_DEATHS, "No claim gives a number of people killed above 0."))
    if refused or deaths is None or isinstance(time, Refusal) or isinstance(where, Refusal):
        return tuple(refused)
    cited = sorted({evidence.source for claim in event.claims if claim.live for evidence in claim.evidence})
    sources = tuple(_cited(records, source) for each in cited if (source := records.sources.get(each)) is not None)
    actors = dict.fromkeys(claim.claimant for claim in event.claims if claim.live)
    claimants = tuple(actor.name for each in actors if (actor := records.actors.get(each)) is not None)
    return GedRow(event, time, where, parties, deaths, sources, claimants)


def _time(dates: EventDates) -> GedTime | Refusal:
    start, end, length = dates.start, dates.end, dates.precision
    if start is None or end is None or length is None:
        return Refusal(GedReason.WINDOW_OPEN, "One end of its window is not known.")
    precision = next((precision for precision, longest in LONGEST.items() if length <= longest), None)
    if precision is None:
        return Refusal(GedReason.WINDOW_TOO_WIDE, f"Its window is {length} days; a row can have at most a year.")
    if start.year != end.year:
        return Refusal(GedReason.CROSSES_YEARS, f"Its window is {start} to {end}; a row has one calendar year.")
    return GedTime(start, end, precision)


def _where(records: Records, event: Event) -> GedPlace | Refusal:
    place = place_of(records, event)
    if place is None:
        return Refusal(GedReason.NO_PLACE, "It has no place.")
    located = locate(records, event.where)
    if located is None:
        message = f"Neither {place.name} nor any place around it has a point."
        return Refusal(GedReason.NO_POINT, message)
    iso3 = country(records, place.id)
    if iso3 is None:
        return Refusal(GedReason.NO_COUNTRY, f"{place.name} is not in a single country.")
    precision = WHERE_PRECISIONS[located.precision]
    first, second = (admin(records, place.id, level) for level in (1, 2))
    return GedPlace(
        place,
        located,
        precision,
        first.name if first is not None and precision != 6 else None,
        second.name if second is not None and precision not in (4, 6) else None,
        by_code("countries")[iso3],
    )


def _cited(records: Records, source: Source) -> Cited:
    by = next((step.by for step in source.chain if step.by is not None), None)
    days = source.chain[0].date
    latest = days.latest if days is not None else None
    return Cited(actor_name(records, by), latest.isoformat() if latest else "", source.title)


def priogrid(lat: float, lon: float) -> int:
    """The number of the PRIO-GRID cell (half a degree wide) of a point."""
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return 720 * row + column + 1
