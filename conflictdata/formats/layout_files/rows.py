"""The rows of a CSV file copied with their numbers, for a file in which something is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

from conflictdata.findings import MAX_FINDINGS, Code, Finding

MAX_ROW = 2_000_000
"""The most bytes in a row; DuckDB reads no longer ones."""

_LINE_ENDS = {b"\n": "LF", b"\r\n": "CR LF", b"\r": "CR"}


@dataclass(frozen=True, slots=True)
class NumberedCopy:
    """The findings for torn rows, at most MAX_FINDINGS and one, after which reading ends; and the line ends found."""

    torn: tuple[Finding, ...]
    line_ends: tuple[str, ...]


def write_numbered(plain: Path, target: Path, file: str, separator: str, width: int) -> NumberedCopy:
    """Copy the rows of a file in UTF-8, each after its number, without the heading (row 1), torn rows and blank rows.

    Every row of the copy ends with a line feed.
    """
    torn: list[Finding] = []
    ends: set[bytes] = set()
    mark = separator.encode()
    with plain.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as data, target.open("wb") as out:
        for number, row in enumerate(_rows(data, mark), 1):
            if isinstance(row.cells, str):
                torn.append(Finding(f"{file}:{number}", "", Code.CSV_SYNTAX, row.cells))
            elif row.content and row.cells != width:
                message = (
                    f"the row has {row.cells} cells, expected {width}; check separators, line breaks, quotation marks"
                )
                torn.append(Finding(f"{file}:{number}", "", Code.RAGGED_ROW, message))
            elif row.content and number > 1:
                out.write(b"%d%s%s\n" % (number, mark, row.content))
            ends.add(row.end)
            if len(torn) > MAX_FINDINGS:
                break
    return NumberedCopy(tuple(torn), tuple(name for end, name in _LINE_ENDS.items() if end in ends))


@dataclass(frozen=True, slots=True)
class _Row:
    """The bytes of a row, its line end, and the number of its cells or what is wrong with its quotation marks."""

    content: bytes
    end: bytes
    cells: int | str


def _rows(data: mmap, separator: bytes) -> Iterator[_Row]:
    mark = re.escape(separator)
    quoted = rb'\ *+"(?:[^"]++|"")*+"\ *+'
    cell = rb'(?:%s|(?!\ *+")[^%s\r\n]*+)' % (quoted, mark)
    whole = re.compile(rb"(%s(?:%s%s)*+)(\r\n|\n|\r|\Z)" % (cell, mark, cell))
    quotations = re.compile(rb"(\A|%s)%s" % (mark, quoted))
    cells = re.compile(rb"%s(%s)?" % (cell, mark))
    position, line, size = 3 if data[:3] == b"\xef\xbb\xbf" else 0, 1, len(data)
    while position < size:
        end = data.find(b"\n", position)
        content = data[position : end if end >= 0 else size]
        limit = min(size, position + MAX_ROW)
        if b'"' not in content and b"\r" not in content[:-1] and len(content) < MAX_ROW:
            short = content.removesuffix(b"\r")
            ended = b"\r\n" if len(short) < len(content) else b"\n" if end >= 0 else b""
            yield _Row(short, ended, short.count(separator) + 1)
            position += len(content) + 1
            line += 1
        elif (found := whole.match(data, position, limit)) and (found.end() < limit or limit == size):
            content, ended = found.groups()
            yield _Row(content, ended, quotations.sub(rb"\1", content).count(separator) + 1)
            position = found.end()
            line += len(_LINE_END.findall(content)) + 1
        else:
            at, number = position, 1
            while (found := cells.match(data, at, limit)) and found[1]:
                at, number = found.end(), number + 1
            line += len(_LINE_END.findall(data, position, at))
            message = f"the row has more than {MAX_ROW} bytes, the maximum; check line breaks and quotation marks"
            if data[at:limit].lstrip(b" ").startswith(b'"'):
                message = (
                    f"the quotation mark that opens cell {number} in line {line} is not closed before a separator;"
                    " close it, and double those within the cell"
                )
            yield _Row(b"", b"", message)
            next_line = _LINE_END.search(data, at)
            position = next_line.end() if next_line else size
            line += 1


_LINE_END = re.compile(rb"\r\n|\n|\r")
