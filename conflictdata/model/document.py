"""The whole dataset as one document: which release or selection it is, and its records."""

import datetime as dt
from typing import Literal

from conflictdata.model.codes import ReleaseStage
from conflictdata.model.event import Event
from conflictdata.model.record_base import Frozen, record
from conflictdata.model.records import Actor, Place, Source


@record
class Release(Frozen):
    """Which release a dataset is: its version, its day, and whether it is final."""

    version: str
    date: dt.date
    stage: ReleaseStage


@record
class Selection(Frozen):
    """What some events were chosen from: a release, if they were, and each filter as the arguments of `find`."""

    release: Release | None = None
    filters: tuple[str, ...] = ()

    def __str__(self) -> str:
        origin = f"release {self.release.version}" if self.release is not None else "unreleased records"
        return f"a selection of {origin}" + (f" ({'; then '.join(self.filters)})" if self.filters else "")


@record
class Period(Frozen):
    """The days that a dataset is about, from the earliest to the latest."""

    schema_: Literal["urn:conflictdata:schema:1.1.0:period"]
    earliest: dt.date
    latest: dt.date
    basis: str | None = None


@record
class Document(Frozen):
    """A whole dataset as one JSON document."""

    schema_: Literal["urn:conflictdata:schema:1.0.0:dataset", "urn:conflictdata:schema:1.1.0:dataset"]
    release: Release | None = None
    selection: Selection | None = None
    period: Period | None = None
    sources: tuple[Source, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    events: tuple[Event, ...]
    context: tuple[Event, ...] = ()
