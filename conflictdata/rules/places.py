"""Rules on the location of places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from conflictdata.codelists import codelist
from conflictdata.findings import Code, Finding
from conflictdata.model import Place, Point, Where
from conflictdata.model.values import distance_km
from conflictdata.rules.context import DatasetContext


def admin_areas_lie_in_a_country(file: str, place: Place) -> Iterator[Finding]:
    """An administrative area needs its country."""
    for name in ("admin1", "admin2", "admin3"):
        if getattr(place, name) is not None and place.country is None:
            yield Finding(file, "", Code.MISSING_MEMBER, f"`country` is missing, because `{name}` is given; add it")
            return


def points_lie_in_their_country(file: str, place: Place) -> Iterator[Finding]:
    """A swapped sign, or latitude and longitude exchanged, mostly lands in another country."""
    if place.point is None:
        return
    if place.country is None:
        if _at_zero(place.point):
            yield Finding(file, "/point", Code.POINT_AT_ZERO, _ZERO)
    elif (message := _outside(place.point, place.country)) is not None:
        yield Finding(file, "/point", Code.POINT_OUTSIDE_COUNTRY, message)


_ZERO = "latitude and longitude are both 0; correct the point, or leave it out if it is not known"


def _at_zero(point: Point) -> bool:
    return point.lat == point.lon == 0


def points_in_events_lie_in_the_country(whole: DatasetContext) -> Iterator[Finding]:
    """Coordinates that a document gives are mistyped as easily as those of a place."""
    for event in whole.records.all_events:
        stated = [("/where/point", event.where)]
        stated += [(f"/claims/{n}/where/point", claim.where) for n, claim in enumerate(event.claims)]
        for pointer, where in stated:
            if where is None or where.point is None:
                continue
            country = _country(whole, where)
            if country is None and _at_zero(where.point):
                yield whole.finding("event", event.id, pointer, Code.POINT_AT_ZERO, _ZERO)
            elif country is not None and (message := _outside(where.point, country)) is not None:
                yield whole.finding("event", event.id, pointer, Code.POINT_OUTSIDE_COUNTRY, message)


def _outside(point: Point, country: str) -> str | None:
    """The message for a point outside the country; None if it is inside."""
    south, west, north, east = _box(country)
    lat, lon = point.lat, point.lon
    if south <= lat <= north and west <= lon <= east:
        return None
    swapped = south <= lon <= north and west <= lat <= east
    advice = "exchange latitude and longitude" if swapped else "correct the point or the country"
    box = f"latitude {south} to {north}, longitude {west} to {east}"
    return f"latitude {lat}, longitude {lon} is outside {country} ({box}); {advice}"


def _country(whole: DatasetContext, where: Where) -> str | None:
    """The country of the place, or of the nearest place around it that has one."""
    passed: set[str] = set()
    place = whole.records.places.get(where.place)
    while place is not None and place.country is None and place.within is not None and place.id not in passed:
        passed.add(place.id)
        place = whole.records.places.get(place.within)
    return place.country if place is not None else None


def points_lie_in_the_area_around(whole: DatasetContext) -> Iterator[Finding]:
    """A digit that is wrong in a point mostly leads out of the governorate or town that the place is in."""
    for place in whole.records.places:
        around = whole.records.places.get(place.within) if place.within is not None else None
        if place.point is None or around is None or around.point is None or around.country != place.country:
            continue
        apart = distance_km(place.point, around.point)
        reach = (place.point.radius_m + around.point.radius_m) / 1000
        if apart > reach:
            message = (
                f"the point is {apart:.0f} km from the point of {around.id}, but their radii together are only"
                f" {reach:.0f} km; correct the point, its radius or `within`"
            )
            yield whole.finding("place", place.id, "/point", Code.POINT_OUTSIDE_PARENT, message)


def places_share_their_country(whole: DatasetContext) -> Iterator[Finding]:
    """A place inside a place of one country is in that country."""
    for place in whole.records.places:
        around = whole.records.places.get(place.within) if place.within is not None else None
        if around and around.country and place.country and around.country != place.country:
            message = (
                f"{place.id} is in {place.country}, but it is within {around.id} in {around.country};"
                f" correct one of them"
            )
            yield whole.finding("place", place.id, "/country", Code.COUNTRY_MISMATCH, message)


@cache
def _box(country: str) -> tuple[float, ...]:
    row = next(row for row in codelist("countries") if row["code"] == country)
    return tuple(float(row[side]) for side in ("south", "west", "north", "east"))
