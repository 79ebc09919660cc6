"""Strict reading of CSV: nothing is guessed, and harmless repairs are reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conflictdata.canonical import NUL, other_kind
from conflictdata.findings import Code, Finding

MAX_CELL = 131_072
"""The most characters in a cell; cells of derived columns have no limit."""

MAX_COLUMNS = 1000
"""The most columns in a table."""

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""Other separators than commas, which messages name."""

Cell = str | None
"""The text of a cell. None is a quoted empty cell (`""`): an empty text, which is not the same as unknown."""

_CELL = re.compile(r'"((?:[^"]++|"")*+)"|([^",\r\n]*+)')


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file, with the heading, and the findings about its form."""

    rows: list[list[Cell]]
    findings: list[Finding]


def read_sheet(data: bytes, file: str) -> Sheet:
    """The cells of each row, up to the first syntax error."""
    text = _decoded(data, file)
    if isinstance(text, Finding):
        return Sheet([], [text])
    repaired = []
    if text.startswith("\ufeff"):
        text = text[1:]
        repaired.append("a byte order mark was removed")
    rows: list[list[Cell]] = []
    findings: list[Finding] = []
    for row in _rows(text, file):
        if isinstance(row, Finding):
            findings.append(row)
        else:
            rows.append(row)
    if "\r\n" in text and text.count("\r\n") > sum(cell.count("\r\n") for row in rows for cell in row if cell):
        repaired.append("line ends CR LF were read as LF")
    blank = _trailing_blank(rows)
    if blank:
        del rows[-blank:]
        repaired.append(
            f"{blank} blank row{'s' if blank > 1 else ''} at the end {'were' if blank > 1 else 'was'} removed"
        )
    if not rows and not findings:
        return Sheet([], [Finding(file, "", Code.EMPTY_INPUT, "the file is empty; expected a row of column names")])
    findings += [Finding(file, "", Code.CSV_REPAIRED, words) for words in repaired]
    return Sheet(rows, findings)


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


def _rows(text: str, file: str) -> Iterator[list[Cell] | Finding]:
    """Each row; a syntax error is the last item."""
    position, row = 0, 0
    while position < len(text):
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


def _trailing_blank(rows: list[list[Cell]]) -> int:
    count = 0
    while count < len(rows) and set(rows[-1 - count]) == {""}:
        count += 1
    return count
