"""Tables of the parts of records, such as the participants of events: one row a part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from conflictdata.model import Records
from conflictdata.tables.columns import Column, Layout, Link, integer, string
from conflictdata.tables.shared_columns import part_withdrawn


@dataclass(slots=True, eq=False, repr=False)
class PartItem:
    """A part, the id of its record, its position among the parts of the record, and whether the record is withdrawn."""

    owner: str
    position: int
    part: Any
    withdrawn: bool

    @property
    def address(self) -> str:
        """The address of a part that has an id of its own."""
        return f"{self.owner}#{self.part.id}"


def parts_of(table: str, member: str) -> Callable[[Records], Iterator[PartItem]]:
    """What gives the parts in a member of each record of a table."""

    def items(records: Records) -> Iterator[PartItem]:
        for record in getattr(records, table):
            owner, withdrawn = record.id, record.withdrawn is not None
            for position, part in enumerate(getattr(record, member), 1):
                yield PartItem(owner, position, part, withdrawn)

    return items


def part_table(
    name: str,
    description: str,
    owner: tuple[str, str],
    member: str,
    position: str,
    columns: tuple[Column[Any], ...],
    links: tuple[Link, ...] = (),
    since: str | None = None,
) -> Layout[PartItem]:
    """The table of the parts in a member of each record of a kind; `owner` is the kind, and its name in descriptions.

    Its key is the id of the record and the position, which `position` describes.
    """
    kind, called = owner
    key, table = f"{kind}_id", f"{kind}s"
    return Layout(
        name,
        description,
        (string(key, f"The {called}.", "owner"), integer("position", position, "position"), *columns, part_withdrawn()),
        (key, "position"),
        (Link(key, table), *links),
        parts_of(table, member),
        since,
    )
