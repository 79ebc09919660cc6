"""Strict parsing: from bytes, files and streams to objects, or a finding that says why not."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, NoReturn, cast

from conflictdata.canonical.diagnose import NUL, find_fault, other_kind
from conflictdata.canonical.limits import MAX_BYTES, MAX_DEPTH, JsonObject, JsonValue, is_spelled
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding, unreadable
from conflictdata.text import named

_NOT_BRACKETS = bytes(set(range(256)) - set(b'{}[]"'))
_BRACKETS_AS_BRACES = bytes.maketrans(b"[]", b"{}")
_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_HALF_OF_A_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
# In compact text from a JSON writer: the numbers that need not be in canonical form, which are decimals and those of
# more than 15 digits, as members and as first and further items (three searches for a fixed beginning are much faster
# than one for any of them). Words between such marks in a string may match too.
_ODD_NUMBERS = tuple(
    re.compile(begins + rb"(-?[0-9]++(?:[.eE][-+.0-9eE]*+|(?<=[0-9]{16})))(?=[,\]}])")
    for begins in (rb'":', rb"\[", rb",")
)
_COMPACT_NAME_BEYOND_ASCII = re.compile(rb'[\x80-\xff](?:[^"\\\x80-\xff]|\\.)*+":')


def read_object(
    data: bytes, file: str, *, max_bytes: int = MAX_BYTES, line: int = 1, fast: bool | None = None
) -> JsonObject:
    """The one JSON object in `data`; `InvalidInput` with a finding in `file` if there is none.

    `line` is the number of the first line of `data` in `file`. `fast` False uses the standard library, True requires
    orjson, None uses it where it is installed; the result is the same.
    """
    if len(data) > max_bytes:
        raise InvalidInput(too_large(file, max_bytes))
    # Only compact text survives a round trip through orjson; a curated file starts with a brace and a line break.
    if (fast or (fast is None and data.startswith(b'{"'))) and (orjson := _orjson(insist=fast is True)):
        value = _proved_by_orjson(data, orjson)
        if value is not None:
            return value
    value = _proved_by_json(data)
    if value is not None:
        return value
    finding = find_fault(data, file, line)
    if finding is not None:
        raise InvalidInput(finding)
    return cast(JsonObject, json.loads(data))


def too_large(file: str, max_bytes: int) -> Finding:
    """The finding for a document of more than `max_bytes` bytes."""
    return Finding(
        file, "", Code.TOO_LARGE, f"more than {max_bytes} bytes, the maximum here; give a smaller file", max_bytes
    )


def compact(obj: JsonValue) -> bytes:
    """A value that has passed the parser in compact form, written by orjson where it is installed."""
    if orjson := _orjson(insist=False):
        return cast(bytes, orjson.dumps(obj))
    return json.dumps(obj, ensure_ascii=False, separators=(",", ":")).encode()


def is_compact(data: bytes, value: JsonValue) -> bool:
    """Whether text is what `compact` writes of its value; False for what is nested deeper than orjson writes."""
    try:
        return compact(value) == data
    except TypeError:
        return False


def is_proved_compact(data: bytes) -> bool:
    """Whether compact text from a JSON writer is certainly accepted by the parser; False means that it is not known."""
    return (
        all(is_spelled(number.decode()) for odd in _ODD_NUMBERS for number in odd.findall(data))
        and _is_shallow(data)
        and (data.isascii() or not _COMPACT_NAME_BEYOND_ASCII.search(data))
    )


def read_loosely(data: bytes) -> JsonValue:
    """The value that orjson reads, with duplicate members and any spelling; None for what it refuses, and without it.

    What is written again without a change, and is valid by a schema with limits on depth, names and whole numbers, is
    what the parser gives if also its numbers with a decimal point are in canonical form.
    """
    orjson = _orjson(insist=False)
    try:
        return cast(JsonValue, orjson.loads(data)) if orjson is not None else None
    except ValueError:
        return None


@cache
def _orjson(*, insist: bool) -> ModuleType | None:
    try:
        import orjson
    except ImportError:
        if insist:
            raise
        return None
    return orjson


def _proved_by_orjson(data: bytes, orjson: ModuleType) -> JsonObject | None:
    """The object, if a round trip through orjson changes only line feeds; else None.

    Such a document has no duplicate members and no unusual escapes.
    """
    try:
        value = orjson.loads(data)
    except ValueError:
        return None
    text = data.rstrip(b" \t\r\n").replace(b"\n", b"")  # a string cannot contain a raw line feed
    if isinstance(value, dict) and is_proved_compact(text) and orjson.dumps(value) == text:
        return value
    return None


class _InDoubt(ValueError):
    """The fast check proves nothing; the slow parser decides."""


def _proved_by_json(data: bytes) -> JsonObject | None:
    if _HALF_OF_A_PAIR.search(data) or not _is_shallow(data):
        return None
    try:
        value = _DECODER.decode(data.decode())
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _members(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    members = dict(pairs)
    if len(members) != len(pairs) or not "".join(members).isascii():
        raise _InDoubt
    return members


def _integer(text: str) -> int:
    if not is_spelled(text):
        raise _InDoubt
    return int(text)


def _decimal(text: str) -> float:
    if not is_spelled(text):
        raise _InDoubt
    return float(text)


def _constant(text: str) -> NoReturn:
    raise _InDoubt


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_integer, parse_float=_decimal, parse_constant=_constant
)


def _is_shallow(data: bytes) -> bool:
    """Whether brackets outside strings balance and are nested at most MAX_DEPTH deep, without recursion."""
    if b"\\" in data:
        data = _ESCAPED.sub(b"", data)
    brackets = data.translate(_BRACKETS_AS_BRACES, _NOT_BRACKETS).replace(b'""', b"")
    if b'"' in brackets:  # ignore brackets in strings: every second piece between quotes is a string
        brackets = b"".join(brackets.split(b'"')[::2])
    for _ in range(MAX_DEPTH):
        if not brackets:
            break
        brackets = brackets.replace(b"{}", b"")
    return not brackets


_BEGINNING = 1 << 16
"""The number of bytes at the beginning of a large file in which a NUL shows that it is not text."""


def read_file(path: Path, *, max_bytes: int = MAX_BYTES, fast: bool | None = None) -> JsonObject:
    """The one JSON object in the file at `path`, or `InvalidInput`."""
    return read_object(read_bytes(path, max_bytes=max_bytes), named(path), max_bytes=max_bytes, fast=fast)


def read_bytes(path: Path, *, max_bytes: int = MAX_BYTES, text: bool = True) -> bytes:
    """The content of the regular file at `path`; `InvalidInput` if it is unreadable, too large, or large and not text.

    With `text`, a file above MAX_BYTES with a NUL near its beginning is refused before it is read.
    """
    try:
        # Opening a device can have effects, so the kind of file is checked before opening, and again afterwards.
        _expect_readable(path, path.stat(), max_bytes)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            before = os.fstat(descriptor)
            _expect_readable(path, before, max_bytes)
            if text and before.st_size > MAX_BYTES:
                beginning = stream.read(_BEGINNING)
                if (nul := beginning.find(0)) >= 0:
                    message = other_kind(beginning)
                    raise InvalidInput(Finding(named(path), "", Code.ENCODING, message or NUL, 0 if message else nul))
                stream.seek(0)
            # To make room for the largest file would take as long as to read a small one.
            data = stream.read(before.st_size + 1)
            if len(data) > before.st_size:  # it grew, or is one that the system makes up while it is read
                data += stream.read(max_bytes + 1 - len(data))
            after = os.fstat(descriptor)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except ValueError as error:
        raise _unreadable(path, "no file can have this name", "correct the name") from error
    if len(data) > max_bytes:
        raise InvalidInput(too_large(named(path), max_bytes))
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise _unreadable(path, "it changed while it was read", "try again")
    return data


def read_lines(
    stream: BinaryIO, file: str, *, max_bytes: int = MAX_BYTES, fast: bool | None = None
) -> Iterator[tuple[int, JsonObject | Finding]]:
    """The number of each line of JSON Lines with its object, or with the finding for it; reading continues after an
    error.

    Only a line feed ends a line. A blank line is an error, unless it is the last.
    """
    for number, line in split_lines(stream, file, max_bytes=max_bytes):
        if isinstance(line, Finding):
            yield number, line
            continue
        try:
            yield number, read_object(line, f"{file}:{number}", max_bytes=max_bytes, line=number, fast=fast)
        except InvalidInput as refused:
            yield number, refused.finding


def split_lines(stream: BinaryIO, file: str, *, max_bytes: int = MAX_BYTES) -> Iterator[tuple[int, bytes | Finding]]:
    """Numbered lines without their line feeds; a finding for a line that is too long, or if reading fails."""
    number = 0
    blank: tuple[int, bytes] | None = None  # a blank line at the end is no error
    try:
        while piece := stream.readline(max_bytes + 1):
            number += 1
            if blank is not None:
                yield blank
                blank = None
            if len(piece) <= max_bytes or piece.endswith(b"\n"):
                line = piece.removesuffix(b"\n")
                if not line or line.isspace():
                    blank = number, line
                else:
                    yield number, line
                continue
            yield number, too_large(f"{file}:{number}", max_bytes)
            while piece and not piece.endswith(b"\n"):
                piece = stream.readline(max_bytes + 1)
    except OSError as error:
        yield number + 1, unreadable(f"{file}:{number + 1}", error.strerror or str(error))


def _expect_readable(path: Path, status: os.stat_result, max_bytes: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _unreadable(path, "it is a folder", "give a file")
    if not stat.S_ISREG(status.st_mode):
        raise _unreadable(path, "it is a device, a pipe or a socket", "give a regular file")
    if status.st_size > max_bytes:
        raise InvalidInput(too_large(named(path), max_bytes))


def _unreadable(path: Path, *reason_and_advice: str) -> InvalidInput:
    return InvalidInput(unreadable(named(path), *reason_and_advice))
