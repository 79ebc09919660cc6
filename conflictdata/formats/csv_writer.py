"""Tables as CSV: commas, line feeds, UTF-8 without a byte order mark, unknown as an empty cell."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from conflictdata.formats.spreadsheet import escape_formulas
from conflictdata.tables.columns import Column, ColumnType, gather
from conflictdata.text import spell_cell

MINIMAL = re.compile(r'[,"\r\n]')
"""The characters for which a cell must be quoted."""

FPUTCSV = re.compile(r'[,"\\\r\n\t ]')
"""The characters for which PHP's fputcsv quotes a cell; files of the ACLED column layout are written so."""


_NEVER_QUOTED = (ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DATE)
"""The types whose cells are spelled as Python spells them, without any character that must be quoted."""

_ROWS = 1000
"""So many rows are written at once."""


def csv_lines(
    columns: Sequence[Column[Any]],
    items: Iterable[Any],
    *,
    quote: re.Pattern[str] = MINIMAL,
    safe: bool = False,
    bom: bool = False,
) -> Iterator[bytes]:
    """The heading and then a row for each item, in chunks; with `safe`, no text begins what a spreadsheet would run.

    With `bom` a byte order mark comes first.
    """
    yield _heading(columns, quote, bom)
    left = iter(items)
    while some := [*islice(left, _ROWS)]:
        yield _rows(columns, gather(columns, some), quote, safe)


def csv_columns(
    columns: Sequence[Column[Any]], cells: Sequence[Sequence[Any]], *, safe: bool = False, bom: bool = False
) -> Iterator[bytes]:
    """The same, from the cells of each column."""
    yield _heading(columns, MINIMAL, bom)
    for start in range(0, len(cells[0]), _ROWS):
        yield _rows(columns, [each[start : start + _ROWS] for each in cells], MINIMAL, safe)


def _heading(columns: Iterable[Column[Any]], quote: re.Pattern[str], bom: bool) -> bytes:
    return (codecs.BOM_UTF8 if bom else b"") + csv_line([column.name for column in columns], quote)


def _rows(columns: Iterable[Column[Any]], cells: Iterable[Sequence[Any]], quote: re.Pattern[str], safe: bool) -> bytes:
    """Some rows. Column by column, which asks once whether any cell must be quoted, takes a third of the time."""
    spelled = []
    for column, each in zip(columns, cells, strict=True):
        # Not calling `spell_cell` for numbers, days, text and empty cells saves more than half of the time.
        if column.type in _NEVER_QUOTED:
            spelled.append(["" if cell is None else str(cell) for cell in each])
            continue
        texts = ["" if cell is None else cell if isinstance(cell, str) else spell_cell(cell) for cell in each]
        if safe and column.type is ColumnType.STRING:
            texts = [*map(escape_formulas, texts)]
        if quote.search("".join(texts)):
            texts = [_quoted(text) if quote.search(text) else text for text in texts]
        spelled.append(texts)
    return "".join([",".join(row) + "\n" for row in zip(*spelled, strict=True)]).encode()


def csv_line(cells: Iterable[str], quote: re.Pattern[str] = MINIMAL) -> bytes:
    """One row, ended by a line feed; quotation marks in a quoted cell are doubled."""
    return (",".join(_quoted(cell) if quote.search(cell) else cell for cell in cells) + "\n").encode()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
