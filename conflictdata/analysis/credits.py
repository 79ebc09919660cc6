"""The works of others that the records use, to be credited with the dataset, each with its licence."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.analysis.citation import Work
from conflictdata.model import Point, Records

GEONAMES, NATURAL_EARTH = "GeoNames", "Natural Earth"
"""The beginning of the source of a point that is taken from that work."""

BY_ACTOR = {
    "fa-kes": Work(
        *("fa-kes", "data", "Abu Salem, Al Feel, Elbassuoni, Jaber and Farah"),
        *("FA-KES: A Fake News Dataset around the Syrian War", (2019,)),
        url="https://doi.org/10.5281/zenodo.2607278",
        licence="CC BY 4.0",
    ),
    "us-led-coalition": Work(
        *("coalition", "data", "Combined Joint Task Force - Operation Inherent Resolve", "Civilian casualty reports"),
        url="https://www.inherentresolve.mil",
        licence="Works of the United States government",
    ),
    "airwars": Work(
        *("airwars", "data", "Airwars", "Incidents of civilian harm"),
        url="https://airwars.org",
        licence="Cited by the codes of its incidents",
    ),
}
"""The work to credit, by the actor in the chain of a document."""

BY_POINT = {
    GEONAMES: Work(
        "geonames",
        "data",
        GEONAMES,
        "GeoNames geographical database",
        url="https://www.geonames.org",
        licence="CC BY 4.0",
    ),
    NATURAL_EARTH: Work(
        *("natural-earth", "data", NATURAL_EARTH, "Natural Earth, 1:10m cultural vectors"),
        url="https://www.naturalearthdata.com",
        licence="Public domain",
    ),
}
"""The work to credit, by the beginning of the source of a point."""


def credited_works(records: Records) -> tuple[Work, ...]:
    """The works that these records use and that must be credited."""
    hands = {step.by for source in records.sources for step in source.chain}
    sources = {point.source for point in _points(records)}
    return (
        *(work for actor, work in BY_ACTOR.items() if actor in hands),
        *(work for start, work in BY_POINT.items() if any(source.startswith(start) for source in sources)),
    )


def _points(records: Records) -> Iterator[Point]:
    yield from (place.point for place in records.places if place.point is not None)
    yield from (
        event.where.point for event in records.events if event.where is not None and event.where.point is not None
    )
