"""A table of records: a sequence with lookup by id, which can make its records when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from conflictdata.collector_pause import collector_paused
from conflictdata.errors import PositionOutOfRange, UnknownName, WrongArgument

if TYPE_CHECKING:
    from conflictdata.model.event import EventFacts

T = TypeVar("T")


def id_order(record_id: str) -> tuple[int, str]:
    """A sort key for ids: event ids by number, slugs alphabetically."""
    return (len(record_id) if record_id.startswith("CD-") else 0, record_id)


class Table(Sequence[T], Generic[T]):
    """Records in order of id; `table[0]` by position, `table["raqqa"]` by id, `"raqqa" in table` by id or record.

    The tables of a `Dataset` also take names.
    """

    # `_by_id` holds each record, or the line that it is made from when it is asked for. `_rows` is None until all are.
    # Users never meet a line: what this package alone asks of them begins with an underscore.
    __slots__ = ("_by_id", "_making", "_rows")

    def __init__(self, rows: Iterable[T], key: Callable[[T], str]) -> None:
        self._rows: tuple[T, ...] | None = tuple(rows)
        self._by_id: dict[str, T | bytes] = {key(row): row for row in self._rows}
        self._making: Making[T] | None = None

    @classmethod
    def _unread(cls, lines: Mapping[str, bytes], making: Making[T]) -> Table[T]:
        """A table of records that are made from their lines, by id and in order of id, when they are asked for.

        A question about one event needs some thirty of the records, and making all takes half the time of loading.
        """
        table = cls((), lambda row: "")
        table._rows, table._by_id, table._making = None, dict(lines), making
        return table

    def _share(self, other: Table[T]) -> None:
        """Take the records of another table as one's own."""
        self._rows, self._by_id, self._making = other._rows, other._by_id, other._making

    def _lines(self) -> Iterator[tuple[str, bytes]]:
        """The records that are still lines, with their ids."""
        if self._rows is None:
            yield from ((record_id, line) for record_id, line in self._by_id.items() if type(line) is bytes)

    def _made(self) -> Iterable[T]:
        """The records that are made."""
        if self._rows is not None:
            return self._rows
        return [row for row in self._by_id.values() if type(row) is not bytes]  # type: ignore[misc]

    def _all(self) -> tuple[T, ...]:
        if self._rows is None:
            with collector_paused(loads=True):
                unread = [record_id for record_id, _ in self._lines()]
                for start in range(0, len(unread), _AT_ONCE):
                    rows = ((each, self._by_id[each]) for each in unread[start : start + _AT_ONCE])
                    lines = {each: row for each, row in rows if type(row) is bytes}  # not what another thread has made
                    self._by_id.update(zip(lines, self._making(*lines.values()), strict=True))  # type: ignore[misc]
            self._rows = tuple(self._by_id.values())  # type: ignore[arg-type]
        return self._rows

    def _at(self, record_id: str) -> T | None:
        row = self._by_id.get(record_id)
        if type(row) is bytes:
            (row,) = self._making(row)  # type: ignore[misc]
            self._by_id[record_id] = row
        return row  # type: ignore[return-value]

    @overload
    def __getitem__(self, which: int | str) -> T: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[T, ...]: ...
    def __getitem__(self, which: int | str | slice) -> T | tuple[T, ...]:
        if isinstance(which, str):  # asked first, since it is what every answer about an event asks for
            if (row := self._at(which)) is None:
                from difflib import get_close_matches

                raise UnknownName("record with the id", which, get_close_matches(which, self._by_id))
            return row
        if not isinstance(which, slice) and not hasattr(which, "__index__"):  # which NumPy's integers have too
            raise WrongArgument("a record: give its id or its position", which)
        try:
            return self._all()[which]
        except IndexError:
            raise PositionOutOfRange(int(which), len(self)) from None  # type: ignore[arg-type]

    def get(self, record_id: str) -> T | None:
        """The record of that id, or None."""
        return self._at(record_id) if isinstance(record_id, str) else None

    def ids(self) -> tuple[str, ...]:
        """Every id, in order."""
        return tuple(self._by_id)

    def __contains__(self, item: object) -> bool:
        return item in self._by_id if isinstance(item, str) else item in self._all()

    def __iter__(self) -> Iterator[T]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._by_id if self._rows is None else self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash(self._all())

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        return None, {"_rows": self._all(), "_by_id": self._by_id, "_making": None}

    def __repr__(self) -> str:
        ids = ", ".join(list(self._by_id)[:3])
        return f"<{len(self)} records: {ids}{', ...' if len(self) > 3 else ''}>"


_AT_ONCE = 16
"""Lines that are parsed together: `json` makes the name of a member once for all of them, which saves a third."""


class Making(Generic[T]):
    """How a table makes records from their lines; `facts`, if given, is what its events know of their dataset."""

    __slots__ = ("facts", "make")

    def __init__(self, make: Callable[[Sequence[bytes]], list[T]]) -> None:
        self.make = make
        self.facts: EventFacts | None = None

    def __call__(self, *lines: bytes) -> list[T]:
        """The records of some lines."""
        rows = self.make(lines)
        if self.facts is not None:
            for row in rows:
                object.__setattr__(row, "_facts", self.facts)
        return rows
