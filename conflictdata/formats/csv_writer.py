"""Tables as CSV: commas, line feeds, UTF-8 without a byte order mark, unknown as an empty cell."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from conflictdata.formats.formulas import escape_formulas
from conflictdata.tables.columns import Column, ColumnType, spell

MINIMAL = re.compile(r'[,"\r\n]')
"""The characters for which a cell must be quoted."""

FPUTCSV = re.compile(r'[,"\\\r\n\t ]')
"""The characters for which PHP's fputcsv quotes a cell; files of the ACLED column layout are written so."""


def csv_lines(
    columns: Sequence[Column[Any]],
    items: Iterable[Any],
    *,
    quote: re.Pattern[str] = MINIMAL,
    safe: bool = False,
    bom: bool = False,
) -> Iterator[bytes]:
    """The heading and a line for each item; with `safe`, no text cell begins what a spreadsheet would run.

    With `bom` a byte order mark comes first.
    """
    if bom:
        yield codecs.BOM_UTF8
    yield csv_line([column.name for column in columns], quote)
    cells = [_cell(column, safe) for column in columns]
    for item in items:
        yield csv_line([cell(item) for cell in cells], quote)


def csv_line(cells: Iterable[str], quote: re.Pattern[str] = MINIMAL) -> bytes:
    """One row, ended by a line feed; quotation marks in a quoted cell are doubled."""
    spelled = ('"' + cell.replace('"', '""') + '"' if quote.search(cell) else cell for cell in cells)
    return (",".join(spelled) + "\n").encode()


def _cell(column: Column[Any], safe: bool) -> Callable[[Any], str]:
    if safe and column.type is ColumnType.STRING:
        return lambda item: escape_formulas(spell(column.value(item)))
    return lambda item: spell(column.value(item))
