"""Actors, places and sources."""

import datetime as dt
from typing import Literal

from conflictdata.model.building import Shared
from conflictdata.model.codes import (
    ActorKind,
    Attribution,
    ChainStep,
    Composition,
    Layout,
    PlaceKind,
    RelationType,
    Stance,
)
from conflictdata.model.record_base import Frozen, Labelled, record
from conflictdata.model.values import Days, Evidence, Name, Point, When, Withdrawn


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
