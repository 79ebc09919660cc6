"""Rules on where places lie."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from conflictdata.codelists import codelist
from conflictdata.findings import Code, Finding
from conflictdata.model import Place
from conflictdata.rules.context import DatasetContext


def admin_areas_lie_in_a_country(file: str, place: Place) -> Iterator[Finding]:
    """The name of a governorate or district means nothing without its country."""
    for name in ("admin1", "admin2", "admin3"):
        if getattr(place, name) is not None and place.country is None:
            yield Finding(file, "", Code.MISSING_MEMBER, f"`country` is missing, because `{name}` is given; add it")
            return


def points_lie_in_their_country(file: str, place: Place) -> Iterator[Finding]:
    """A swapped sign, or latitude and longitude exchanged, mostly lands in another country."""
    if place.point is None or place.country is None:
        return
    south, west, north, east = _box(place.country)
    lat, lon = place.point.lat, place.point.lon
    if not (south <= lat <= north and west <= lon <= east):
        swapped = south <= lon <= north and west <= lat <= east
        advice = "exchange latitude and longitude" if swapped else "correct the point or the country"
        box = f"latitude {south} to {north}, longitude {west} to {east}"
        told = f"latitude {lat}, longitude {lon} is outside {place.country} ({box}); {advice}"
        yield Finding(file, "/point", Code.POINT_OUTSIDE_COUNTRY, told)


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
