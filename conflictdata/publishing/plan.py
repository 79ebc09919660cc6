"""The plan of the next release: its changes, those without a reason, and a file to write the reasons in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conflictdata.atomic import write_bytes
from conflictdata.canonical.dump import dump
from conflictdata.canonical.limits import MAX_LISTING
from conflictdata.errors import InvalidInput
from conflictdata.findings import Finding
from conflictdata.formats.records_folder.changes import FOLDER, read_changes
from conflictdata.formats.records_folder.folder import validate_folder
from conflictdata.model import Records
from conflictdata.model.codes import ChangeKind
from conflictdata.model.release import Explanation
from conflictdata.publishing.change import Change, Shape
from conflictdata.publishing.change_reasons import ExplainedChange, explained, reasons_for, unexplained
from conflictdata.publishing.diff import changes_between, table_of
from conflictdata.publishing.history_check import PastRelease, check_history
from conflictdata.schema import urn
from conflictdata.validation import FOLDERS, errors_only

_ANSWERS = {Shape.CHANGED: ChangeKind.CORRECTED, Shape.WITHDRAWN: ChangeKind.WITHDRAWN}
"""The kind of reason that a skeleton proposes for each kind of change that needs one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The records of the next release, their changes, and every finding that prevents the release."""

    records: Records
    previous: str | None
    found: tuple[ExplainedChange, ...]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Each change with its reason, if it has one."""
        return tuple(because.change for because in self.found)

    @property
    def summary(self) -> str:
        """How many records are new, changed and withdrawn, such as `533 new, 20 changed, 0 withdrawn`."""
        shapes = Counter(shape for _, shape in {(change.path, change.shape) for change in self.changes})
        if self.previous is None:
            return f"{sum(map(len, (table_of(self.records, kind) for kind in FOLDERS.values())))} records"
        parts = [f"{shapes[Shape.ADDED]} new", f"{shapes[Shape.CHANGED]} changed"]
        parts += [f"{shapes[Shape.WITHDRAWN]} withdrawn"]
        parts += [f"{shapes[Shape.REMOVED]} missing"] if shapes[Shape.REMOVED] else []
        return ", ".join(parts)

    @property
    def without_reason(self) -> tuple[Change, ...]:
        """The changed and withdrawn records without a reason."""
        return tuple(one.change for one in self.found if not one.reasons and one.change.shape in _ANSWERS)


def planned(version: str, folder: Path, past: Sequence[PastRelease]) -> Plan:
    """The plan for a release of a folder of records after the past releases, the oldest first."""
    records, findings = validate_folder(folder)
    errors = [*errors_only(findings)]
    warnings = tuple(finding for finding in findings if finding not in set(errors))
    if not past:
        return Plan(records, None, (), tuple(errors), warnings)
    unread = {*_unread(records, errors)}
    before = Records.of()
    history: list[Finding] = []
    for release in past:
        before = release.records()
        history += check_history(before, records)
    reasons, wrong = reasons_for(version, folder)
    changes = (change for change in changes_between(before, records) if change.path not in unread)
    found = tuple(explained(changes, reasons))
    errors += wrong
    errors += [finding for finding in (*history, *unexplained(found, reasons)) if finding.file not in unread]
    return Plan(records, past[-1].version, found, tuple(sorted({*errors})), warnings)


def _unread(records: Records, errors: Sequence[Finding]) -> Iterator[str]:
    """The records that could not be read; they are reported as unreadable, not as removed."""
    for path in (Path(error.file) for error in errors):
        kind = FOLDERS.get(path.parent.name)
        if kind is not None and path.stem not in table_of(records, kind).ids():
            yield f"{kind}/{path.stem}"


def write_skeleton(version: str, folder: Path, plan: Plan) -> Path | None:
    """Add an empty reason to those of a version for each record without one; returns the file if one was written.

    Existing reasons are kept. Raises `InvalidInput` if the file cannot be read, or `CannotWrite`.
    """
    missing = [*_skeleton(plan)]
    if not missing:
        return None
    path = folder / FOLDER / f"{version}.json"
    written: tuple[Explanation, ...] = ()
    if path.exists():
        changes, findings = read_changes(path)
        if changes is None:
            raise InvalidInput(*findings)
        written = changes.changes
    path.parent.mkdir(exist_ok=True)
    entries = [entry.to_object() for entry in (*written, *missing)]
    members: dict[str, Any] = {"$schema": urn("changes"), "version": version, "changes": entries}
    write_bytes(path, dump(members, max_bytes=MAX_LISTING), within=folder)
    return path


def _skeleton(plan: Plan) -> Iterator[Explanation]:
    """One reason to write for each record; for a withdrawn record that of its tombstone is proposed."""
    for change in {change.path: change for change in plan.without_reason}.values():
        withdrawn = getattr(table_of(plan.records, change.of)[change.id], "withdrawn", None)
        reason = withdrawn.reason if withdrawn is not None and change.shape is Shape.WITHDRAWN else ""
        yield Explanation(kind=_ANSWERS[change.shape], records=(change.path,), reason=reason)
