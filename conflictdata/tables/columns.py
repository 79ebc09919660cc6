"""Declarations of tables: heading, type, meaning and source of each column, in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar

from conflictdata.codelists import codes
from conflictdata.model import Records

T = TypeVar("T")

Value = str | int | float | bool | dt.date | None
"""The value of a cell; None is unknown or not applicable, and an empty cell in CSV."""

SEPARATOR = "; "
"""The separator of the items in a cell."""


ORDERED = {
    "grades": ("discounted", "contested", "weak", "fair", "confirmed"),
    "place-precisions": ("country", "governorate", "area", "near", "settlement", "exact"),
}
"""The codelists whose codes have an order, each from the least to the most."""


class ColumnType(StrEnum):
    """The type of the cells of a column; a code is a string of the codelist that the column names."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    CODE = "code"


@dataclass(slots=True, eq=False, repr=False)
class Column(Generic[T]):
    """One column. Cells of a `many` column hold items joined by `SEPARATOR`; a `derived` one follows from other data.

    `path` is the dotted path of attributes in an item, for a cell that holds one value unchanged. `former` is the name
    of the column in earlier releases, whose tables are still read. `since` is the schema version that added the column;
    tables of an older version do not have it.
    """

    name: str
    type: ColumnType
    description: str
    value: Callable[[T], Value]
    codelist: str | None = None
    many: bool = False
    derived: bool = False
    path: str | None = None
    since: str | None = None
    former: str | None = None

    @property
    def categories(self) -> tuple[str, ...]:
        """The codes that the cells can hold, in order; from the least to the most if they are `ordered`."""
        if self.codelist is None:
            return ()
        return ORDERED.get(self.codelist) or codes(self.codelist)

    @property
    def ordered(self) -> bool:
        """Whether the codes have an order."""
        return self.codelist in ORDERED


@dataclass(slots=True, eq=False, repr=False)
class Link:
    """A foreign key: the cells of `column` are ids of `table`."""

    column: str
    table: str


@dataclass(slots=True, eq=False, repr=False)
class Layout(Generic[T]):
    """One table: its columns, its key columns, its foreign keys, and the items of its rows.

    `since` is the schema version that added the table.
    """

    name: str
    description: str
    columns: tuple[Column[T], ...]
    key: tuple[str, ...]
    links: tuple[Link, ...]
    items: Callable[[Records], Iterable[T]]
    since: str | None = None

    @property
    def inner_links(self) -> tuple[Link, ...]:
        """The links that lead to a row in a selection too: not to other events, which may not have been chosen."""
        return tuple(link for link in self.links if link.table != "events" or link.column == "event_id")


def string(name: str, description: str, path: str) -> Column[Any]:
    """A column of text, read from a dotted path of attributes."""
    return Column(name, ColumnType.STRING, description, at(path), path=path)


def integer(name: str, description: str, path: str) -> Column[Any]:
    """A column of whole numbers."""
    return Column(name, ColumnType.INTEGER, description, at(path), path=path)


def number(name: str, description: str, path: str) -> Column[Any]:
    """A column of numbers."""
    return Column(name, ColumnType.NUMBER, description, at(path), path=path)


def day(name: str, description: str, path: str) -> Column[Any]:
    """A column of local days."""
    return Column(name, ColumnType.DATE, description, at(path), path=path)


def code(name: str, description: str, path: str, codelist: str) -> Column[Any]:
    """A column of codes."""
    return Column(name, ColumnType.CODE, description, at(path), codelist=codelist, path=path)


def truth(name: str, description: str, path: str) -> Column[Any]:
    """A column of true and false."""
    return Column(name, ColumnType.BOOLEAN, description, at(path), path=path)


def listed(name: str, description: str, path: str) -> Column[Any]:
    """A column whose cells hold several items."""
    items = at(path)
    return Column(name, ColumnType.STRING, description, lambda item: joined(items(item)), many=True, path=path)


def added(since: str, *columns: Column[Any]) -> tuple[Column[Any], ...]:
    """Columns that a schema version added."""
    return tuple(replace(column, since=since) for column in columns)


def derived(*columns: Column[Any]) -> tuple[Column[Any], ...]:
    """Columns that follow from other data."""
    return tuple(replace(column, derived=True) for column in columns)


def at(path: str) -> Callable[[Any], Any]:
    """The value at a dotted path of attributes; None if any attribute on the way is None."""
    names = path.split(".")
    if len(names) == 1:
        return attrgetter(path)  # a third of the time of the loop below

    def value(item: Any) -> Any:
        for name in names:
            if item is None:
                return None
            item = getattr(item, name)
        return item

    return value


def gather(columns: Iterable[Column[T]], items: Sequence[T]) -> list[list[Any]]:
    """The cells of each column, for the items of some rows.

    Column by column, what several columns lie in (the count of each claim) is looked up once. That takes a third of the
    time of making one row after another.
    """
    known: dict[str, list[Any]] = {"": [*items]}
    cells: list[list[Any]] = []
    for column in columns:
        if column.path is None:
            cells.append([*map(column.value, items)])
        else:
            found = _cells_at(column.path, known)
            cells.append([*map(joined, found)] if column.many else found)
    return cells


def _cells_at(path: str, known: dict[str, list[Any]]) -> list[Any]:
    """The values at a dotted path of attributes; those of its beginnings are looked up in `known`, or put there."""
    # No function inside `gather`: one that calls itself is freed, with all its cells, only by the cyclic collector.
    if path not in known:
        before, _, name = path.rpartition(".")
        value, items = attrgetter(name), _cells_at(before, known)
        known[path] = [None if item is None else value(item) for item in items] if before else [*map(value, items)]
    return known[path]


def joined(items: Iterable[object] | None) -> str | None:
    """Items joined in one cell; None if there are none."""
    return SEPARATOR.join(map(str, items)) if items else None
