"""The claim: somebody's statement about an event, and the evidence for it."""

import builtins

from conflictdata.model.building import Shared
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
from conflictdata.model.record_base import Frozen, record
from conflictdata.model.values import Days, Evidence, When, Where


@record
class Control(Frozen):
    """Who holds how much of a place, and from whom it was taken."""

    place: Shared
    holder: Shared
    extent: Extent | None = None
    from_: Shared | None = None


@record
class Result(Frozen):
    """How the event ended, or its present state, and for whom."""

    outcome: Outcome
    actor: Shared | None = None


@record
class Responsibility(Frozen):
    """Who did it: all of the actors, or one or another of them."""

    actors: tuple[Shared, ...]
    how: ResponsibilityMode


@record
class Movement(Frozen):
    """Who or what moved, from where to where."""

    actor: Shared
    what: str
    from_: Shared | None = None
    to: str | None = None


@record
class Population(Frozen):
    """Who or what is counted; a missing member is unknown."""

    actor: Shared | None = None
    status: PopulationStatus | None = None
    nationality: Shared | None = None
    item: str | None = None


@record
class Count(Frozen):
    """A number as it was given, in `unit`. A missing end is open; both are missing if there are only words."""

    low: int | float | None = None
    high: int | float | None = None
    bound: Bound
    as_stated: Shared
    unit: Unit
    scope: CountScope | None = None
    of: Population | None = None
    by: tuple[Shared, ...] = ()
    includes: tuple[Shared, ...] = ()


@record
class Statement(Frozen):
    """A statement that no other property covers, in the curator's words."""

    topic: Topic
    text: str
    about: tuple[Shared, ...] = ()


@record
class Claim(Frozen):
    """The unit of trust: who says what, through whom, in which paragraph of which document."""

    id: Shared
    claimant: Shared
    attribution: Attribution
    claimant_as_stated: str | None = None
    speaker: str | None = None
    via: tuple[Shared, ...] = ()
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
    conflicts_with: tuple[Shared, ...] = ()
    status: ClaimStatus | None = None
    status_reason: str | None = None
    evidence: tuple[Evidence, ...]
    notes: str | None = None

    @builtins.property  # `property` is a field here
    def live(self) -> bool:
        """Neither superseded nor rejected."""
        return self.status is None

    def named(self) -> tuple[str, ...]:
        """The addresses of the claims that it contradicts or whose people it counts too."""
        return (*self.conflicts_with, *self.count.includes) if self.count is not None else self.conflicts_with
