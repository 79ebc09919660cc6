"""Reasons for changes: those that a curator wrote beside the records, matched with the actual changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from conflictdata.atomic import is_file
from conflictdata.findings import Code, Finding
from conflictdata.formats.records_folder.changes import FOLDER, read_changes
from conflictdata.model.codes import ChangeKind
from conflictdata.model.release import Changes
from conflictdata.publishing.change import Change, Edit, Shape

_FITS = {
    Shape.ADDED: (ChangeKind.ADDED,),
    Shape.WITHDRAWN: (ChangeKind.WITHDRAWN,),
    Shape.CHANGED: (ChangeKind.REVISED, ChangeKind.CORRECTED),
    Shape.REMOVED: (),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its kind, its records and fields (empty means all), and where it was written."""

    kind: ChangeKind
    text: str
    records: frozenset[str]
    fields: tuple[str, ...]
    place: tuple[str, str]


NEW = Reason(ChangeKind.ADDED, "A new record.", frozenset(), (), ("", ""))
"""The reason of a new record without a reason from the curator."""


def reasons_in(changes: Changes, file: str) -> tuple[Reason, ...]:
    """The reasons of a file under `records/changes/`."""
    return tuple(
        Reason(why.kind, why.reason, frozenset(why.records or ()), why.fields or (), (file, f"/changes/{number}"))
        for number, why in enumerate(changes.changes)
    )


@dataclass(frozen=True, slots=True)
class ExplainedChange:
    """A change with its reasons; without any it is not explained."""

    change: Change
    reasons: tuple[Reason, ...]


def explained(changes: Iterable[Change], reasons: Iterable[Reason]) -> Iterator[ExplainedChange]:
    """Each change with its reason; a change with different reasons for different fields is split into parts.

    Of several reasons that fit a field, the most specific ones are used: those that name its record, or more of its
    path.
    """
    known = _by_place(reasons)
    for change in changes:
        if change.shape is Shape.ADDED and not _closest(known, change, ""):
            # It was never released before, so a change needs no reason.
            yield ExplainedChange(change.because(ChangeKind.ADDED, NEW.text), (NEW,))
            continue
        if change.shape is not Shape.CHANGED:
            yield _because(change, _closest(known, change, ""))
            continue
        parts: dict[int, tuple[tuple[Reason, ...], list[Edit]]] = {}
        for edit in change.edits:
            closest = _closest(known, change, edit.pointer)
            parts.setdefault(id(closest), (closest, []))[1].append(edit)
        for closest, edits in parts.values():
            yield _because(replace(change, edits=tuple(edits)), closest)


_Place = tuple[str, Shape, str]
"""A record (empty for all), the kind of its change, and one of its fields (empty for all)."""


def _by_place(reasons: Iterable[Reason]) -> Mapping[_Place, tuple[Reason, ...]]:
    """The reasons by what they explain; equal reasons are the same tuple, so that comparing them is fast."""
    found: dict[_Place, list[Reason]] = {}
    for reason in reasons:
        for shape in (shape for shape, kinds in _FITS.items() if reason.kind in kinds):
            for field in dict.fromkeys(reason.fields or [""]):
                for path in reason.records or [""]:
                    found.setdefault((path, shape, field), []).append(reason)
    same: dict[tuple[Reason, ...], tuple[Reason, ...]] = {}
    return {place: same.setdefault(these, these) for place, each in found.items() for these in [tuple(each)]}


def _closest(known: Mapping[_Place, tuple[Reason, ...]], change: Change, pointer: str) -> tuple[Reason, ...]:
    for path in (change.path, ""):
        for field in _enclosing(pointer):
            if reasons := known.get((path, change.shape, field)):
                return reasons
    return ()


def _enclosing(pointer: str) -> Iterator[str]:
    """The field, each part of the record that contains it, and the whole record."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
    yield ""


def _because(change: Change, reasons: tuple[Reason, ...]) -> ExplainedChange:
    if not reasons:
        return ExplainedChange(change, ())
    kinds = [reason.kind for reason in reasons]
    kind = ChangeKind.CORRECTED if ChangeKind.CORRECTED in kinds else kinds[-1]
    return ExplainedChange(change.because(kind, "; ".join(dict.fromkeys(reason.text for reason in reasons))), reasons)


def unexplained(found: Iterable[ExplainedChange], reasons: Iterable[Reason]) -> Iterator[Finding]:
    """Findings for changes without a reason, and for reasons without a change."""
    known: dict[int, tuple[Reason, ...]] = {}
    for because in found:
        known[id(because.reasons)] = because.reasons
        if not because.reasons:
            yield _unexplained(because.change)
    used = {reason for these in known.values() for reason in these}
    for reason in reasons:
        if reason not in used:
            file, pointer = reason.place
            message = (
                f"the reason fits no record that is {reason.kind}; correct its records, fields or kind, or delete it"
            )
            yield Finding(file, pointer, Code.REASON_WITHOUT_CHANGE, message)


def _unexplained(change: Change) -> Finding:
    pointers = [edit.pointer for edit in change.edits]
    what = {
        Shape.ADDED: "is new",
        Shape.WITHDRAWN: "is withdrawn",
        Shape.REMOVED: "is missing",
        Shape.CHANGED: f"differs at {', '.join(pointers[:5])}{' ...' if pointers[5:] else ''}",
    }[change.shape]
    fits = " or ".join(_FITS[change.shape])
    advice = f"add a reason of kind {fits} to records/changes" if fits else "put it back and add `withdrawn`"
    pointer = pointers[0] if change.shape is Shape.CHANGED else ""
    return Finding(
        change.path, pointer, Code.CHANGE_WITHOUT_REASON, f"the record {what}, but no reason is given; {advice}"
    )


def reasons_for(version: str, records: Path) -> tuple[tuple[Reason, ...], list[Finding]]:
    """The reasons for a version in a folder of records (none if there is no file), and the findings in that file."""
    path = records / FOLDER / f"{version}.json"
    if not is_file(path):
        return (), []
    changes, findings = read_changes(path)
    return (reasons_in(changes, str(path)) if changes else ()), findings
