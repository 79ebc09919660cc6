"""The claim: somebody's statement about an event, and the evidence for it."""

from __future__ import annotations

import builtins

from pydantic import Field

from conflictdata.model.codes import (
    Attribution,
    Bound,
    ClaimStatus,
    CountScope,
    Extent,
    Fate,
    Hedge,
    Outcome,
    PopulationStatus,
    Property,
    ResponsibilityMode,
    Stance,
    Topic,
    Unit,
)
from conflictdata.model.frozen import Frozen
from conflictdata.model.values import Days, Evidence, When, Where


class Control(Frozen):
    """Who holds how much of a place, and from whom it was taken."""

    place: str
    holder: str
    extent: Extent | None = None
    from_: str | None = Field(default=None, alias="from")


class Result(Frozen):
    """How the event ended, or its present state, and for whom."""

    outcome: Outcome
    actor: str | None = None


class Responsibility(Frozen):
    """Who did it: all of the actors, or one or another of them."""

    actors: tuple[str, ...]
    how: ResponsibilityMode


class Movement(Frozen):
    """Who or what moved, from where to where."""

    actor: str
    what: str
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None


class Population(Frozen):
    """Who or what is counted; a missing member is unknown."""

    actor: str | None = None
    status: PopulationStatus | None = None
    nationality: str | None = None
    item: str | None = None


class Count(Frozen):
    """A number as it was given, in `unit`. A missing end is open; both are missing if there are only words."""

    low: int | float | None = None
    high: int | float | None = None
    bound: Bound
    as_stated: str
    unit: Unit
    scope: CountScope | None = None
    of: Population | None = None
    by: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()


class Statement(Frozen):
    """A statement that no other property covers, in the curator's words."""

    topic: Topic
    text: str
    about: tuple[str, ...] = ()


class Claim(Frozen):
    """The unit of trust: who says what, through whom, in which paragraph of which document."""

    id: str
    claimant: str
    attribution: Attribution
    claimant_as_stated: str | None = None
    speaker: str | None = None
    via: tuple[str, ...] = ()
    stance: Stance
    property: Property
    control: Control | None = None
    result: Result | None = None
    responsibility: Responsibility | None = None
    movement: Movement | None = None
    date: Days | None = None
    count: Count | None = None
    statement: Statement | None = None
    window: When | None = None
    where: Where | None = None
    stated_on: Days | None = None
    hedge: Hedge | None = None
    attests: bool | None = None
    fate: Fate | None = None
    conflicts_with: tuple[str, ...] = ()
    status: ClaimStatus | None = None
    status_reason: str | None = None
    evidence: tuple[Evidence, ...]
    notes: str | None = None

    @builtins.property  # `property` is a field here
    def live(self) -> bool:
        """Neither superseded nor rejected."""
        return self.status is None
