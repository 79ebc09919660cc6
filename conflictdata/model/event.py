"""An event: what happened, or is claimed to have happened."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, Protocol

from conflictdata.errors import EventInNoDataset
from conflictdata.model.building import Shared
from conflictdata.model.claim import Claim
from conflictdata.model.codes import EventKind, EventType, ExternalDataset, Means, Role, Target
from conflictdata.model.record_base import Frozen, Labelled, record
from conflictdata.model.values import GradeOverride, Range, When, Where, Withdrawn

if TYPE_CHECKING:
    from conflictdata.model.records import Place


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
        yield from InDataset._shown(self)  # `record` makes a new class, and `super()` would refer to the old one
        if hasattr(self, "_facts"):
            for name in ("place", "latitude", "longitude", "date_start", "date_end", "killed"):
                value = getattr(self, name)
                yield name, "not known" if value is None else str(value)
