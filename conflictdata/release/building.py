"""Building a release: judged, compared with the one before, written once, and never again.

Three steps put it in place: the folder, the zip, and last the index. What the index does not list is no release, so a
build that is killed anywhere leaves the releases as they were; the next build of that version finishes or refuses it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conflictdata.canonical import Refused, dump
from conflictdata.errors import ConflictDataError
from conflictdata.files import write_bytes, write_folder
from conflictdata.findings import Finding
from conflictdata.model import Records, Release
from conflictdata.model.codes import ReleaseStage
from conflictdata.model.releases import ListedRelease
from conflictdata.release.change import Change
from conflictdata.release.contents import carried_files, contents
from conflictdata.release.diffing import changes_between
from conflictdata.release.explanations import reasons_for
from conflictdata.release.history import PastRelease, check_history, releases_before
from conflictdata.release.locking import locked
from conflictdata.release.packing import packed
from conflictdata.release.reasons import explained, unexplained
from conflictdata.resources import records_folder
from conflictdata.schema import VERSION, urn
from conflictdata.store import judge_folder
from conflictdata.store.fileset import Folder, Unusable, read
from conflictdata.store.judging import faults
from conflictdata.store.shelves import DATASET, INDEX, index_of, read_index
from conflictdata.store.version import archive_name, order, top_folder

Listed = tuple[ListedRelease, ...]
"""The releases that an index lists, the oldest first."""

STAGED = ".conflictdata-*.tmp"
"""How the writer calls what it has not finished; a build that holds the lock removes what a killed one left."""


class ReleaseExists(ConflictDataError):
    """A release is written once."""

    def __init__(self, version: str) -> None:
        super().__init__(f"release {version} exists already; corrections need a new version")
        self.version = version


class BadDate(ConflictDataError):
    """A day that no release can be dated."""

    def __init__(self, date: dt.date) -> None:
        super().__init__(f"a release is dated in the years 2000 to 2099, not {date.isoformat()}")
        self.date = date


class NotLater(ConflictDataError):
    """A release comes after all others."""

    def __init__(self, version: str, last: str) -> None:
        super().__init__(f"release {version} would not be later than the last one, {last}")
        self.version = version
        self.last = last


class NotReleasable(ConflictDataError):
    """The records have faults, or changes that nobody has given a reason for; nothing was written."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__(f"{len(self.findings)} faults stand against this release; the first: {self.findings[0]}")


class Leftover(ConflictDataError):
    """A folder lies where the release should be, and is not what is being built."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is not in the index and not what these records give: a build that was killed left it, or somebody"
            " put it there; remove it and build again"
        )
        self.path = path


@dataclass(frozen=True, slots=True)
class Built:
    """A release that was built: where its folder and its zip are, and what changed since the one before."""

    folder: Path
    archive: Path
    listed: ListedRelease
    changes: tuple[Change, ...]
    warnings: tuple[Finding, ...]


def build(version: str, date: dt.date, stage: ReleaseStage, into: Path, *, records: Path | None = None) -> Built:
    """Build a release of a folder of records, by default the package's, into a folder of releases.

    Raises `BadVersion`, `BadDate`, `ReleaseExists`, `NotLater`, `NotReleasable`, `Leftover`, `AnotherBuild` or
    `CannotWrite`.
    """
    order(version)
    if not 2000 <= date.year <= 2099:
        raise BadDate(date)
    source = records or records_folder()
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConflictDataError(f"cannot make the folder {into}: {error.strerror or error}") from error
    with locked(into):
        index = index_of(into)
        listed = index.releases if index else ()
        _expect_later(version, date, listed)
        release = Release(version=version, date=date, stage=stage)
        past = releases_before(version, into, carried=source.resolve() == records_folder())
        previous = past[-1].version if past else None
        whole, warnings = _judged(source)
        changes = _explained(whole, version, source, past)
        files = contents(whole, release, carried_files(source), changes, previous)
        return placed(into, listed, release, files, changes, warnings)


def _expect_later(version: str, date: dt.date, past: Listed) -> None:
    if version in [listed.release.version for listed in past]:
        raise ReleaseExists(version)
    if past:
        last = past[-1].release
        if order(version) < order(last.version):
            raise NotLater(version, last.version)
        if date < last.date:
            raise NotLater(f"{version} of {date.isoformat()}", f"{last.version} of {last.date.isoformat()}")


def _judged(source: Path) -> tuple[Records, tuple[Finding, ...]]:
    records, findings = judge_folder(source)
    if errors := faults(findings):
        raise NotReleasable(errors)
    return records, tuple(findings)


def _explained(whole: Records, version: str, source: Path, past: tuple[PastRelease, ...]) -> tuple[Change, ...]:
    """What changed since the last release, each change with its reason; held against every release there was."""
    if not past:
        return ()
    findings: list[Finding] = []
    before = Records.of()
    for release in past:
        before = release.records()
        findings += check_history(before, whole)
    reasons, wrong = reasons_for(version, source)
    found = [*explained(changes_between(before, whole), reasons)]
    findings += wrong or unexplained(found, reasons)
    if findings:
        raise NotReleasable(set(findings))
    return tuple(because.change for because in found)


def placed(
    into: Path,
    past: Listed,
    release: Release,
    files: Mapping[str, bytes],
    changes: tuple[Change, ...],
    warnings: tuple[Finding, ...],
) -> Built:
    """Put folder, zip and index in place, in that order."""
    _clean(into)
    folder, name = into / release.version, archive_name(release.version)
    archive = packed(files, top_folder(release.version), release.date)
    listed: dict[str, Any] = {
        "release": release.to_object(),
        "schema": VERSION,
        "archive": name,
        "bytes": len(archive),
        "sha256": hashlib.sha256(archive).hexdigest(),
        "dataset": hashlib.sha256(files[DATASET]).hexdigest(),
    }
    index = dump({"$schema": urn("index"), "releases": [*(one.to_object() for one in past), listed]})
    done = read_index(index, str(into / INDEX))
    if not _stands(folder, files):
        write_folder(folder, files, replace=False)
    write_bytes(into / name, archive)
    write_bytes(into / INDEX, index)
    return Built(folder, into / name, done.releases[-1], changes, warnings)


def _stands(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a build that was killed has put the whole folder there already; `Leftover` if it holds anything else."""
    if not folder.exists():
        return False
    try:
        there = Folder(folder)
        same = there.paths == tuple(sorted(files)) and all(read(there, path) == files[path] for path in files)
    except (Unusable, Refused):
        same = False
    if not same:
        raise Leftover(folder)
    return True


def _clean(into: Path) -> None:
    """Remove what a killed build had not finished; the lock says that nobody is writing it now."""
    for path in into.glob(STAGED):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
