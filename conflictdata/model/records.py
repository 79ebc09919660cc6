"""The four kinds of record, and the whole dataset as one document."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, Protocol

from conflictdata.errors import EventInNoDataset
from conflictdata.model.building import Shared
from conflictdata.model.claim import Claim
from conflictdata.model.codes import (
    ActorKind,
    Attribution,
    ChainStep,
    Composition,
    EventKind,
    EventType,
    ExternalDataset,
    Layout,
    Means,
    PlaceKind,
    RelationType,
    ReleaseStage,
    Role,
    Stance,
    Target,
)
from conflictdata.model.record_base import Frozen, Labelled, record
from conflictdata.model.values import Days, Evidence, GradeOverride, Name, Point, Range, When, Where, Withdrawn


@record
class Participant(Frozen):
    """One actor's role in an event; `claims` are the attesting claims that name it, if not all do."""

    actor: Shared
    side: Literal[1, 2] | None = None
    role: Role
    claims: tuple[Shared, ...] = ()


@record
class ExternalId(Frozen):
    """The id of the event in another dataset."""

    dataset: ExternalDataset
    id: str
    url: str | None = None


@record
class Distinction(Frozen):
    """The curator's decision that another event is a different one."""

    event: str
    reason: str


class EventFacts(Protocol):
    """Derived values of events, given by their dataset."""

    def place(self, event: "Event") -> "Place | None":
        """The place that it is filed under."""

    def point(self, event: "Event") -> tuple[float, float] | None:
        """Latitude and longitude."""

    def window(self, event: "Event") -> tuple[dt.date | None, dt.date | None]:
        """The effective window."""

    def killed(self, event: "Event") -> Range:
        """How many were killed."""


class InDataset(Labelled):
    """A record that also knows its dataset; equality, copies and dumps ignore that."""

    __slots__ = ("_facts",)
    if TYPE_CHECKING:
        _facts: EventFacts


@record
class Event(InDataset):
    """What happened, or is claimed to have happened, with its claims.

    An event of a dataset also has `place`, `latitude`, `longitude`, `date_start`, `date_end` and `killed`, which are
    derived from the dataset. For an event of no dataset they raise `EventInNoDataset`.
    """

    schema_: Literal["urn:conflictdata:schema:1.0.0:event", "urn:conflictdata:schema:1.1.0:event"]
    id: str
    kind: EventKind
    title: str
    type: EventType
    part_of: Shared | None = None
    when: When
    where: Where | None = None
    means: tuple[Means, ...] = ()
    target: tuple[Target, ...] = ()
    participants: tuple[Participant, ...] = ()
    claims: tuple[Claim, ...]
    distinct_from: tuple[Distinction, ...] = ()
    external_ids: tuple[ExternalId, ...] = ()
    grade_override: GradeOverride | None = None
    withdrawn: Withdrawn | None = None
    summary: str
    notes: str | None = None

    def __str__(self) -> str:
        return f"{self.id} {self.title}"

    @property
    def place(self) -> "Place | None":
        """The place that it is filed under; None where it has none."""
        return self._derived("place").place(self)

    @property
    def latitude(self) -> float | None:
        """Degrees north, WGS 84; if its place has no point, of the innermost place around it that has one."""
        point = self._derived("latitude").point(self)
        return point[0] if point is not None else None

    @property
    def longitude(self) -> float | None:
        """Degrees east, WGS 84; if its place has no point, of the innermost place around it that has one."""
        point = self._derived("longitude").point(self)
        return point[1] if point is not None else None

    @property
    def date_start(self) -> dt.date | None:
        """The first day of the effective window (local); None where it is open."""
        return self._derived("date_start").window(self)[0]

    @property
    def date_end(self) -> dt.date | None:
        """The last day of the effective window (local); None where it is open."""
        return self._derived("date_end").window(self)[1]

    @property
    def killed(self) -> Range:
        """How many were killed in an incident, over all populations; an unknown bound is None."""
        return self._derived("killed").killed(self)

    def _derived(self, name: str) -> EventFacts:
        try:
            return self._facts
        except AttributeError:
            raise EventInNoDataset(self.id, name) from None

    def _shown(self) -> Iterable[tuple[str, str]]:
        yield from InDataset._shown(
            self
        )  # a dataclass with slots is a new class, and `super()` would refer to the old one
        if hasattr(self, "_facts"):
            for name in ("place", "latitude", "longitude", "date_start", "date_end", "killed"):
                value = getattr(self, name)
                yield name, "not known" if value is None else str(value)


@record
class Relation(Frozen):
    """A relation to another actor, as a claimant states it."""

    id: str
    type: RelationType
    actor: Shared
    as_: str | None = None
    when: When | None = None
    claimant: Shared
    attribution: Attribution
    claimant_as_stated: str | None = None
    speaker: str | None = None
    via: tuple[Shared, ...] = ()
    stance: Stance
    evidence: tuple[Evidence, ...]
    notes: str | None = None


@record
class LayoutName(Frozen):
    """An actor's name and inter code (1 to 8) in the ACLED column layout, by country and day."""

    name: str
    inter: int
    country: Shared | None = None
    from_: dt.date | None = None
    to: dt.date | None = None


@record
class UcdpActor(Frozen):
    """An actor of the UCDP actor list: its id and its name there."""

    id: int
    name: str


@record
class Actor(Labelled):
    """Whoever acts, is acted on or makes a claim."""

    schema_: Literal["urn:conflictdata:schema:1.0.0:actor", "urn:conflictdata:schema:1.1.0:actor"]
    id: str
    name: str
    kind: ActorKind
    names: tuple[Name, ...] = ()
    country: Shared | None = None
    relations: tuple[Relation, ...] = ()
    acled: tuple[LayoutName, ...] = ()
    ucdp: UcdpActor | None = None
    source_scale: str | None = None
    description: str
    withdrawn: Withdrawn | None = None
    notes: str | None = None

    def __str__(self) -> str:
        return f"{self.id} {self.name}"


@record
class Admin(Frozen):
    """An administrative area and its OCHA P-code."""

    name: str
    pcode: str | None = None


@record
class Place(Labelled):
    """A point or an area, nested in others."""

    schema_: Literal["urn:conflictdata:schema:1.0.0:place", "urn:conflictdata:schema:1.1.0:place"]
    id: str
    name: str
    kind: PlaceKind
    names: tuple[Name, ...] = ()
    within: Shared | None = None
    point: Point | None = None
    point_unknown: str | None = None
    country: Shared | None = None
    admin1: Admin | None = None
    admin2: Admin | None = None
    admin3: Admin | None = None
    geonames_id: int | None = None
    withdrawn: Withdrawn | None = None
    notes: str | None = None

    def __str__(self) -> str:
        return f"{self.id} {self.name}"


@record
class Step(Frozen):
    """One publisher through which a document's text passed."""

    step: ChainStep
    by: str | None = None
    author: str | None = None
    url: str | None = None
    date: Days | None = None


@record
class Alteration(Frozen):
    """A change, damage or joining of the text, and the paragraphs concerned."""

    paragraphs: tuple[int, ...]
    note: str


@record
class Source(Labelled):
    """A document: who first published it, through whom its text passed, and the SHA-256 of the text that was read."""

    schema_: Literal["urn:conflictdata:schema:1.0.0:source", "urn:conflictdata:schema:1.1.0:source"]
    id: str
    title: str
    language: Shared
    chain: tuple[Step, ...]
    composition: Composition
    wire: str | None = None
    layout: Layout | None = None
    alterations: tuple[Alteration, ...] = ()
    paragraphs: int
    furniture: tuple[int, ...] = ()
    sha256: str
    file: str
    withdrawn: Withdrawn | None = None
    notes: str | None = None

    @property
    def written(self) -> dt.date | None:
        """The day by which the document was certainly written; None if it is not known.

        A whole text, or an excerpt, was already written at the first step of its chain; an altered one only at the
        last.
        """
        days = [step.date.latest if step.date is not None else None for step in self.chain]
        if self.composition in (Composition.WHOLE, Composition.EXCERPT):
            return min((day for day in days if day is not None), default=None)
        return days[-1]

    def __str__(self) -> str:
        return f"{self.id} {self.title}"


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
