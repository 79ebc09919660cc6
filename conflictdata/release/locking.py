"""One build at a time: a lock that the system lets go of by itself when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conflictdata.errors import ConflictDataError


class AnotherBuild(ConflictDataError):
    """A release is being built in the same folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another release is being built in {folder}; wait until it is done")
        self.folder = folder


class CannotLock(ConflictDataError):
    """A folder in which no release can be built, because nothing keeps a second build out."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"cannot lock the folder {folder}: {reason}")
        self.folder = folder
        self.reason = reason


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the only lock of a folder of releases; raises `AnotherBuild` or `CannotLock`. Nothing is left behind."""
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
            raise CannotLock(folder, error.strerror or str(error)) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise AnotherBuild(folder) from error
        except OSError as error:  # a file system that knows no locks
            os.close(descriptor)
            raise CannotLock(folder, error.strerror or str(error)) from error
    try:
        yield
    finally:
        os.close(descriptor)
