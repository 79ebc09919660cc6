"""The dialect of a CSV file: encoding, byte order mark and separator."""

from __future__ import annotations

import codecs
import csv
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from conflictdata.canonical.diagnose import other_kind
from conflictdata.findings import Code, Finding, unreadable

_CHUNK = 1 << 20
_HEADING = 1 << 16
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
"""The encoding of each byte order mark."""

SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Dialect:
    """The encoding (Python's name), the number of bytes of the byte order mark, the separator, and the heading."""

    encoding: str
    mark: int
    separator: str
    heading: tuple[str, ...]


def dialect_of(path: Path) -> Dialect | Finding:
    """The dialect of a file, or the finding why it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe cannot be read twice, and may have no writer
            reason = "it is a folder, a device or a pipe"
            return unreadable(str(path), reason, "give a regular file, or - for standard input")
        with path.open("rb") as stream:
            return _dialect(stream, str(path))
    except OSError as error:
        return unreadable(str(path), error.strerror or str(error))
    except ValueError:
        return unreadable(str(path), "no file can have this name", "correct the name")


def _dialect(stream: BinaryIO, file: str) -> Dialect | Finding:
    start = stream.read(_HEADING)
    if message := other_kind(start):
        return Finding(file, "", Code.ENCODING, message, 0)
    marked = next((mark for mark in _MARKS if start.startswith(mark)), b"")
    if marked:
        encoding: str | Finding = _MARKS[marked]
    else:
        stream.seek(0)
        encoding = _encoding(stream, file)
    if isinstance(encoding, Finding):
        return encoding
    text = start[len(marked) :].decode(encoding, "replace")
    if not text.strip():
        return Finding(file, "", Code.EMPTY_INPUT, "the file is empty; expected a row of column names")
    first = text.splitlines()[0]
    separator = max(SEPARATORS, key=first.count)
    return Dialect(encoding, len(marked), separator, tuple(next(csv.reader([first], delimiter=separator))))


def _encoding(stream: BinaryIO, file: str) -> str | Finding:
    """UTF-8 if every byte fits, else the single-byte encoding in which the letters form words."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    fits, at, read, high = True, 0, 0, bytearray()
    while chunk := stream.read(_CHUNK):
        if (nul := chunk.find(0)) >= 0:
            return Finding(file, "", Code.ENCODING, "the text has a NUL byte; save as UTF-8", read + nul)
        read += len(chunk)
        ascii_only = chunk.isascii()
        if not ascii_only:
            high += _surroundings(chunk) if len(high) < _CHUNK else b""
        if fits:
            try:
                if not ascii_only or decoder.getstate()[0]:
                    decoder.decode(chunk)
            except UnicodeDecodeError as error:
                fits, at = False, read - len(error.object) + error.start
    if fits:
        return "utf-8"
    message = high.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= character <= "\udcff" for character in message)
    whole = sum(character > "\x7f" for character in message) - stray
    if whole > stray:
        return Finding(file, "", Code.ENCODING, "most of the text is UTF-8, but these bytes are not; save as UTF-8", at)
    return max(("cp1252", "mac_roman"), key=lambda name: _plausible(bytes(high), name))


def _surroundings(chunk: bytes) -> bytes:
    """The words with non-ASCII bytes, so that a large file need not be kept to choose its encoding."""
    return b" ".join(word for word in chunk.split(b" ") if not word.isascii()) + b" "


def _plausible(data: bytes, encoding: str) -> int:
    """A score for how well the non-ASCII bytes fit between their neighbours."""
    text = data.decode(encoding, "replace")
    score = 0
    for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if character <= "\x7f":
            continue
        if character in "’‘“”–—…":
            score += 1
        elif not character.isalpha():
            score -= 1
        elif character.isupper():
            score += -1 if before.islower() else 1 if after.isalpha() else -1
        else:
            score += 1 if before.isalpha() or after.isalpha() else -1
    return score


def utf8_chunks(path: Path, dialect: Dialect) -> Iterator[bytes]:
    """The file's text in UTF-8, without a byte order mark."""
    decoder = codecs.getincrementaldecoder(dialect.encoding)("replace")
    with path.open("rb") as stream:
        stream.seek(dialect.mark)
        while chunk := stream.read(_CHUNK):
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()


def records_of(path: Path, dialect: Dialect) -> Iterator[bytes]:
    """The bytes of each record, line ends and blank lines after it included; the first is the heading."""
    # In UTF-16 every mark is two bytes.
    encoding = dialect.encoding if dialect.encoding.startswith("utf-16") else "ascii"
    with path.open("rb") as stream:
        found = re.search("\r\n?|\n", stream.read(_HEADING).decode(dialect.encoding, "replace"))
    quote, end = '"'.encode(encoding), ("\r" if found and found[0] == "\r" else "\n").encode(encoding)
    held, open_quote = b"", False
    for line in _lines(path, end):
        blank = not open_quote and held and not line.strip(b"\r\n\0")
        if held and not open_quote and not blank:
            yield held
            held = b""
        held += line
        open_quote ^= bool(line.count(quote) % 2)
    if held:
        yield held


def _lines(path: Path, end: bytes) -> Iterator[bytes]:
    """The lines with their ends, of one or two bytes; one of two begins at an even position."""
    width = len(end)
    with path.open("rb") as stream:
        if end == b"\n":
            yield from stream
            return
        rest = b""
        while chunk := stream.read(_CHUNK):
            rest += chunk
            start = at = 0
            while (found := rest.find(end, at)) >= 0:
                at = found + 1
                if found % width == 0:
                    yield rest[start : found + width]
                    start = at = found + width
            rest = rest[start:]
        if rest:
            yield rest
