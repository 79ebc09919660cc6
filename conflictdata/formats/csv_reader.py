"""Strict reading of CSV: nothing is guessed, and harmless repairs are reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, overload

from conflictdata.canonical import NUL, other_kind
from conflictdata.findings import Code, Finding

MAX_CELL = 131_072
"""The most characters in a cell; cells of derived columns have no limit."""

MAX_COLUMNS = 1000
"""The most columns in a table."""

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""Other separators than commas, which messages name."""

Cell = str | None
"""None is a cell of two quotation marks with nothing between."""

_CELL = re.compile(r'"((?:[^"]++|"")*+)"|([^",\r\n]*+)')


class TableRows:
    """The rows of a file, the heading first, each with its number and its cells; a fault, as a finding, ends them.

    A cell of two quotation marks is empty, as R writes it. `repairs` says what was read as what, once all rows were.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self.repairs: list[Finding] = []
        self._data = data

    def __iter__(self) -> Iterator[tuple[int, list[str]] | Finding]:
        text = _decoded(self._data, self.file)
        if isinstance(text, Finding):
            yield text
            return
        if text.startswith("\ufeff"):
            text = text[1:]
            self._repaired("a byte order mark was removed")
        quoted, first, within, number, faulty = 0, 0, 0, 0, False
        for row in _rows(text, self.file, blanks=True):
            if isinstance(row, Finding):
                faulty = True
                yield row
            elif isinstance(row, _Blank):
                if row.last and not number:
                    break
                if row.last:
                    one = row.rows == 1
                    blank = "1 blank row" if one else f"{row.rows} blank rows"
                    self._repaired(f"{blank} at the end {'was' if one else 'were'} removed")
                else:
                    for _ in range(row.rows):
                        number += 1
                        yield number, [""]
            else:
                number += 1
                within += sum(cell.count("\r\n") for cell in row if cell and "\r" in cell)
                if empty := row.count(None):
                    first = first or number
                    quoted += empty
                yield number, [cell or "" for cell in row]
        if not number and not faulty:
            message = "the file is empty; expected a row of column names"
            yield Finding(self.file, "", Code.EMPTY_INPUT, message)
            return
        if text.count("\r\n") > within:
            self._repaired("line ends CR LF were read as LF")
        if quoted:
            cells = "1 quoted empty cell" if quoted == 1 else f"{quoted} quoted empty cells"
            self._repaired(f"{cells} (the first in row {first}) {'was' if quoted == 1 else 'were'} read as empty")

    def _repaired(self, message: str) -> None:
        self.repairs.append(Finding(self.file, "", Code.CSV_REPAIRED, message))


def read_rows(data: bytes, file: str) -> Iterator[list[Cell] | Finding]:
    """Each row one by one, the heading first, without a limit on cells. A syntax error is the last item."""
    text = _decoded(data, file)
    if isinstance(text, Finding):
        yield text
    else:
        yield from _rows(text, file)


def _decoded(data: bytes, file: str) -> str | Finding:
    if message := other_kind(data):
        return Finding(file, "", Code.ENCODING, message, 0)
    at, message = data.find(0), NUL
    if at < 0:
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            at, message = (
                error.start,
                f"byte 0x{data[error.start]:02X} is not UTF-8 ({error.reason}); save the file as UTF-8",
            )
    line = data.count(b"\n", 0, at) + 1
    return Finding(file, "", Code.ENCODING, f"{message} (line {line})", at)


class _Blank(NamedTuple):
    """So many rows that hold nothing; `last` where no other comes after them."""

    rows: int
    last: bool


_BLANK_ROWS = re.compile(r'(?:(?:,|""(?!"))*+\r?\n)*+')
"""Rows in which no cell holds anything."""

_BLANK_END = re.compile(r'(?:,|""(?!"))*+\Z')
"""The last of such rows, without a line feed."""


@overload
def _rows(text: str, file: str) -> Iterator[list[Cell] | Finding]: ...
@overload
def _rows(text: str, file: str, *, blanks: bool) -> Iterator[list[Cell] | _Blank | Finding]: ...
def _rows(text: str, file: str, *, blanks: bool = False) -> Iterator[list[Cell] | _Blank | Finding]:
    """Each row; or, as the last thing, what is wrong with the one at which reading stops.

    With `blanks`, rows that hold nothing are only counted, and those at the end are left out.
    """
    position, row = 0, 0
    while position < len(text):
        if blanks and text[position] in ',"\r\n':
            found = _BLANK_ROWS.match(text, position)
            end = found.end() if found else position
            count = text.count("\n", position, end)
            if _BLANK_END.match(text, end):
                if rest := count + (end < len(text)):
                    yield _Blank(rest, last=True)
                return
            if count:
                position, row = end, row + count
                yield _Blank(count, last=False)
        row += 1
        cells: list[Cell] = []
        after = ","
        while after == ",":
            found = _CELL.match(text, position)
            end = found.end() if found else position
            quoted, bare = found.groups() if found else (None, "")
            after = "\n" if text.startswith("\r\n", end) else text[end : end + 1]
            if row == 1 and quoted is not None and after in SEPARATORS:
                message = f"the cells are separated by {SEPARATORS[after]}; save the file with commas"
                yield Finding(f"{file}:{row}", "", Code.DIALECT, message)
                return
            if after not in ("", ",", "\n"):
                opened = quoted is None and text.startswith('"', position)
                yield Finding(f"{file}:{row}", f"/{len(cells) + 1}", Code.CSV_SYNTAX, _wrong(after, opened, quoted))
                return
            cells.append(bare if quoted is None else quoted.replace('""', '"') or None)
            if len(cells) > MAX_COLUMNS:
                message = f"the row has more than {MAX_COLUMNS} cells, the maximum; check commas and quotation marks"
                yield Finding(f"{file}:{row}", "", Code.TOO_MANY_ITEMS, message)
                return
            position = end + (2 if text.startswith("\r\n", end) else 1)
        # After a comma at the very end of the file the loop has also read the empty cell.
        yield cells


def _wrong(after: str, opened: bool, quoted: str | None) -> str:
    if opened:
        return "the quotation mark that opens the cell is not closed; add one"
    if quoted is not None:
        return "text follows the closing quotation mark; double the quotation marks inside the cell"
    if after == '"':
        return "a quotation mark is inside an unquoted cell; quote the cell and double the mark"
    return "a carriage return is alone; end lines with a line feed"
