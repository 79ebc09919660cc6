"""Files read from a zip, of which nothing is ever unpacked and nothing is believed.

Paths, kinds of file, packing and sizes are checked before anything is read, and what is read is held to the size that
was declared. So no archive can put a file anywhere, fill the memory, or tell two readers two things.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from conflictdata.canonical import MAX_DATASET_BYTES, Refused
from conflictdata.findings import Code, Finding
from conflictdata.store.fileset import CHUNK, MAX_FILES, Unusable
from conflictdata.store.paths import check_paths, shown, unsafe

MAX_TOTAL_BYTES = 4 * MAX_DATASET_BYTES
"""Bytes of all files of one archive together, 2 GiB; one file alone has at most `MAX_DATASET_BYTES`."""

MAX_RATIO = 100
"""How many times its packed size a file may have that is larger than 1 MiB; tables of real text stay below 30."""

UNJUDGED = 1 << 20
"""Bytes up to which a file may be packed as well as it can be."""

_MAX_DIRECTORY = 3 << 20
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, RuntimeError, ValueError, OSError, MemoryError)


class Zip:
    """The files of a zip, without the folder that all of them are in if they are; raises `Unusable`."""

    def __init__(self, path: Path) -> None:
        self.label = str(path)
        try:
            self._zip = self._opened(path)
            infos = [info for info in self._zip.infolist() if not _is_folder(info)]
        except _BROKEN as error:
            raise Unusable([self._damaged(str(error) or type(error).__name__)]) from error
        names = [info.orig_filename for info in infos]
        findings = [*check_paths(names, self.label), *self._faults()]
        if findings:
            self._zip.close()
            raise Unusable(findings)
        self.top = _common_folder(names)
        self._infos = {name.removeprefix(self.top): info for name, info in zip(names, infos, strict=True)}
        self.paths = tuple(sorted(self._infos))

    def chunks(self, path: str) -> Iterator[bytes]:
        """A file's bytes; `Refused` where they are not what the archive says of them."""
        info = self._infos[path]
        size = 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    yield piece
        except _BROKEN as error:
            raise Refused(self._damaged(f"{shown(path)}: {error or type(error).__name__}")) from error
        if size != info.file_size:
            raise Refused(self._damaged(f"{shown(path)} has {size} bytes, not {info.file_size}"))

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def _opened(self, path: Path) -> zipfile.ZipFile:
        if not path.is_file():
            raise Unusable([Finding(self.label, "", Code.UNREADABLE_FILE, "cannot be read: it is no plain file")])
        with path.open("rb") as stream:
            if _directory_size(stream) > _MAX_DIRECTORY:
                raise Unusable([self._large(f"more than {MAX_FILES} files")])
        return zipfile.ZipFile(path)

    def _faults(self) -> Iterator[Finding]:
        """What is wrong with how the files are packed."""
        infos = self._zip.infolist()
        if len(infos) > MAX_FILES:
            yield self._large(f"more than {MAX_FILES} files")
            return
        if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
            yield self._large(f"more than {MAX_TOTAL_BYTES} bytes in all")
        if infos and min(info.header_offset for info in infos) > 0:
            yield self._damaged("something else stands before its first file")
        end = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            name = shown(info.orig_filename)
            if info.header_offset < end:
                yield self._damaged(f"{name} lies inside another file")
            end = info.header_offset + _LOCAL_HEADER + info.compress_size
            if _is_folder(info) and (why := unsafe(info.orig_filename[:-1])):
                yield Finding(self.label, "", Code.UNSAFE_PATH, f"the folder {name} cannot be used: {why}")
            mode = stat.S_IFMT(info.external_attr >> 16)
            if mode not in (0, stat.S_IFDIR if _is_folder(info) else stat.S_IFREG):
                yield Finding(self.label, "", Code.SPECIAL_FILE, f"{name} is a link or a device, not a plain file")
            if info.flag_bits & _ENCRYPTED:
                yield Finding(self.label, "", Code.ENCRYPTED_ARCHIVE, f"{name} is encrypted")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                yield self._damaged(f"{name} is packed by method {info.compress_type}, which is not read here")
            if info.file_size > MAX_DATASET_BYTES:
                yield self._large(f"{name} has more than {MAX_DATASET_BYTES} bytes")
            elif info.file_size > max(UNJUDGED, MAX_RATIO * info.compress_size):
                yield self._large(f"{name} has more than {MAX_RATIO} times its packed size")

    def _damaged(self, why: str) -> Finding:
        return Finding(self.label, "", Code.DAMAGED_ARCHIVE, f"this is no zip that can be read: {why}")

    def _large(self, why: str) -> Finding:
        return Finding(self.label, "", Code.TOO_LARGE, f"{why}, more than is read from an archive")


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.orig_filename.endswith("/") and info.file_size == 0


def _common_folder(names: list[str]) -> str:
    """The one folder, with its slash, that every file is in; empty where there is none."""
    tops = {name.partition("/")[0] for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""


def _directory_size(stream: BinaryIO) -> int:
    """Bytes of the list of files by the record at the archive's end, so that no endless list is read.

    `BadZipFile` where there is none, or it is not the end or not the only one, so that others could find other files.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - (1 << 16) - 22))
    tail = stream.read()
    records = [found.start() for found in re.finditer(b"PK\x05\x06", tail)]
    if not records:
        raise zipfile.BadZipFile("it has no list of files at its end, so it is cut off, or something else")
    at = records[-1]
    # After the record's 22 bytes there is a comment, whose length its last two say, and then nothing.
    lengths = {start: int.from_bytes(tail[start + 20 : start + 22], "little") for start in records}
    if [start for start in records if start + 22 + lengths[start] == len(tail)] != [at]:
        raise zipfile.BadZipFile("it is cut off, something stands behind its end, or it ends twice")
    if tail[:at][-20:-16] == b"PK\x06\x07":
        raise zipfile.BadZipFile("it is of the form for more than 4 GiB, which no release needs")
    entries, directory = struct.unpack_from("<HI", tail, at + 10)
    return _MAX_DIRECTORY + 1 if entries > MAX_FILES else int(directory)
