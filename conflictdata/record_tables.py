"""The tables of a dataset for users: records by position, id or name, and each table as a data frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from conflictdata.errors import UnknownName
from conflictdata.model import Event, EventClaim, Records, Table

if TYPE_CHECKING:
    import pandas
    import polars

    from conflictdata.analysis.event_search import EventFilter

T = TypeVar("T")

_SHOWN = {
    "events": ("id", "date_earliest", "date_latest", "type", "title"),
    "actors": ("id", "kind", "country", "name"),
    "places": ("id", "kind", "within", "name"),
    "sources": ("id", "language", "composition", "title"),
    "claims": ("id", "claimant", "stance", "property", "low", "high", "as_stated"),
}
"""The columns that a notebook shows of each table."""


class _Found(tuple[T, ...]):
    """The rows of a table that a search found, in order of id."""

    table: str
    _records: Records

    def __new__(cls, found: Iterable[T], records: Records) -> Self:
        """The found rows of these records."""
        made = super().__new__(cls, tuple(found))
        made._records = records
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self), self._records

    def ids(self) -> tuple[str, ...]:
        """The id of each."""
        return tuple(each.id for each in self)  # type: ignore[attr-defined]

    def to_dict(self) -> list[dict[str, Any]]:
        """Each as the object that its record holds."""
        return [each.to_dict() for each in self]  # type: ignore[attr-defined]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows of the table as a pandas data frame; without pandas `MissingExtra`."""
        from conflictdata.tables.dataframes import to_pandas

        frame = to_pandas(self._records, self.table)
        return frame[frame["id"].isin(self.ids())].reset_index(drop=True)

    def to_polars(self) -> polars.DataFrame:
        """The rows of the table as a polars data frame; without polars `MissingExtra`."""
        from conflictdata.tables.dataframes import to_polars

        frame = to_polars(self._records, self.table)
        return frame.filter(frame["id"].is_in(list(self.ids())))


class Events(_Found[Event]):
    """Events that were found by `filter`; `open_windows` of them have a start or end that is not known."""

    table = "events"
    filter: str = ""
    open_windows: int = 0

    @classmethod
    def matching(cls, asked: EventFilter, records: Records) -> Self:
        """The events of these records that match the filter."""
        events = cls(asked.find(records), records)
        events.filter = asked.as_arguments(records)
        events.open_windows = asked.open_windows(records, events)
        return events

    @property
    def note(self) -> str | None:
        """How many events have an open window that matters, as a sentence; None if none has."""
        if not self.open_windows:
            return None
        return f"{self.open_windows} of {len(self)} may lie outside these days: their start or end is not known"

    def __str__(self) -> str:
        return "\n".join([*map(str, self), *([self.note] if self.note else [])])

    def __repr__(self) -> str:
        return _list_repr("Event", self)

    def _repr_html_(self) -> str:
        return _html(self._records, self.table, set(self.ids()), self.note or f"{len(self)} events")


class Claims(_Found[EventClaim]):
    """Claims that were found, each with its event."""

    table = "claims"

    def __str__(self) -> str:
        from conflictdata.analysis.claim_text import describe_claim

        return "\n".join(f"{placed.id}  {describe_claim(placed.claim)}" for placed in self)

    def __repr__(self) -> str:
        return _list_repr("EventClaim", str(self).splitlines())

    def _repr_html_(self) -> str:
        from conflictdata.analysis.answer_base import html_table
        from conflictdata.analysis.claim_text import value_of

        rows = ((p.id, p.claim.claimant, p.claim.stance, p.claim.property, value_of(p.claim)) for p in self)
        heads = ("id", "claimant", "stance", "property", "claimed")
        return html_table(heads, rows, caption=f"{len(self)} claims")


def _list_repr(name: str, items: Sequence[object]) -> str:
    from conflictdata.analysis.answer_base import list_repr

    return list_repr(name, items)


def _html(records: Records, table: str, ids: set[str] | None, caption: str) -> str:
    from conflictdata.analysis.answer_base import html_table
    from conflictdata.tables.registry import TABLES, table_rows

    names = [column.name for column in TABLES[table]]
    places = [names.index(name) for name in _SHOWN[table]]
    needed = {names[0], *_SHOWN[table]}
    rows = ([row[n] for n in places] for row in table_rows(records, table, needed) if ids is None or row[0] in ids)
    return html_table(_SHOWN[table], rows, caption=caption)


class RecordTable(Table[T]):
    """Records in order of id: `table[0]` by position, `table["Raqqa"]` by id or any name, in any usual spelling.

    A name of no record, or of more than one, raises `UnknownName`, a `KeyError` with suggestions.
    """

    __slots__ = ("_records", "name")

    def __init__(self, name: str, table: Table[T], records: Records) -> None:
        self._share(table)
        self.name = name
        self._records = records

    @overload
    def __getitem__(self, which: int | str) -> T: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[T, ...]: ...
    def __getitem__(self, which: int | str | slice) -> T | tuple[T, ...]:
        if isinstance(which, str) and which not in self._by_id:
            from conflictdata.analysis.lookup import id_in

            which = id_in(self.name, self._records, which)
        return super().__getitem__(which)

    def get(self, record_id: str) -> T | None:
        """The record with that id or name; None if there is none, or more than one."""
        try:
            return self[record_id] if isinstance(record_id, str) else None
        except UnknownName:
            return None

    def __contains__(self, item: object) -> bool:
        return self.get(item) is not None if isinstance(item, str) else super().__contains__(item)

    def to_dict(self) -> list[dict[str, Any]]:
        """Each record as the object that its file holds."""
        return [record.to_object() for record in self]  # type: ignore[attr-defined]

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas data frame; without pandas `MissingExtra`."""
        from conflictdata.tables.dataframes import to_pandas

        return to_pandas(self._records, self.name)

    def to_polars(self) -> polars.DataFrame:
        """The table as a polars data frame; without polars `MissingExtra`."""
        from conflictdata.tables.dataframes import to_polars

        return to_polars(self._records, self.name)

    def __reduce__(self) -> tuple[object, ...]:
        table = Table[T].__new__(Table)
        table._share(self)
        return type(self), (self.name, table, self._records)

    def __repr__(self) -> str:
        return _list_repr(self.name.removesuffix("s").capitalize(), self.ids())

    def _repr_html_(self) -> str:
        return _html(self._records, self.name, None, f"{len(self)} {self.name}")


class ClaimTable(RecordTable[EventClaim]):
    """Every claim together with its event, by address such as `CD-0001#c2`."""

    __slots__ = ()

    def to_dict(self) -> list[dict[str, Any]]:
        """Each claim as the object that its record holds, with its event."""
        return [{"event_id": placed.event.id, **placed.claim.to_object()} for placed in self]

    def find(
        self,
        *,
        claimant: str | None = None,
        speaker: str | None = None,
        property: str | None = None,  # noqa: A002  the member of a claim is called so
        stance: str | None = None,
        event: str | None = None,
        text: str | None = None,
    ) -> Claims:
        """The claims that match every given filter.

        `claimant` and `event` are given by id or name; `property` and `stance` are codes; `speaker` and `text` match
        words in any letter case. `text` is searched in the statement, the words of the document, the notes and the
        speaker of a claim, and in the title of its event, not in the names of actors and places. Claims
        of withdrawn events are left out. An unknown name raises `UnknownName`.
        """
        from conflictdata.analysis.claim_search import ClaimFilter

        asked = ClaimFilter(
            claimant=claimant, speaker=speaker, property=property, stance=stance, event=event, text=text
        )
        return Claims(asked.find(self._records), self._records)
