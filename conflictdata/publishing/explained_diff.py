"""The differences between two states of the dataset, with reasons for changes between releases."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conflictdata.canonical import JsonObject, read_lines
from conflictdata.errors import InvalidInput
from conflictdata.findings import Finding
from conflictdata.formats.records_folder.changes import FOLDER
from conflictdata.loading import load
from conflictdata.model import Records
from conflictdata.publishing.change import MAX_CHANGE, Change
from conflictdata.publishing.change_reasons import Reason, explained, reasons_for
from conflictdata.publishing.diff import changes_between
from conflictdata.publishing.release_files import CHANGES
from conflictdata.release.catalog import is_whole, iter_local_releases, open_release
from conflictdata.release.checksums import read_listed, read_sums
from conflictdata.release.version import is_version, parse_version
from conflictdata.resources import read_bytes as read_carried
from conflictdata.resources import records_folder, releases_folder


@dataclass(frozen=True, slots=True)
class State:
    """One state of the dataset; `path` is where it is, if it was given by its path."""

    records: Records
    path: Path | None = None

    @property
    def version(self) -> str | None:
        """The version of the release that it is, if it is one."""
        return self.records.release.version if self.records.release else None

    def __str__(self) -> str:
        return self.version or (str(self.path) if self.path else "the records of this package")


def state(what: str | Path | None) -> State:
    """The state for a version or a path; None is the installed dataset. Raises the same errors as loading it."""
    return State(load(what), Path(what) if what is not None and not is_version(str(what)) else None)


def compared(old: State, new: State) -> tuple[Change, ...]:
    """The differences, each with its reason if it is known, that is if `new` follows `old`."""
    reasons = tuple(_reasons(old, new))
    return tuple(because.change for because in explained(changes_between(old.records, new.records), reasons))


def _reasons(old: State, new: State) -> Iterator[Reason]:
    if old.version is None:
        return
    first = parse_version(old.version)
    if new.version is None:
        folder = new.path or records_folder()
        for path in sorted((folder / FOLDER).glob("*.json")):
            if is_version(path.stem) and parse_version(path.stem) > first:
                yield from _waiting(path.stem, folder)
        return
    lists = {one.version: one.path for one in reversed([*iter_local_releases()])}
    if new.path is not None and is_whole(new.path):
        lists[new.version] = new.path
    for version in sorted(lists, key=parse_version):
        if first < parse_version(version) <= parse_version(new.version):
            yield from _released(version, lists[version])


def _waiting(version: str, folder: Path) -> tuple[Reason, ...]:
    """The reasons that are written for the next release."""
    reasons, findings = reasons_for(version, folder)
    if findings:
        raise InvalidInput(findings[0])
    return reasons


def _released(version: str, path: Path) -> Iterator[Reason]:
    """The reasons in a release, each also for all other changes of its record up to that release."""
    for change in changes_of(path):
        if change.kind is not None and change.reason is not None:
            text = f"{version}: {change.reason}"
            fields = tuple(edit.pointer for edit in change.edits)
            place = (f"{path}/{CHANGES}", change.path)
            yield Reason(change.kind, text, frozenset({change.path}), fields, place)
            yield Reason(change.kind, text, frozenset({change.path}), (), place)


def changes_of(path: Path) -> Iterator[Change]:
    """The changes that lead to a release, from its folder, its zip or the package."""
    if is_whole(path):
        files = open_release(path)
        data = read_listed(files, CHANGES, read_sums(files))
    elif path.parent == releases_folder():
        data = read_carried(f"releases/{path.name}/{CHANGES}")
    else:
        return
    file = f"{path}/{CHANGES}"
    for number, line in read_lines(io.BytesIO(data), file, max_bytes=MAX_CHANGE):
        yield Change.of_object(_sound(line), f"{file}:{number}")


def _sound(line: JsonObject | Finding) -> JsonObject:
    if isinstance(line, Finding):
        raise InvalidInput(line)
    return line
