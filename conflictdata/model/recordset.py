"""Tables of records, which are sequences with lookup by id, and the set of four tables that is a dataset."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar, overload

from conflictdata.errors import PositionOutOfRange, UnknownName, WrongArgument
from conflictdata.model.claim import Claim
from conflictdata.model.claim_codes import AGAINST
from conflictdata.model.codes import ReleaseStage
from conflictdata.model.event import Event
from conflictdata.model.record_base import Frozen, record
from conflictdata.model.records import Actor, Place, Source

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


def id_order(record_id: str) -> tuple[int, str]:
    """A sort key for ids: event ids by number, slugs alphabetically."""
    return (len(record_id) if record_id.startswith("CD-") else 0, record_id)


class Table(Sequence[T], Generic[T]):
    """Records in order of id; `table[0]` by position, `table["raqqa"]` by id, `"raqqa" in table` by id or record.

    The tables of a `Dataset` also take names.
    """

    __slots__ = ("_by_id", "_rows")

    def __init__(self, rows: Iterable[T], key: Callable[[T], str]) -> None:
        self._rows = tuple(rows)
        self._by_id = {key(row): row for row in self._rows}

    @overload
    def __getitem__(self, which: int | str) -> T: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[T, ...]: ...
    def __getitem__(self, which: int | str | slice) -> T | tuple[T, ...]:
        if isinstance(which, slice) or hasattr(which, "__index__"):  # also takes NumPy's integers
            try:
                return self._rows[which]
            except IndexError:
                raise PositionOutOfRange(int(which), len(self)) from None  # type: ignore[arg-type]
        if not isinstance(which, str):
            raise WrongArgument("a record: give its id or its position", which)
        if which not in self._by_id:
            from difflib import get_close_matches

            raise UnknownName("record with the id", which, get_close_matches(which, self._by_id))
        return self._by_id[which]

    def get(self, record_id: str) -> T | None:
        """The record of that id, or None."""
        return self._by_id.get(record_id) if isinstance(record_id, str) else None

    def ids(self) -> tuple[str, ...]:
        """Every id, in order."""
        return tuple(self._by_id)

    def __contains__(self, item: object) -> bool:
        return item in self._by_id if isinstance(item, str) else item in self._rows

    def __iter__(self) -> Iterator[T]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._rows == other._rows

    def __hash__(self) -> int:
        return hash(self._rows)

    def __repr__(self) -> str:
        ids = ", ".join(list(self._by_id)[:3])
        return f"<{len(self._rows)} records: {ids}{', ...' if len(self._rows) > 3 else ''}>"


@dataclass(frozen=True, slots=True, repr=False)
class EventClaim:
    """A claim together with its event; `id` is its address, such as `CD-0001#c2`."""

    event: Event
    claim: Claim

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


@dataclass(frozen=True, eq=True, repr=False)
class Records:
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
    context: Table[Event] = field(default_factory=lambda: Table((), lambda event: event.id))

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
            table(sources, lambda r: r.id),
            table(actors, lambda r: r.id),
            table(places, lambda r: r.id),
            table(events, lambda r: r.id),
            release,
            period,
            selection,
            table(context, lambda r: r.id),
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

    def __getstate__(self) -> dict[str, object]:
        # What views and cached properties remember beside the fields is computed anew wherever it is asked for.
        return {each.name: getattr(self, each.name) for each in fields(self)}

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
    def related_claims(self) -> tuple[EventClaim, ...]:
        """The claims anywhere that deny, doubt or name other claims: few, found in one pass over all of them."""
        return tuple(
            EventClaim(event, claim)
            for event in self.all_events
            for claim in event.claims
            if claim.conflicts_with or claim.stance in AGAINST or (claim.count is not None and claim.count.includes)
        )

    @cached_property
    def claims_naming(self) -> Mapping[str, list[EventClaim]]:
        """By address, the claims anywhere that name that claim in `conflicts_with` or `includes`."""
        found: dict[str, list[EventClaim]] = {}
        for placed in self.related_claims:
            claim = placed.claim
            for other in {*claim.conflicts_with, *(claim.count.includes if claim.count else ())}:
                found.setdefault(other, []).append(placed)
        return found

    @cached_property
    def all_claims(self) -> Table[EventClaim]:
        """The claims of all these events."""
        return _claims_of(self.all_events) if self.context else self.claims


def _claims_of(events: Iterable[Event]) -> Table[EventClaim]:
    return Table((EventClaim(event, claim) for event in events for claim in event.claims), lambda placed: placed.id)
