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


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the only lock of a folder of releases; raises `AnotherBuild`. Nothing is left behind."""
    if sys.platform == "win32":
        # Windows locks no folders, but deletes such a file as soon as the process that made it is gone.
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY
        try:
            descriptor = os.open(folder / ".building", flags)
        except OSError as error:
            raise AnotherBuild(folder) from error
    else:
        import fcntl

        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise AnotherBuild(folder) from error
    try:
        yield
    finally:
        os.close(descriptor)
