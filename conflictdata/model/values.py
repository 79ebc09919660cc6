"""The parts of records: windows, places in events, evidence, names, tombstones."""

import datetime as dt
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from conflictdata.model.building import Shared
from conflictdata.model.codes import Grade, NameKind, PlacePrecision, PointStanding
from conflictdata.model.record_base import Frozen, record


@record
class Days(Frozen):
    """A window of local days: it happened on at least one day from `earliest` to `latest`; a missing end is unknown."""

    earliest: dt.date | None = None
    latest: dt.date | None = None
    basis: str | None = None


@record
class End(Frozen):
    """The window of local days within which something that lasted began, or ended."""

    earliest: dt.date | None = None
    latest: dt.date | None = None


@record
class When(Frozen):
    """`earliest`/`latest`: on at least one day between them. `started`/`ended`: it lasted. All days are local dates."""

    earliest: dt.date | None = None
    latest: dt.date | None = None
    started: End | None = None
    ended: End | None = None
    basis: str | None = None

    @property
    def lasting(self) -> bool:
        """Whether it lasted, rather than happening on some day within a window."""
        return self.started is not None or self.ended is not None

    @property
    def first(self) -> dt.date | None:
        """The first day that can belong to it."""
        return (self.started.earliest if self.started else None) if self.lasting else self.earliest

    @property
    def last(self) -> dt.date | None:
        """The last day that can belong to it."""
        return (self.ended.latest if self.ended else None) if self.lasting else self.latest


@record
class Point(Frozen):
    """A point in WGS 84 degrees; the place is within `radius_m` metres of it."""

    lat: int | float
    lon: int | float
    mgrs: str | None = None
    radius_m: int
    source: Shared
    standing: PointStanding


def distance_km(one: Point, other: Point) -> float:
    """The great-circle distance in kilometres on a sphere of radius 6371.0088 km (the mean radius of the IUGG)."""
    # The haversine form stays accurate for two points of one town, where the cosine rule loses digits.
    lat_one, lat_other = radians(one.lat), radians(other.lat)
    across, along = sin((lat_other - lat_one) / 2), sin(radians(other.lon - one.lon) / 2)
    return 2 * 6371.0088 * asin(sqrt(across**2 + cos(lat_one) * cos(lat_other) * along**2))


@record
class Where(Frozen):
    """A place by id, how closely it fits the text, and the coordinates that a document gives."""

    place: Shared
    precision: PlacePrecision
    point: Point | None = None
    note: str | None = None


@record
class Evidence(Frozen):
    """A document, a paragraph counted from 1, and the first 16 hexadecimal digits of the folded paragraph's SHA-256."""

    source: Shared
    paragraph: int
    locator: str | None = None
    digest: str


@record
class Name(Frozen):
    """A spelling of a name."""

    text: str
    kind: NameKind
    language: Shared | None = None
    sources: tuple[Shared, ...] = ()


@record
class Withdrawn(Frozen):
    """A tombstone: why the record was withdrawn, and what replaced it."""

    reason: str
    replaced_by: tuple[str, ...] = ()


@record
class GradeOverride(Frozen):
    """A grade that replaces the computed one, with the reason."""

    grade: Grade
    reason: str


class Range(NamedTuple):
    """At least `low` and at most `high`; None is an unknown end."""

    low: int | float | None
    high: int | float | None

    def __str__(self) -> str:
        match self:
            case (None, None):
                return "not known"
            case (None, high):
                return f"at most {high}"
            case (low, None):
                return f"at least {low}"
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"
