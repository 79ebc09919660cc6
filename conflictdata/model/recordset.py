"""The set of four tables that is a dataset, and what it says of itself."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Set
from functools import cached_property
from typing import Any, Literal, TypeVar

from conflictdata.model.claim import Claim
from conflictdata.model.claim_codes import AGAINST
from conflictdata.model.codes import ReleaseStage
from conflictdata.model.event import Event
from conflictdata.model.record_base import Frozen, Immutable, record
from conflictdata.model.records import Actor, Place, Source
from conflictdata.model.table import Table, id_order

T = TypeVar("T")


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


@record
class EventClaim(Immutable):
    """A claim together with its event; `id` is its address, such as `CD-0001#c2`."""

    event: Event
    claim: Claim

    __match_args__ = ("event", "claim")

    def __init__(self, event: Event, claim: Claim) -> None:
        object.__setattr__(self, "event", event)
        object.__setattr__(self, "claim", claim)

    @property
    def id(self) -> str:
        """The claim's address: the event's id, #, the claim's id."""
        return f"{self.event.id}#{self.claim.id}"

    def to_dict(self) -> dict[str, Any]:
        """The claim as the object that its record holds, with its event."""
        return {"event_id": self.event.id, **self.claim.to_object()}

    def __str__(self) -> str:
        claim = self.claim
        return f"{self.id} {claim.claimant} {claim.stance} {claim.property}"

    def __repr__(self) -> str:
        return f"<EventClaim {self}>"

    def _repr_html_(self) -> str:
        return self.claim._repr_html_()


class _Remembering(Immutable):
    """Has no slots, so that answers and cached properties can be kept with it."""


@record
class Records(_Remembering):
    """The four tables of a dataset, each in order of id, the release they are and the days they are about, if any.

    A `selection` has in `events` only those that were chosen, and in `context` the other events that they refer to.
    """

    sources: Table[Source]
    actors: Table[Actor]
    places: Table[Place]
    events: Table[Event]
    release: Release | None = None
    period: Period | None = None
    selection: Selection | None = None
    context: Table[Event] = Table((), lambda event: event.id)

    @classmethod
    def of(
        cls,
        sources: Iterable[Source] = (),
        actors: Iterable[Actor] = (),
        places: Iterable[Place] = (),
        events: Iterable[Event] = (),
        release: Release | None = None,
        period: Period | None = None,
        selection: Selection | None = None,
        context: Iterable[Event] = (),
    ) -> "Records":
        """A dataset of records given in any order."""

        def table(rows: Iterable[T], key: Callable[[T], str]) -> Table[T]:
            return Table(sorted(rows, key=lambda row: id_order(key(row))), key)

        return cls(
            sources=table(sources, lambda r: r.id),
            actors=table(actors, lambda r: r.id),
            places=table(places, lambda r: r.id),
            events=table(events, lambda r: r.id),
            release=release,
            period=period,
            selection=selection,
            context=table(context, lambda r: r.id),
        )

    @classmethod
    def of_document(cls, document: Document) -> "Records":
        """The records of a whole-dataset document."""
        return cls.of(
            document.sources,
            document.actors,
            document.places,
            document.events,
            document.release,
            document.period,
            document.selection,
            document.context,
        )

    def __repr__(self) -> str:
        tables = ("events", "actors", "places", "sources")
        return f"<Records: {', '.join(f'{len(getattr(self, name))} {name}' for name in tables)}>"

    @cached_property
    def claims(self) -> Table[EventClaim]:
        """Every claim of every event, in order, by address."""
        return _claims_of(self.events)

    @cached_property
    def all_events(self) -> Table[Event]:
        """The events, and those that stand in the context of a selection."""
        if not self.context:
            return self.events
        return Table(
            sorted((*self.events, *self.context), key=lambda event: id_order(event.id)), lambda event: event.id
        )

    @cached_property
    def naming_events(self) -> Mapping[str, Set[str]]:
        """By event, which events have a claim that names a claim of it, or may have one where they are not read yet."""
        return self._links[0]

    @cached_property
    def denying_events(self) -> Set[str]:
        """The events with a claim that denies or doubts; those not read yet may have one."""
        return self._links[1]

    @cached_property
    def _links(self) -> tuple[dict[str, set[str]], set[str]]:
        """Both, in one pass over the events, whose claims are then at hand."""
        naming: dict[str, set[str]] = {}
        denying = set()
        for table in (self.events, self.context):
            for event_id, line in table._lines():
                for named in {*_ADDRESS.findall(line)} if b"#" in line else ():
                    naming.setdefault(named.decode(), set()).add(event_id)
                if b'"stance":"d' in line:
                    denying.add(event_id)
            for event in table._made():
                for named in {address.partition("#")[0] for claim in event.claims for address in claim.named()}:
                    naming.setdefault(named, set()).add(event.id)
                if not AGAINST.isdisjoint([claim.stance for claim in event.claims]):
                    denying.add(event.id)
        return naming, denying

    @cached_property
    def all_claims(self) -> Table[EventClaim]:
        """The claims of all these events."""
        return _claims_of(self.all_events) if self.context else self.claims


_ADDRESS = re.compile(rb'"(CD-[0-9]+)#')


def _claims_of(events: Iterable[Event]) -> Table[EventClaim]:
    return Table((EventClaim(event, claim) for event in events for claim in event.claims), lambda placed: placed.id)
