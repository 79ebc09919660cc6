"""Files and streams on the way to the gate: nothing is opened that could block, and no more is read than is allowed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from conflictdata.canonical.fault import NUL, other_kind
from conflictdata.canonical.gate import read_object, too_large
from conflictdata.canonical.grammar import MAX_BYTES, JsonObject, Refused
from conflictdata.findings import Code, Finding

_BEGINNING = 1 << 16
"""Bytes in which a large file that is no text gives itself away."""


def read_file(path: Path, *, max_bytes: int = MAX_BYTES, fast: bool | None = None) -> JsonObject:
    """The one JSON object in the file at `path`, or `Refused`."""
    return read_object(read_bytes(path, max_bytes=max_bytes), _name(path), max_bytes=max_bytes, fast=fast)


def read_bytes(path: Path, *, max_bytes: int = MAX_BYTES, text: bool = True) -> bytes:
    """The content of the regular file at `path`, or `Refused`: unreadable, more than `max_bytes`, or large and no text.

    With `text`, a file above MAX_BYTES that has a NUL near its beginning is not read any further.
    """
    try:
        # Opening a device can do something by itself, so its kind is asked first, and again of what was opened.
        _expect_readable(path, path.stat(), max_bytes)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            before = os.fstat(descriptor)
            _expect_readable(path, before, max_bytes)
            if text and before.st_size > MAX_BYTES:
                beginning = stream.read(_BEGINNING)
                if (nul := beginning.find(0)) >= 0:
                    told = other_kind(beginning)
                    raise Refused(Finding(_name(path), "", Code.ENCODING, told or NUL, 0 if told else nul))
                stream.seek(0)
            data = stream.read(max_bytes + 1)
            after = os.fstat(descriptor)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except ValueError as error:
        raise _unreadable(path, "no file can have this name") from error
    if len(data) > max_bytes:
        raise Refused(too_large(_name(path), max_bytes))
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise _unreadable(path, "it changed while it was read")
    return data


def read_lines(
    stream: BinaryIO, file: str, *, max_bytes: int = MAX_BYTES, fast: bool | None = None
) -> Iterator[tuple[int, JsonObject | Finding]]:
    """Each line's number and its object, or the finding that refuses it, of JSON Lines; reading goes on after a fault.

    Only a line feed ends a line. A blank line is a fault, unless it is the last.
    """
    blank: tuple[int, Finding] | None = None
    for number, line in _lines(stream, file, max_bytes):
        if blank is not None:
            yield blank
            blank = None
        if isinstance(line, Finding):
            yield number, line
            continue
        try:
            value = read_object(line, f"{file}:{number}", max_bytes=max_bytes, line=number, fast=fast)
        except Refused as refused:
            if refused.finding.code is Code.EMPTY_INPUT:
                blank = number, refused.finding
            else:
                yield number, refused.finding
            continue
        yield number, value


def _lines(stream: BinaryIO, file: str, max_bytes: int) -> Iterator[tuple[int, bytes | Finding]]:
    """Numbered lines; one that is too long is passed over in pieces, and a stream that fails ends there."""
    number = 0
    piece = b""
    try:
        while piece := stream.readline(max_bytes + 1):
            number += 1
            if len(piece) <= max_bytes or piece.endswith(b"\n"):
                yield number, piece.removesuffix(b"\n")
                continue
            yield number, too_large(f"{file}:{number}", max_bytes)
            while piece and not piece.endswith(b"\n"):
                piece = stream.readline(max_bytes + 1)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        yield number + 1, Finding(f"{file}:{number + 1}", "", Code.UNREADABLE_FILE, reason)


def _expect_readable(path: Path, status: os.stat_result, max_bytes: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _unreadable(path, "it is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise _unreadable(path, "it is a device, a pipe or a socket")
    if status.st_size > max_bytes:
        raise Refused(too_large(_name(path), max_bytes))


def _unreadable(path: Path, reason: str) -> Refused:
    return Refused(Finding(_name(path), "", Code.UNREADABLE_FILE, f"cannot be read: {reason}"))


def _name(path: Path) -> str:
    """The path as it was given, with what no text can hold (bytes that are not UTF-8) as escapes."""
    return str(path).encode(errors="backslashreplace").decode()
