"""Putting a release into a folder of releases, under a lock and atomically."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from conflictdata.atomic import check_writable, is_taken, write_bytes
from conflictdata.atomic_folders import Unfinished
from conflictdata.canonical import read_bytes
from conflictdata.errors import AnotherBuild, ConflictDataError, InvalidInput, PartialRelease
from conflictdata.model.release import ListedRelease, ListedWheel
from conflictdata.publishing.wheel import Wheel
from conflictdata.release.archive import FileSet, Folder
from conflictdata.release.catalog import index_bytes, read_index
from conflictdata.release.checksums import sha256_of
from conflictdata.resources import INDEX

Listed = tuple[ListedRelease, ...]
"""The releases that an index lists, the oldest first."""

MARK = "build-"
"""Part of the hidden names of unfinished files of a build, which distinguishes them from files of others."""

FILES, ARCHIVE = "files", "archive.zip"
"""The names of the folder and the zip of a release until they are moved into place."""

STAGED = re.compile(rf"\.conflictdata-{MARK}[0-9a-f]{{16}}\.tmp")
"""The pattern of such names; a build that holds the lock removes the files of a killed build."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder of releases; raises `AnotherBuild`."""
    if sys.platform == "win32":
        # Windows cannot lock folders, but it deletes such a file as soon as the process that made it ends.
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
        except OSError as error:  # a file system without locks
            os.close(descriptor)
            raise AnotherBuild(folder, f"it cannot be locked ({error.strerror or error})") from error
    try:
        yield
    finally:
        os.close(descriptor)


@contextmanager
def made(folder: Path) -> Iterator[None]:
    """The folder, made if necessary; it is removed again if it stays empty."""
    missing_folders = [each for each in (folder, *folder.parents) if not is_taken(each)]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConflictDataError(f"cannot make the folder {folder}: {error.strerror or error}") from error
        yield
    except BaseException:
        for each in missing_folders:
            with suppress(OSError):
                each.rmdir()
        raise


@contextmanager
def unfinished(into: Path) -> Iterator[Unfinished]:
    """The hidden folder in which a build makes a release; what a killed build left of its own is removed."""
    _clean(into)
    with Unfinished(into, MARK) as made_here:
        yield made_here


def placed(into: Path, listed: Listed, entry: ListedRelease, made_here: Unfinished, wheel: Wheel | None = None) -> None:
    """Put folder, zip, wheel and index in place, in that order; folder and zip are under FILES and ARCHIVE.

    Where `listed` has that version already, as a candidate, its files are replaced.
    """
    folder, archive = into / entry.release.version, into / entry.archive
    old = next((one for one in listed if one.release.version == entry.release.version), None)
    index = index_bytes((*(one for one in listed if one is not old), entry))
    read_index(index, str(into / INDEX))
    replace = old is not None
    folder_stands = _stands(folder, Folder(made_here.folder / FILES), replaced=replace)
    archive_stands = _file_stands(archive, entry, replaced=replace)
    wheel_stands = wheel is not None and _file_stands(into / wheel.name, wheel.listed, replaced=replace)
    check_writable(into / INDEX)
    if not folder_stands:
        made_here.move_folder(FILES, folder, replace=replace)
    if not archive_stands:
        made_here.move_file(ARCHIVE, archive, replace=replace)
    if wheel is not None and not wheel_stands:
        write_bytes(into / wheel.name, wheel.data, replace=replace, mark=MARK, within=into)
    write_bytes(into / INDEX, index, mark=MARK, within=into)
    if old is not None and old.wheel is not None and (wheel is None or old.wheel.file != wheel.name):
        (into / old.wheel.file).unlink(missing_ok=True)  # of the candidate, which no index lists any more


def _file_stands(path: Path, entry: ListedRelease | ListedWheel, *, replaced: bool) -> bool:
    """Whether a killed build has already written the file; `PartialRelease` if it is not one to be replaced."""
    if not is_taken(path):
        return False
    try:
        data = read_bytes(path, max_bytes=entry.bytes, text=False)
        same = hashlib.sha256(data).hexdigest() == entry.sha256
    except InvalidInput:
        same = False
    if not same and not replaced:
        raise PartialRelease(path)
    return same


def _stands(folder: Path, files: FileSet, *, replaced: bool) -> bool:
    """Whether a killed build has already written the whole folder; `PartialRelease` if it is not one to be replaced."""
    if not is_taken(folder):
        return False
    try:
        there = Folder(folder)
        same = there.paths == files.paths and all(
            sha256_of(there.chunks(path)) == sha256_of(files.chunks(path)) for path in files.paths
        )
    except InvalidInput:
        same = False
    if not same and not replaced:
        raise PartialRelease(folder)
    return same


def _clean(into: Path) -> None:
    """Remove the unfinished files of a killed build; the lock shows that nobody is writing them now."""
    for path in into.iterdir():
        if STAGED.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)  # a leftover that cannot be removed does no harm
            with suppress(OSError):
                path.unlink()
