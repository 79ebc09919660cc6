"""Building a release: judged, compared with the one before, written once, and never again.

Three steps put it in place: the folder, the zip, and last the index. What the index does not list is no release, so a
build that is killed anywhere leaves the releases as they were; the next build of that version finishes or refuses it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conflictdata.canonical import Refused, dump, read_bytes
from conflictdata.errors import ConflictDataError
from conflictdata.files import check_writable, write_bytes, write_folder
from conflictdata.findings import Finding
from conflictdata.looking import is_taken
from conflictdata.model import Records, Release
from conflictdata.model.codes import ReleaseStage
from conflictdata.model.releases import ListedRelease
from conflictdata.release.change import Change
from conflictdata.release.contents import carried_files, contents
from conflictdata.release.diffing import changes_between
from conflictdata.release.explanations import reasons_for
from conflictdata.release.history import PastRelease, check_history, known_releases
from conflictdata.release.locking import locked
from conflictdata.release.packing import YEARS, packed
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

MARK = "build-"
"""In the hidden name of what a build has not finished, so that it is told from what others write into the folder."""

STAGED = re.compile(rf"\.conflictdata-{MARK}[0-9a-f]{{16}}\.tmp")
"""Such names; a build that holds the lock removes what a killed one left."""


class ReleaseExists(ConflictDataError):
    """A release is written once."""

    def __init__(self, version: str) -> None:
        super().__init__(f"release {version} exists already; corrections need a new version")
        self.version = version


class ReleasedOtherwise(ConflictDataError):
    """A release can be built again elsewhere, and then is the same to the byte."""

    def __init__(self, version: str) -> None:
        super().__init__(f"release {version} exists already, and this would be another; corrections need a new version")
        self.version = version


class BadDate(ConflictDataError):
    """A day that no release can be dated."""

    def __init__(self, date: dt.date) -> None:
        super().__init__(f"a release is dated in the years {YEARS[0]} to {YEARS[-1]}, not {date.isoformat()}")
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
    """Something lies where the release's folder or zip should be, and is not what is being built."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is not in the index and not what these records give: a build that was killed left it, or somebody"
            " put it there; remove it and build again"
        )
        self.path = path


@dataclass(frozen=True, slots=True)
class Built:
    """A release that was built: where its folder and its zip are, and what changed since the one before, if any."""

    folder: Path
    archive: Path
    listed: ListedRelease
    previous: str | None
    changes: tuple[Change, ...]
    warnings: tuple[Finding, ...]


def build(version: str, date: dt.date, stage: ReleaseStage, into: Path, *, records: Path | None = None) -> Built:
    """Build a release of a folder of records, by default the package's, into a folder of releases.

    It comes after the releases in that folder; one of the package's own records also comes after those that the package
    carries, or is one of those, built again with the same bytes. Raises `BadVersion`, `BadDate`, `ReleaseExists`,
    `ReleasedOtherwise`, `NotLater`, `NotReleasable`, `Leftover`, `AnotherBuild`, `CannotLock` or `CannotWrite`.
    """
    order(version)
    if date.year not in YEARS:
        raise BadDate(date)
    source = records or records_folder()
    with _made(into), locked(into):
        index = index_of(into)
        listed = index.releases if index else ()
        known = known_releases(into, carried=source.resolve() == records_folder())
        same = _expect_later(version, date, listed, known)
        release = Release(version=version, date=date, stage=stage)
        past = tuple(one for one in known if order(one.version) < order(version))
        previous = past[-1].version if past else None
        whole, warnings = _judged(source)
        changes = _explained(whole, version, source, past)
        files = contents(whole, release, carried_files(source), changes, previous)
        archive = packed(files, top_folder(version), date)
        if same is not None and hashlib.sha256(archive).hexdigest() != same.sha256:
            raise ReleasedOtherwise(version)
        done = placed(into, listed, release, files, archive)
        return Built(into / version, into / done.archive, done, previous, changes, warnings)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder; where it had to be made and nothing was put into it, it goes again."""
    missing = [each for each in (folder, *folder.parents) if not is_taken(each)]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConflictDataError(f"cannot make the folder {folder}: {error.strerror or error}") from error
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


def _expect_later(version: str, date: dt.date, listed: Listed, known: tuple[PastRelease, ...]) -> ListedRelease | None:
    """Refuse what does not come after all others; a release that is only known from elsewhere has to be that again."""
    if version in [one.release.version for one in listed]:
        raise ReleaseExists(version)
    same = next((one.listed for one in known if one.version == version), None)
    past = listed if same else tuple(one.listed for one in known)
    if past:
        last = past[-1].release
        if order(version) < order(last.version):
            raise NotLater(version, last.version)
        if date < last.date:
            raise NotLater(f"{version} of {date.isoformat()}", f"{last.version} of {last.date.isoformat()}")
    return same


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


def placed(into: Path, past: Listed, release: Release, files: Mapping[str, bytes], archive: bytes) -> ListedRelease:
    """Put folder, zip and index in place, in that order, unless one of them could not be; what the index says of it."""
    _clean(into)
    folder, name = into / release.version, archive_name(release.version)
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
    folder_stands, zip_stands = _stands(folder, files), _zip_stands(into / name, archive)
    check_writable(into / INDEX)
    if not folder_stands:
        write_folder(folder, files, replace=False, mark=MARK)
    if not zip_stands:
        write_bytes(into / name, archive, replace=False, mark=MARK)
    write_bytes(into / INDEX, index, mark=MARK)
    return done.releases[-1]


def _zip_stands(path: Path, archive: bytes) -> bool:
    """Whether such a build has put the whole zip there already; `Leftover` if it is anything else."""
    if not is_taken(path):
        return False
    try:
        same = read_bytes(path, max_bytes=len(archive), text=False) == archive
    except Refused:
        same = False
    if not same:
        raise Leftover(path)
    return True


def _stands(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a build that was killed has put the whole folder there already; `Leftover` if it holds anything else."""
    if not is_taken(folder):
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
    for path in into.iterdir():
        if STAGED.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)  # what cannot be removed is in nobody's way
            with suppress(OSError):
                path.unlink()
