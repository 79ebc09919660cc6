"""Places inside places, and the point, country and administrative areas of a place, its own or inherited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from conflictdata.analysis.memo import once
from conflictdata.graphs import strongly_connected_components
from conflictdata.model import Admin, Event, Place, Point, Records, Where
from conflictdata.model.codes import PlaceKind, PlacePrecision

_COARSER = tuple(PlacePrecision)  # the codelist is ordered from the finest to the coarsest

_Nearest = Mapping[str, Place | None]


@dataclass(slots=True)
class Located:
    """A point (WGS 84 degrees, radius in metres), the place that it belongs to, and its precision for the text."""

    point: Point
    of: str
    precision: PlacePrecision
    borrowed: bool


def place_of(records: Records, event: Event) -> Place | None:
    """The place that the event is filed under; None if it has none."""
    return records.places.get(event.where.place) if event.where is not None else None


def within(records: Records, place: str) -> tuple[Place, ...]:
    """The place and every place around it, the innermost first."""
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
    """The ids of the place and of every place inside it."""
    found = {place}
    open_ids = [place]
    while open_ids:
        new = [child for child in _contents(records).get(open_ids.pop(), []) if child not in found]
        found.update(new)
        open_ids.extend(new)
    return frozenset(found)


def lies_in(records: Records, place: str, around: str) -> bool:
    """Whether `place` is `inside` the place `around`, without listing all places inside."""
    spans = _spans(records)
    if place not in spans or around not in spans:
        return place == around
    (first, end), (least, most) = spans[place], spans[around]
    return least <= first and end <= most


@once
def _spans(records: Records) -> Mapping[str, tuple[int, int]]:
    """Each place as a span of numbers that contains the spans of the places inside it, and overlaps with no others."""

    def contents(place: str) -> list[str]:
        return _contents(records).get(place, [])

    spans: dict[str, tuple[int, int]] = {}
    for place in (*records.places.ids(), *_contents(records)):
        for ring in strongly_connected_components(_top(records, place), contents, spans) if place not in spans else ():
            end = len(spans) + len(ring)
            first = min((spans[one][0] for each in ring for one in contents(each) if one in spans), default=len(spans))
            spans |= dict.fromkeys(ring, (first, end))
    return spans


def _top(records: Records, place: str) -> str:
    """The outermost place around a place; of places in a cycle, any one of them."""
    passed: set[str] = set()
    while place not in passed and (record := records.places.get(place)) is not None and record.within is not None:
        passed.add(place)
        place = record.within
    return place


def place_path(records: Records, place: str) -> tuple[str, ...]:
    """The names of the place and of the places around it, the innermost first."""
    return tuple(record.name for record in within(records, place))


def country(records: Records, place: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of the country, the place's own or that of the innermost place around it."""
    nearest = _nearest_country(records).get(place)
    return nearest.country if nearest is not None else None


def admin(records: Records, place: str, level: Literal[1, 2, 3]) -> Admin | None:
    """The administrative area of that level, the place's own or that of the innermost place around it."""
    nearest = _nearest_admin(records)[level - 1].get(place)
    return (nearest.admin1, nearest.admin2, nearest.admin3)[level - 1] if nearest is not None else None


@once
def _nearest_country(records: Records) -> _Nearest:
    return _nearest(records, lambda place: place.country)


@once
def _nearest_point(records: Records) -> _Nearest:
    return _nearest(records, lambda place: place.point)


@once
def _nearest_admin(records: Records) -> tuple[_Nearest, ...]:
    areas = (lambda place: place.admin1, lambda place: place.admin2, lambda place: place.admin3)
    return tuple(_nearest(records, area) for area in areas)


def _nearest(records: Records, held: Callable[[Place], object]) -> _Nearest:
    """By place, the innermost place, itself included, that has the wanted member."""
    nearest: dict[str, Place | None] = {}
    for place in records.places:
        way: dict[str, None] = {}
        record: Place | None = place
        while record is not None and record.id not in nearest and record.id not in way:
            way[record.id] = None
            if held(record) is not None:
                nearest[record.id] = record
            else:
                record = records.places.get(record.within) if record.within is not None else None
        found = nearest.get(record.id) if record is not None else None
        nearest.update(dict.fromkeys(way, found))
    return nearest


def locate(records: Records, where: Where | None) -> Located | None:
    """The point of a place in an event; None if there is no place, or neither it nor any place around it has a point.

    Coordinates from a document have priority over the place's own. A place without a point takes that of the innermost
    place around it that has one; its precision is then `area`, or `governorate` or `country` if the point is that of
    one.
    """
    if where is None:
        return None
    if where.point is not None:
        return Located(where.point, where.place, where.precision, borrowed=False)
    lender = _nearest_point(records).get(where.place)
    if lender is None or lender.point is None:
        return None
    if lender.id == where.place:
        return Located(lender.point, lender.id, where.precision, borrowed=False)
    least = _lent_precision(lender)
    return Located(lender.point, lender.id, max(where.precision, least, key=_COARSER.index), borrowed=True)


def _lent_precision(lender: Place) -> PlacePrecision:
    match lender.kind:
        case PlaceKind.COUNTRY:
            return PlacePrecision.COUNTRY
        case PlaceKind.GOVERNORATE:
            return PlacePrecision.GOVERNORATE
        case _:
            return PlacePrecision.AREA
