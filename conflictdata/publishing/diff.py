"""The differences between two states of a dataset, by record and field, in linear time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from conflictdata.model import Record, Records, Table, id_order, type_of_kind
from conflictdata.publishing.change import Change, Edit, Json, Shape

KINDS = tuple(type_of_kind)


def table_of(records: Records, kind: str) -> Table[Record]:
    """The records of one kind."""
    return cast(Table[Record], getattr(records, f"{kind}s"))


def changes_between(old: Records, new: Records) -> Iterator[Change]:
    """Each record that differs, in order of kind and id, without the kind of change and the reason."""
    for kind in KINDS:
        before, after = table_of(old, kind), table_of(new, kind)
        for record_id in sorted({*before.ids(), *after.ids()}, key=id_order):
            yield from _changes_of(kind, record_id, before.get(record_id), after.get(record_id))


def _changes_of(kind: str, record_id: str, old: Record | None, new: Record | None) -> Iterator[Change]:
    if old is new or (old == new and old is not None):
        return
    if old is None:
        yield Change(kind, record_id, Shape.ADDED, record=new.to_object() if new else None)
    elif new is None:
        yield Change(kind, record_id, Shape.REMOVED, record=old.to_object())
    else:
        withdrawn = new.withdrawn is not None and old.withdrawn is None
        edits = tuple(edits_between(old.to_object(), new.to_object()))
        yield Change(kind, record_id, Shape.WITHDRAWN if withdrawn else Shape.CHANGED, edits)


def edits_between(old: Json, new: Json, pointer: str = "") -> Iterator[Edit]:
    """The edits that turn `old` into `new`, except for the order of members, which the model gives."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _edits_of_members(old, new, pointer)
    elif (before := by_id(old)) is not None and (after := by_id(new)) is not None:
        yield from _edits_of_members(before, after, pointer)
        kept = [item for item in before if item in after] + [item for item in after if item not in before]
        if kept != [*after]:
            yield Edit(pointer, order=tuple(after))
    else:
        yield Edit(pointer, old, new)


def _edits_of_members(old: dict[str, Json], new: dict[str, Json], pointer: str) -> Iterator[Edit]:
    for name in [*old, *(name for name in new if name not in old)]:
        inner = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
        if name in old and name in new:
            yield from edits_between(old[name], new[name], inner)
        else:
            yield Edit(inner, old.get(name), new.get(name))


def by_id(value: Json) -> dict[str, Json] | None:
    """The items of a list by their ids; None if they do not all have different ids."""
    if not isinstance(value, list) or not all(isinstance(item, dict) and "id" in item for item in value):
        return None
    items = {item["id"]: item for item in value}
    return items if value and len(items) == len(value) else None
