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


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: of which kind, for which records and fields (empty is all), and where it was written."""

    kind: ChangeKind
    text: str
    records: frozenset[str]
    fields: tuple[str, ...]
    place: tuple[str, str]

    def weight(self, change: Change, edit: Edit | None) -> tuple[bool, int]:
        """How closely it fits what happened; `(False, 0)` is not at all."""
        if self.kind not in _FITS[change.shape] or (self.records and change.path not in self.records):
            return False, 0
        closest = 1
        if self.fields:
            inside = [f for f in self.fields if edit is not None and f"{edit.pointer}/".startswith(f"{f}/")]
            closest = 1 + max(map(len, inside), default=-1)
        return bool(self.records) and closest > 0, closest


def reasons_in(changes: Changes, file: str) -> tuple[Reason, ...]:
    """The reasons of a file under `records/changes/`."""
    return tuple(
        Reason(why.kind, why.reason, frozenset(why.records or ()), why.fields or (), (file, f"/changes/{number}"))
        for number, why in enumerate(changes.changes)
    )


def explained(changes: Iterable[Change], reasons: tuple[Reason, ...]) -> Iterator[Change | Finding]:
    """Each change with its reason, one for each reason that it has; and what nothing explains, or explains nothing."""
    used: set[Reason] = set()
    by_record: dict[str, list[Reason]] = {}
    for reason in reasons:
        for path in reason.records or {""}:
            by_record.setdefault(path, []).append(reason)
    for change in changes:
        candidates = by_record.get(change.path, []) + by_record.get("", [])
        parts: dict[Reason | None, list[Edit]] = {}
        for edit in change.edits if change.shape is Shape.CHANGED else (None,):
            best = max(candidates, key=lambda reason: reason.weight(change, edit), default=None)
            fits = best if best is not None and best.weight(change, edit) > (False, 0) else None
            parts.setdefault(fits, []).extend([edit] if edit is not None else change.edits)
        for why, edits in parts.items():
            if why is None:
                yield _unexplained(change, edits)
            else:
                used.add(why)
                yield replace(change, edits=tuple(edits)).because(why.kind, why.text)
    for reason in reasons:
        if reason not in used:
            file, pointer = reason.place
            yield Finding(file, pointer, Code.REASON_WITHOUT_CHANGE, f"no change is {reason.kind} as this says it is")


def _unexplained(change: Change, edits: list[Edit]) -> Finding:
    fits = " or ".join(_FITS[change.shape])
    what = {
        Shape.ADDED: "is new",
        Shape.WITHDRAWN: "is withdrawn",
        Shape.REMOVED: "is gone, where a tombstone should be",
        Shape.CHANGED: f"differs at {', '.join(edit.pointer for edit in edits[:5])}{' ...' if edits[5:] else ''}",
    }[change.shape]
    advice = f"; add a reason of kind {fits} to records/changes" if fits else ""
    pointer = edits[0].pointer if change.shape is Shape.CHANGED else ""
    return Finding(change.path, pointer, Code.CHANGE_WITHOUT_REASON, f"the record {what}, and nothing says why{advice}")
