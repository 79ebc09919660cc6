"""Building a release: validated, compared with the one before, locked, written once, and never again."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from conflictdata.atomic import check_writable, is_taken, write_bytes, write_folder
from conflictdata.canonical import read_bytes
from conflictdata.canonical.dump import dump
from conflictdata.errors import (
    AnotherBuild,
    ConflictDataError,
    InvalidInput,
    InvalidValue,
    NotReleasable,
    PartialRelease,
    ReleaseExists,
    VersionNotIncreasing,
)
from conflictdata.findings import Finding
from conflictdata.formats.records_folder.folder import validate_folder
from conflictdata.model import Records, Release
from conflictdata.model.codes import ReleaseStage
from conflictdata.model.release import ListedRelease
from conflictdata.publishing.change import Change
from conflictdata.publishing.change_reasons import explained, reasons_for, unexplained
from conflictdata.publishing.contents import carried_files, contents
from conflictdata.publishing.diff import changes_between
from conflictdata.publishing.history import PastRelease, check_history, known_releases
from conflictdata.publishing.views import view_files
from conflictdata.publishing.zip_writer import YEARS, packed
from conflictdata.release.archive import Folder, read
from conflictdata.release.catalog import DATASET, index_of, read_index
from conflictdata.release.version import archive_name, parse_version, top_folder
from conflictdata.resources import INDEX, records_folder
from conflictdata.schema import VERSION, urn
from conflictdata.validation import errors_only


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the only lock of a folder of releases; raises `AnotherBuild`."""
    if sys.platform == "win32":
        # Windows locks no folders, but deletes such a file as soon as the process that made it is gone.
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY
        try:
            descriptor = os.open(folder / ".building", flags)
        except OSError as error:
            raise AnotherBuild(folder) from error
    else:
        import fcntl

        try:
            descriptor = os.open(folder, os.O_RDONLY)
        except OSError as error:
            raise AnotherBuild(folder, f"it cannot be locked ({error.strerror or error})") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise AnotherBuild(folder) from error
        except OSError as error:  # a file system that knows no locks
            os.close(descriptor)
            raise AnotherBuild(folder, f"it cannot be locked ({error.strerror or error})") from error
    try:
        yield
    finally:
        os.close(descriptor)


Listed = tuple[ListedRelease, ...]
"""The releases that an index lists, the oldest first."""

MARK = "build-"
"""In the hidden name of what a build has not finished, which is thus distinct from what others write there."""

STAGED = re.compile(rf"\.conflictdata-{MARK}[0-9a-f]{{16}}\.tmp")
"""Such names; a build that holds the lock removes what a killed one left."""


@dataclass(frozen=True, slots=True)
class Built:
    """A release that was built: where its folder and its zip are, and what changed since the one before, if any."""

    folder: Path
    archive: Path
    listed: ListedRelease
    previous: str | None
    changes: tuple[Change, ...]
    warnings: tuple[Finding, ...]


def build(
    version: str,
    date: dt.date,
    stage: ReleaseStage,
    into: Path,
    *,
    records: Path | None = None,
    views: bool = False,
) -> Built:
    """Build a release of a folder of records, by default the package's, into a folder of releases.

    It comes after the releases in that folder; one of the package's own records also comes after those that the package
    carries, or is one of those, built again with the same bytes. With `views` it holds the files that other programs
    open, too, for which their libraries are needed. Raises `InvalidValue`, `ReleaseExists`,
    `VersionNotIncreasing`, `NotReleasable`, `PartialRelease`, `AnotherBuild` or `CannotWrite`.
    """
    parse_version(version)
    if date.year not in YEARS:
        raise InvalidValue(f"the date {date.isoformat()} is outside {YEARS[0]} to {YEARS[-1]}")
    source = records or records_folder()
    with _made(into), locked(into):
        index = index_of(into)
        listed = index.releases if index else ()
        known = known_releases(into, carried=source.resolve() == records_folder())
        same = _expect_later(version, date, listed, known)
        release = Release(version=version, date=date, stage=stage)
        past = tuple(one for one in known if parse_version(one.version) < parse_version(version))
        previous = past[-1].version if past else None
        whole, warnings = _validated(source)
        changes = _explained(whole, version, source, past)
        beside = carried_files(source) | (view_files(replace(whole, release=release)) if views else {})
        files = contents(whole, release, beside, changes, previous)
        archive = packed(files, top_folder(version), date)
        if same is not None and hashlib.sha256(archive).hexdigest() != same.sha256:
            raise ReleaseExists(version)
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
        if parse_version(version) < parse_version(last.version):
            raise VersionNotIncreasing(version, last.version)
        if date < last.date:
            raise VersionNotIncreasing(f"{version} of {date.isoformat()}", f"{last.version} of {last.date.isoformat()}")
    return same


def _validated(source: Path) -> tuple[Records, tuple[Finding, ...]]:
    records, findings = validate_folder(source)
    if errors := errors_only(findings):
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
    """Whether such a build has put the whole zip there already; `PartialRelease` if it is anything else."""
    if not is_taken(path):
        return False
    try:
        same = read_bytes(path, max_bytes=len(archive), text=False) == archive
    except InvalidInput:
        same = False
    if not same:
        raise PartialRelease(path)
    return True


def _stands(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a killed build has put the whole folder there already; `PartialRelease` if it holds anything else."""
    if not is_taken(folder):
        return False
    try:
        there = Folder(folder)
        same = there.paths == tuple(sorted(files)) and all(read(there, path) == files[path] for path in files)
    except InvalidInput:
        same = False
    if not same:
        raise PartialRelease(folder)
    return True


def _clean(into: Path) -> None:
    """Remove what a killed build had not finished; the lock says that nobody is writing it now."""
    for path in into.iterdir():
        if STAGED.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)  # what cannot be removed is in nobody's way
            with suppress(OSError):
                path.unlink()
