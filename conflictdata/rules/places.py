"""Rules on where places lie."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from conflictdata.codelists import codelist
from conflictdata.findings import Code, Finding
from conflictdata.model import Place, Point, Where
from conflictdata.rules.context import DatasetContext


def admin_areas_lie_in_a_country(file: str, place: Place) -> Iterator[Finding]:
    """The name of a governorate or district means nothing without its country."""
    for name in ("admin1", "admin2", "admin3"):
        if getattr(place, name) is not None and place.country is None:
            yield Finding(file, "", Code.MISSING_MEMBER, f"`country` is missing, because `{name}` is given; add it")
            return


def points_lie_in_their_country(file: str, place: Place) -> Iterator[Finding]:
    """A swapped sign, or latitude and longitude exchanged, mostly lands in another country."""
    told = _outside(place.point, place.country) if place.point is not None and place.country is not None else None
    if told is not None:
        yield Finding(file, "/point", Code.POINT_OUTSIDE_COUNTRY, told)


def points_in_events_lie_in_the_country(whole: DatasetContext) -> Iterator[Finding]:
    """Coordinates that a document gives are mistyped as easily as those of a place."""
    for event in whole.records.all_events:
        stated = [("/where/point", event.where)]
        stated += [(f"/claims/{n}/where/point", claim.where) for n, claim in enumerate(event.claims)]
        for pointer, where in stated:
            country = _country(whole, where) if where is not None and where.point is not None else None
            told = _outside(where.point, country) if where is not None and where.point and country else None
            if told is not None:
                yield whole.finding("event", event.id, pointer, Code.POINT_OUTSIDE_COUNTRY, told)


def _outside(point: Point, country: str) -> str | None:
    """What is wrong with a point that does not lie in the country."""
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


def places_share_their_country(whole: DatasetContext) -> Iterator[Finding]:
    """What lies within a place of one country lies in that country."""
    for place in whole.records.places:
        around = whole.records.places.get(place.within) if place.within is not None else None
        if around and around.country and place.country and around.country != place.country:
            told = (
                f"{place.id} is in {place.country}, but it is within {around.id} in {around.country};"
                f" correct one of them"
            )
            yield whole.finding("place", place.id, "/country", Code.COUNTRY_MISMATCH, told)


@cache
def _box(country: str) -> tuple[float, ...]:
    row = next(row for row in codelist("countries") if row["code"] == country)
    return tuple(float(row[side]) for side in ("south", "west", "north", "east"))
