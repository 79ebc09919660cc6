"""The files of a release in a folder or zip, checked as a whole before any of them is read."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Protocol

from conflictdata.canonical import MAX_DATASET_BYTES
from conflictdata.errors import InvalidArchive, InvalidInput
from conflictdata.findings import Code, Finding, unreadable
from conflictdata.release.local_header import LOCAL_HEADER, is_as_listed
from conflictdata.release.path_checks import check_paths, unsafe
from conflictdata.text import quote

MAX_FILES = 10_000
"""Files in one release."""


def is_left_by_a_system(path: str) -> bool:
    """Whether macOS or Windows puts such a file beside others without being asked."""
    name = path.rpartition("/")[2]
    return path.startswith("__MACOSX/") or name.startswith("._") or name in (".DS_Store", "Thumbs.db", "desktop.ini")


def passed_over(files: FileSet) -> Iterator[Finding]:
    """A warning about the files that systems left among others, if there are any."""
    if files.left_by_systems:
        first, more = files.left_by_systems[0], len(files.left_by_systems) - 1
        left = f"{quote(first)} and {more} more files were" if more else f"{quote(first)} was"
        message = f"{left} left by the operating system and not read; delete what is not wanted"
        yield Finding(files.label, "", Code.PASSED_OVER, message)


CHUNK = 1 << 18
"""The number of bytes read at a time."""


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

    @property
    def left_by_systems(self) -> tuple[str, ...]:
        """The paths of files that macOS or Windows put among them, and that are passed over."""
        ...

    def chunks(self, path: str) -> Iterator[bytes]:
        """A file's bytes in chunks; `InvalidInput` if they cannot be read."""
        ...


def read(files: FileSet, path: str, max_bytes: int = MAX_DATASET_BYTES) -> bytes:
    """The bytes of one file, or `InvalidInput`."""
    pieces: list[bytes] = []
    size = 0
    for piece in files.chunks(path):
        size += len(piece)
        if size > max_bytes:
            message = f"more than {max_bytes} bytes, the maximum here; give a smaller file"
            raise InvalidInput(Finding(f"{files.label}/{path}", "", Code.TOO_LARGE, message))
        pieces.append(piece)
    return b"".join(pieces)


class Folder:
    """The files of a folder and its subfolders; raises `InvalidArchive`."""

    def __init__(self, folder: Path) -> None:
        self.label = str(folder)
        self._folder = folder
        paths, findings = _all_paths(folder, self.label)
        findings += check_paths(sorted(paths), self.label)
        if findings:
            raise InvalidArchive(*findings)
        self.paths = tuple(sorted(path for path in paths if not is_left_by_a_system(path)))
        self.left_by_systems = tuple(sorted(filter(is_left_by_a_system, paths)))

    def chunks(self, path: str) -> Iterator[bytes]:
        """A file's bytes; `InvalidInput` if it is missing, unreadable, or changes while it is read."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(os.open(self._folder / path, flags), "rb") as stream:
                before = os.fstat(stream.fileno())
                while piece := stream.read(CHUNK):
                    yield piece
                after = os.fstat(stream.fileno())
        except OSError as error:
            raise InvalidInput(unreadable(f"{self.label}/{path}", error.strerror or str(error))) from error
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise InvalidInput(unreadable(f"{self.label}/{path}", "it changed while it was read", "try again"))


def _all_paths(folder: Path, label: str) -> tuple[list[str], list[Finding]]:
    """The paths of all files, and the findings; without recursion, so that the depth of folders does not matter."""
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
                    message = f"the folder {quote(path)} is unsafe, because {why}; rename it"
                    findings.append(Finding(label, "", Code.UNSAFE_PATH, message))
                else:
                    ahead.append(path)
        except OSError as error:
            findings.append(unreadable(label, error.strerror or str(error)))
    if seen > MAX_FILES:
        findings.append(
            Finding(label, "", Code.TOO_LARGE, f"more than {MAX_FILES} files, the maximum; give a smaller folder")
        )
    return paths, findings


def _entries(folder: Path, inner: str) -> Iterator[os.DirEntry[str]]:
    """The entries of a folder, at most the allowed number."""
    with os.scandir(folder / inner) as entries:
        yield from islice(entries, MAX_FILES + 1)


def _special(label: str, path: str) -> Finding:
    return Finding(
        label, "", Code.SPECIAL_FILE, f"{quote(path)} is a link, a device, a pipe or a socket; put a regular file there"
    )


MAX_TOTAL_BYTES = 4 * MAX_DATASET_BYTES
"""Bytes of all files of one archive together, 2 GiB; one file alone has at most `MAX_DATASET_BYTES`."""

MAX_RATIO = 100
"""The highest compression ratio of a file above 1 MiB; tables of real text stay below 30."""

SMALL_FILE = 1 << 20
"""The size up to which a file may have any compression ratio."""

_ENCRYPTED = 0x1 | 0x40 | 0x2000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, RuntimeError, ValueError, OSError, MemoryError)


class Zip:
    """The files of a zip, without the folder that contains them all, if there is one; raises `InvalidArchive`."""

    def __init__(self, path: Path) -> None:
        self.label = str(path)
        if not path.is_file():
            raise InvalidArchive(unreadable(self.label, "it is not a regular file", "give a folder or a zip file"))
        try:
            self._zip = zipfile.ZipFile(path)
            infos = [info for info in self._zip.infolist() if not _is_folder(info)]
        except _BROKEN as error:
            raise InvalidArchive(self._damaged(str(error) or type(error).__name__)) from error
        names = [info.orig_filename for info in infos]
        findings = [*check_paths(names, self.label), *self._faults()]
        if findings:
            self._zip.close()
            raise InvalidArchive(*findings)
        self.left_by_systems = tuple(sorted(filter(is_left_by_a_system, names)))
        kept = {name: info for name, info in zip(names, infos, strict=True) if not is_left_by_a_system(name)}
        self.top = _common_folder([*kept])
        self._infos = {name.removeprefix(self.top): info for name, info in kept.items()}
        self.paths = tuple(sorted(self._infos))

    def chunks(self, path: str) -> Iterator[bytes]:
        """A file's bytes; `InvalidInput` if they do not match the archive's directory."""
        info = self._infos[path]
        size = 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    yield piece
        except _BROKEN as error:
            raise InvalidInput(self._damaged(f"{quote(path)}: {error or type(error).__name__}")) from error
        if size != info.file_size:
            raise InvalidInput(self._damaged(f"{quote(path)} has {size} bytes, not {info.file_size}"))

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def _faults(self) -> Iterator[Finding]:
        """The findings in how the files are packed."""
        infos = self._zip.infolist()
        if len(infos) > MAX_FILES:
            yield self._large(f"more than {MAX_FILES} files, the maximum; give a smaller folder")
            return
        if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
            yield self._large(f"more than {MAX_TOTAL_BYTES} bytes in all")
        if infos and min(info.header_offset for info in infos) > 0:
            yield self._damaged("other bytes are before its first file")
        end = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            name = quote(info.orig_filename)
            if info.header_offset < end:
                yield self._damaged(f"{name} overlaps another file")
            end = info.header_offset + LOCAL_HEADER + info.compress_size
            if not is_as_listed(self._zip, info):
                yield self._damaged(f"the header of {name} differs from the list at the end of the zip")
            if _is_folder(info) and (why := unsafe(info.orig_filename[:-1])):
                yield Finding(
                    self.label, "", Code.UNSAFE_PATH, f"the folder {name} is unsafe, because {why}; rename it"
                )
            mode = stat.S_IFMT(info.external_attr >> 16)
            if mode not in (0, stat.S_IFDIR if _is_folder(info) else stat.S_IFREG):
                yield Finding(
                    self.label, "", Code.SPECIAL_FILE, f"{name} is a link or a device; put a regular file there"
                )
            if info.flag_bits & _ENCRYPTED:
                yield Finding(
                    self.label, "", Code.ENCRYPTED_ARCHIVE, f"{name} is encrypted; pack it without a password"
                )
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                yield self._damaged(f"{name} is packed by method {info.compress_type}, which is not supported")
            if info.file_size > MAX_DATASET_BYTES:
                yield self._large(f"{name} has more than {MAX_DATASET_BYTES} bytes")
            elif info.file_size > max(SMALL_FILE, MAX_RATIO * info.compress_size):
                yield self._large(f"{name} has more than {MAX_RATIO} times its packed size")

    def _damaged(self, why: str) -> Finding:
        return Finding(self.label, "", Code.DAMAGED_ARCHIVE, f"the zip is damaged: {why}; fetch it again")

    def _large(self, why: str) -> Finding:
        return Finding(self.label, "", Code.TOO_LARGE, f"{why}, the maximum in an archive; give a smaller one")


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.orig_filename.endswith("/") and info.file_size == 0


def _common_folder(names: list[str]) -> str:
    """The one folder, with a slash, that contains every file; empty if there is none."""
    tops = {name.partition("/")[0] for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""
