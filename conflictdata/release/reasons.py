"""Why records changed: the reasons that a curator wrote, matched with what did change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from conflictdata.findings import Code, Finding
from conflictdata.model.codes import ChangeKind
from conflictdata.model.releases import Changes
from conflictdata.release.change import Change, Edit, Shape

_FITS = {
    Shape.ADDED: (ChangeKind.ADDED,),
    Shape.WITHDRAWN: (ChangeKind.WITHDRAWN,),
    Shape.CHANGED: (ChangeKind.REVISED, ChangeKind.CORRECTED),
    Shape.REMOVED: (),
}


NOT_AT_ALL = (False, 0)
"""How closely a reason fits what it does not explain."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: of which kind, for which records and fields (empty is all), and where it was written."""

    kind: ChangeKind
    text: str
    records: frozenset[str]
    fields: tuple[str, ...]
    place: tuple[str, str]

    def weight(self, change: Change, edit: Edit | None) -> tuple[bool, int]:
        """How closely it fits what happened to a record, or to one of its fields."""
        if self.kind not in _FITS[change.shape] or (self.records and change.path not in self.records):
            return NOT_AT_ALL
        around = [len(f) for f in self.fields if edit is not None and f"{edit.pointer}/".startswith(f"{f}/")]
        if self.fields and not around:
            return NOT_AT_ALL
        return bool(self.records), 1 + max(around, default=0)


def reasons_in(changes: Changes, file: str) -> tuple[Reason, ...]:
    """The reasons of a file under `records/changes/`."""
    return tuple(
        Reason(why.kind, why.reason, frozenset(why.records or ()), why.fields or (), (file, f"/changes/{number}"))
        for number, why in enumerate(changes.changes)
    )


@dataclass(frozen=True, slots=True)
class Because:
    """A change, and the reasons that it has; one without any is not explained."""

    change: Change
    reasons: tuple[Reason, ...]


def explained(changes: Iterable[Change], reasons: Iterable[Reason]) -> Iterator[Because]:
    """Each change with its reason; one that has different reasons for different fields comes in as many parts.

    Of several reasons that fit a field, those count that fit it most closely: its record by name, more of its path.
    """
    by_record: dict[str, list[Reason]] = {}
    for reason in reasons:
        for path in reason.records or {""}:
            by_record.setdefault(path, []).append(reason)
    for change in changes:
        candidates = by_record.get(change.path, []) + by_record.get("", [])
        if change.shape is not Shape.CHANGED:
            yield _because(change, _closest(candidates, change, None))
            continue
        parts: dict[tuple[Reason, ...], list[Edit]] = {}
        for edit in change.edits:
            parts.setdefault(_closest(candidates, change, edit), []).append(edit)
        for closest, edits in parts.items():
            yield _because(replace(change, edits=tuple(edits)), closest)


def _closest(candidates: list[Reason], change: Change, edit: Edit | None) -> tuple[Reason, ...]:
    weights = [reason.weight(change, edit) for reason in candidates]
    best = max(weights, default=NOT_AT_ALL)
    if best == NOT_AT_ALL:
        return ()
    return tuple(reason for reason, weight in zip(candidates, weights, strict=True) if weight == best)


def _because(change: Change, reasons: tuple[Reason, ...]) -> Because:
    if not reasons:
        return Because(change, ())
    kinds = [reason.kind for reason in reasons]
    kind = ChangeKind.CORRECTED if ChangeKind.CORRECTED in kinds else kinds[-1]
    return Because(change.because(kind, "; ".join(dict.fromkeys(reason.text for reason in reasons))), reasons)


def unexplained(found: Iterable[Because], reasons: Iterable[Reason]) -> Iterator[Finding]:
    """What nothing explains, and what explains nothing."""
    used: set[Reason] = set()
    for because in found:
        used.update(because.reasons)
        if not because.reasons:
            yield _unexplained(because.change)
    for reason in reasons:
        if reason not in used:
            file, pointer = reason.place
            yield Finding(file, pointer, Code.REASON_WITHOUT_CHANGE, f"nothing is {reason.kind} as this says")


def _unexplained(change: Change) -> Finding:
    pointers = [edit.pointer for edit in change.edits]
    what = {
        Shape.ADDED: "is new",
        Shape.WITHDRAWN: "is withdrawn",
        Shape.REMOVED: "is gone, where a tombstone should be",
        Shape.CHANGED: f"differs at {', '.join(pointers[:5])}{' ...' if pointers[5:] else ''}",
    }[change.shape]
    fits = " or ".join(_FITS[change.shape])
    advice = f"; add a reason of kind {fits} to records/changes" if fits else ""
    pointer = pointers[0] if change.shape is Shape.CHANGED else ""
    return Finding(change.path, pointer, Code.CHANGE_WITHOUT_REASON, f"the record {what}, and nothing says why{advice}")
