"""Where places lie: what contains what, and the point, country and areas of a place or of what contains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from conflictdata.model import Admin, Place, Point, Records, Where
from conflictdata.model.codes import PlaceKind, PlacePrecision
from conflictdata.views.once import once

_COARSER = tuple(PlacePrecision)  # the codelist goes from the finest to the coarsest


@dataclass(frozen=True, slots=True)
class Located:
    """A point (WGS 84 degrees, radius in metres), the place whose it is, and how closely it fits the text."""

    point: Point
    of: str
    precision: PlacePrecision
    borrowed: bool


def within(records: Records, place: str) -> tuple[Place, ...]:
    """The place and every place it lies in, the nearest first."""
    chain: dict[str, Place] = {}
    following: str | None = place
    while following is not None and following not in chain and (record := records.places.get(following)) is not None:
        chain[following] = record
        following = record.within
    return tuple(chain.values())


@once
def _contents(records: Records) -> dict[str, list[str]]:
    contents: dict[str, list[str]] = {}
    for place in records.places:
        if place.within is not None:
            contents.setdefault(place.within, []).append(place.id)
    return contents


def inside(records: Records, place: str) -> frozenset[str]:
    """The ids of the place and of every place that lies in it."""
    found = {place}
    open_ids = [place]
    while open_ids:
        new = [child for child in _contents(records).get(open_ids.pop(), []) if child not in found]
        found.update(new)
        open_ids.extend(new)
    return frozenset(found)


def place_path(records: Records, place: str) -> tuple[str, ...]:
    """The names of the place and of the places it lies in, the nearest first."""
    return tuple(record.name for record in within(records, place))


def country(records: Records, place: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of the country, the place's own or that of the nearest place it lies in."""
    return next((record.country for record in within(records, place) if record.country is not None), None)


def admin(records: Records, place: str, level: Literal[1, 2, 3]) -> Admin | None:
    """The administrative area of that level, the place's own or that of the nearest place it lies in."""
    for record in within(records, place):
        area = (record.admin1, record.admin2, record.admin3)[level - 1]
        if area is not None:
            return area
    return None


def locate(records: Records, where: Where) -> Located | None:
    """The point of a place in an event, or None where neither it nor any place it lies in has one.

    A place whose point is not known borrows that of the nearest place it lies in, and is then no closer than an area:
    `area`, or `governorate` or `country` where it is one of those that lends the point.
    """
    chain = within(records, where.place)
    for record in chain:
        if record.point is not None:
            borrowed = record.id != where.place
            least = _lent_precision(record) if borrowed else where.precision
            return Located(record.point, record.id, max(where.precision, least, key=_COARSER.index), borrowed)
    return None


def _lent_precision(lender: Place) -> PlacePrecision:
    match lender.kind:
        case PlaceKind.COUNTRY:
            return PlacePrecision.COUNTRY
        case PlaceKind.GOVERNORATE:
            return PlacePrecision.GOVERNORATE
        case _:
            return PlacePrecision.AREA
