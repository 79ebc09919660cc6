"""A change of one record between two states of a dataset, as a value and as a line of `CHANGES.jsonl`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from conflictdata.canonical import dump_line
from conflictdata.canonical.limits import MAX_LISTING
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, not_as_released
from conflictdata.model import type_of_kind
from conflictdata.model.codes import ChangeKind

Json = Any
"""Any JSON value but null; a missing value is None here."""

NO_KIND = "changed"
"""The group of a change without a reason that says whether it revises or corrects."""

MAX_CHANGE = MAX_LISTING
"""The longest line of `CHANGES.jsonl`: a record before and after its change, each up to the largest record."""

LOST = "removed"
"""The group of a record that no longer exists. A release never removes a record; it leaves a tombstone."""


class Shape(StrEnum):
    """What happened to a record as a whole."""

    ADDED = "added"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Edit:
    """One field that was changed, added (no `old`) or removed (no `new`); or a new order of claims or relations.

    `pointer` is a JSON pointer into the record, except that claims and relations are named by id: `/claims/c2/count`.
    """

    pointer: str
    old: Json = None
    new: Json = None
    order: tuple[str, ...] = ()

    def to_object(self) -> dict[str, Json]:
        """The edit as JSON."""
        members = {"pointer": self.pointer, "old": self.old, "new": self.new, "order": [*self.order] or None}
        return {name: value for name, value in members.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Change:
    """The change of one record for one reason; an added or removed record is given as a whole in `record`."""

    of: str
    id: str
    shape: Shape
    edits: tuple[Edit, ...] = ()
    record: Mapping[str, Json] | None = None
    kind: ChangeKind | None = None
    reason: str | None = None

    @property
    def path(self) -> str:
        """The record by kind and id, such as `event/CD-0001`."""
        return f"{self.of}/{self.id}"

    @property
    def called(self) -> str:
        """The group in which it is listed."""
        return self.kind or {Shape.CHANGED: NO_KIND, Shape.REMOVED: LOST}.get(self.shape, str(self.shape))

    def because(self, kind: ChangeKind, reason: str) -> Change:
        """The same change with a reason."""
        return replace(self, kind=kind, reason=reason)

    def to_object(self) -> dict[str, Json]:
        """The change as JSON, one line of `CHANGES.jsonl`."""
        members = {
            "change": self.called,
            "of": self.of,
            "id": self.id,
            "reason": self.reason,
            "edits": [edit.to_object() for edit in self.edits] or None,
            "record": self.record,
        }
        return {name: value for name, value in members.items() if value is not None}

    def to_line(self) -> bytes:
        """The change as one line of `CHANGES.jsonl`."""
        return dump_line(self.to_object(), max_bytes=MAX_CHANGE)

    @classmethod
    def of_object(cls, members: Mapping[str, Json], file: str) -> Change:
        """The change in a line of `CHANGES.jsonl`; raises `InvalidInput` if it is not one."""
        called, of, record_id = (_text(members, name, file) for name in ("change", "of", "id"))
        shape = Shape.CHANGED if called in (ChangeKind.REVISED, ChangeKind.CORRECTED) else called
        edits, record, reason = members.get("edits", []), members.get("record"), members.get("reason")
        if (
            of not in type_of_kind
            or shape not in [*Shape]
            or (record is None) is (shape in (Shape.ADDED, Shape.REMOVED))
        ):
            raise _wrong(file, "", "a change of a record")
        if not isinstance(edits, list) or not isinstance(record, dict | None) or not isinstance(reason, str | None):
            raise _wrong(file, "", "a change of a record")
        made = tuple(_edit_of(edit, f"/edits/{place}", file) for place, edit in enumerate(edits))
        kind = ChangeKind(called) if called in [*ChangeKind] and reason is not None else None
        return cls(of, record_id, Shape(shape), made, record, kind, reason)


def _edit_of(members: Json, pointer: str, file: str) -> Edit:
    if not isinstance(members, dict):
        raise _wrong(file, pointer, "a change of a field")
    where = _text(members, "pointer", file, pointer)
    order = members.get("order", [])
    if not where.startswith("/") or not isinstance(order, list) or not all(isinstance(item, str) for item in order):
        raise _wrong(file, pointer, "a change of a field")
    return Edit(where, members.get("old"), members.get("new"), tuple(order))


def _text(members: Mapping[str, Json], name: str, file: str, pointer: str = "") -> str:
    if not isinstance(members.get(name), str):
        raise _wrong(file, pointer, f"a text as `{name}`")
    return str(members[name])


def _wrong(file: str, pointer: str, wanted: str) -> InvalidInput:
    return InvalidInput(not_as_released(file, Code.WRONG_TYPE, f"expected {wanted}", pointer))
