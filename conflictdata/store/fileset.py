"""Files that belong together, in a folder or in memory; they are checked as a whole before anything in them is read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Protocol

from conflictdata.canonical import MAX_DATASET_BYTES, Refused
from conflictdata.errors import ConflictDataError
from conflictdata.findings import Code, Finding
from conflictdata.store.paths import check_paths, shown, unsafe

MAX_FILES = 10_000
"""Files in one release."""

MAX_LISTING = 16 << 20
"""The largest manifest, index of releases, file of changes or change of one record, 16 MiB."""

CHUNK = 1 << 18
"""Bytes that are read at a time."""


class Unusable(ConflictDataError):
    """A folder or an archive from which nothing is read, because of what is wrong with it as a whole."""

    def __init__(self, findings: list[Finding]) -> None:
        more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
        super().__init__(f"{findings[0]}{more}" if findings else "")
        self.findings = tuple(findings)


class FileSet(Protocol):
    """Files by path; `label` is the folder or archive as it was named."""

    @property
    def label(self) -> str:
        """The folder or archive as it was named."""
        ...

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file's path inside, with slashes, in order."""
        ...

    def chunks(self, path: str) -> Iterator[bytes]:
        """A file's bytes piece by piece; `Refused` where they cannot be had."""
        ...


def read(files: FileSet, path: str, max_bytes: int = MAX_DATASET_BYTES) -> bytes:
    """The bytes of one file, or `Refused`."""
    pieces: list[bytes] = []
    size = 0
    for piece in files.chunks(path):
        size += len(piece)
        if size > max_bytes:
            raise Refused(Finding(f"{files.label}/{path}", "", Code.TOO_LARGE, f"more than {max_bytes} bytes"))
        pieces.append(piece)
    return b"".join(pieces)


class Held:
    """Files in memory."""

    def __init__(self, label: str, files: Mapping[str, bytes]) -> None:
        self.label = label
        self.paths = tuple(sorted(files))
        self._files = files

    def chunks(self, path: str) -> Iterator[bytes]:
        """A file's bytes, in one piece."""
        yield self._files[path]


class Folder:
    """The files of a folder and of the folders in it; raises `Unusable`."""

    def __init__(self, folder: Path) -> None:
        self.label = str(folder)
        self._folder = folder
        paths, findings = _walked(folder, self.label)
        findings += check_paths(sorted(paths), self.label)
        if findings:
            raise Unusable(findings)
        self.paths = tuple(sorted(paths))

    def chunks(self, path: str) -> Iterator[bytes]:
        """A file's bytes; `Refused` where it is gone, unreadable, or changes while it is read."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(os.open(self._folder / path, flags), "rb") as stream:
                before = os.fstat(stream.fileno())
                while piece := stream.read(CHUNK):
                    yield piece
                after = os.fstat(stream.fileno())
        except OSError as error:
            raise Refused(self._unreadable(path, error.strerror or str(error))) from error
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise Refused(self._unreadable(path, "it changed while it was read"))

    def _unreadable(self, path: str, reason: str) -> Finding:
        return Finding(f"{self.label}/{path}", "", Code.UNREADABLE_FILE, f"cannot be read: {reason}")


def _walked(folder: Path, label: str) -> tuple[list[str], list[Finding]]:
    """The paths of all files, and what is wrong; without recursion, however deep folders lie in one another."""
    paths: list[str] = []
    findings: list[Finding] = []
    ahead = [""]
    seen = 0
    while ahead and seen <= MAX_FILES:
        try:
            for entry in _entries(folder, ahead.pop()):
                seen += 1
                path = Path(entry.path).relative_to(folder).as_posix()
                if entry.is_file(follow_symlinks=False):
                    paths.append(path)
                elif not entry.is_dir(follow_symlinks=False):
                    findings.append(_special(label, path))
                elif why := unsafe(path):
                    told = f"the folder {shown(path)} cannot be used: {why}"
                    findings.append(Finding(label, "", Code.UNSAFE_PATH, told))
                else:
                    ahead.append(path)
        except OSError as error:
            findings.append(Finding(label, "", Code.UNREADABLE_FILE, f"cannot be read: {error.strerror or error}"))
    if seen > MAX_FILES:
        findings.append(Finding(label, "", Code.TOO_LARGE, f"more than {MAX_FILES} files"))
    return paths, findings


def _entries(folder: Path, inner: str) -> Iterator[os.DirEntry[str]]:
    """What lies in a folder, and no more of it than may lie there."""
    with os.scandir(folder / inner) as entries:
        yield from islice(entries, MAX_FILES + 1)


def _special(label: str, path: str) -> Finding:
    return Finding(label, "", Code.SPECIAL_FILE, f"{shown(path)} is a link, a device, a pipe or a socket")
