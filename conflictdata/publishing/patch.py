"""Applying changes to one state of a dataset, which gives the next state byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from conflictdata.canonical import dump_line
from conflictdata.errors import CannotApply
from conflictdata.model import Period, Records, Release, type_of_kind
from conflictdata.publishing.change import Change, Edit, Json, Shape
from conflictdata.publishing.diff import KINDS, by_id, table_of


def applied(
    changes: Iterable[Change], previous: Records, release: Release | None = None, period: Period | None = None
) -> Records:
    """The state after the changes, which is that of `release` and about `period`; raises `CannotApply`."""
    tables: dict[str, dict[str, Any]] = {
        kind: {record_id: table_of(previous, kind)[record_id] for record_id in table_of(previous, kind).ids()}
        for kind in KINDS
    }
    for change in changes:
        table = tables.get(change.of, {})
        if (change.id in table) is (change.shape is Shape.ADDED):
            raise CannotApply(
                change.path, "", "the record is there already" if change.id in table else "there is no such record"
            )
        if change.shape is Shape.REMOVED:
            if change.record is not None and table[change.id].to_object() != change.record:
                raise CannotApply(change.path, "", "the record is another one")
            del table[change.id]
        elif change.shape is Shape.ADDED:
            table[change.id] = _record(change.of, change.record or {})
        else:
            table[change.id] = _record(change.of, _edited(table[change.id].to_object(), change))
    sources, actors, places, events = (table.values() for table in tables.values())
    return Records.of(sources, actors, places, events, release, period)


def _record(kind: str, members: Any) -> Any:
    """The record with its members in the model's order."""
    dump_line(members)  # what could not be read again is refused
    return type_of_kind[kind].from_validated(members)


def _edited(whole: Json, change: Change) -> Json:
    root = [deepcopy(whole)]
    for edit in change.edits:
        steps = [step.replace("~1", "/").replace("~0", "~") for step in edit.pointer.split("/")[1:]]
        try:
            _edit(root, [0, *steps], edit)
        except (LookupError, TypeError, ValueError) as error:
            raise CannotApply(change.path, edit.pointer, "the value is not the one that the changes expect") from error
    return root[0]


def _edit(holder: Json, steps: Sequence[str | int], edit: Edit) -> None:
    """Make one edit below `holder`; `LookupError`, `TypeError` or `ValueError` if it does not fit."""
    for step in steps[:-1]:
        holder = holder[_place(holder, step)]
    last = steps[-1]
    if edit.order:
        listed = holder[last]
        items = by_id(listed) or {}
        if items.keys() != {*edit.order}:
            raise ValueError(edit.order)
        listed[:] = [items[item] for item in edit.order]
    elif edit.old is None:
        if isinstance(holder, list):
            if edit.new["id"] != last or last in (by_id(holder) or {}):
                raise ValueError(last)
            holder.append(edit.new)
        elif last in holder:
            raise ValueError(last)
        else:
            holder[last] = edit.new
    else:
        place = _place(holder, last)
        if holder[place] != edit.old:
            raise ValueError(edit.old)
        if edit.new is None:
            del holder[place]
        else:
            holder[place] = edit.new


def _place(holder: Json, step: str | int) -> str | int:
    """The position in a list of the item with that id; for anything else, the step itself."""
    if not isinstance(holder, list) or isinstance(step, int):
        return step
    return [item["id"] for item in holder].index(step)
