"""An Excel workbook with a sheet for each table, in which no cell turns into something else.

Text is written as text: a spreadsheet runs no formula in it and makes no date or number of it. Days are dates.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from conflictdata.analysis.citation import citation
from conflictdata.errors import ConflictDataError
from conflictdata.extras import require
from conflictdata.formats.interface import Chosen, FileFormat, selected
from conflictdata.model import Records
from conflictdata.tables.columns import ColumnType
from conflictdata.tables.registry import LAYOUTS, table_rows

MAX_ROWS = 1_048_576
"""Rows of a sheet, the heading among them."""

MAX_TEXT = 32_767
"""Characters of a cell."""

_FIRST_DAY = dt.date(1900, 3, 1)
"""Before it Excel counts a day that never was."""

_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed time, so that the same records give the same bytes


def workbook(records: Records, events: Chosen | None) -> Iterator[bytes]:
    """The bytes of the workbook, of all records or of a selection; `ConflictDataError` where Excel has no room."""
    records = selected(records, events)
    stream = io.BytesIO()
    plain = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    book = require("xlsxwriter").Workbook(stream, {"in_memory": True, **plain})
    book.set_properties({"title": "conflictdata", "comments": citation(records).strip(), "created": _MADE})
    heading, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    about = book.add_worksheet("about")
    for row, (name, text) in enumerate(_about(records)):
        about.write_string(row, 0, name)
        about.write_string(row, 1, text)
    for layout in LAYOUTS.values():
        sheet = book.add_worksheet(layout.name)
        sheet.freeze_panes(1, 1)
        for column, each in enumerate(layout.columns):
            sheet.write_string(0, column, each.name, heading)
        for row, values in enumerate(table_rows(records, layout.name), 1):
            if row >= MAX_ROWS:
                raise ConflictDataError(f"{layout.name} has more rows than a sheet of Excel; use csv or parquet")
            for column, value in enumerate(values):
                if isinstance(value, str) and len(value) > MAX_TEXT:
                    message = f"{layout.columns[column].name} of {values[0]} is longer than a cell of Excel"
                    raise ConflictDataError(f"{message} ({MAX_TEXT} characters); use csv or parquet")
                _write(sheet, row, column, value, day, text=layout.columns[column].type is ColumnType.STRING)
    book.close()
    yield stream.getvalue()


def _about(records: Records) -> Iterator[tuple[str, str]]:
    yield "citation", citation(records).strip()
    yield "licence", "CC-BY-4.0"
    if records.release is not None:
        yield "release", records.release.version
    if records.selection is not None:
        yield "selection", str(records.selection)
    yield "empty cell", "unknown, never 0"


def _write(sheet: Any, row: int, column: int, value: Any, day: Any, *, text: bool) -> None:
    match value:
        case None:
            pass
        case bool():
            sheet.write_boolean(row, column, value)
        case dt.date() if value >= _FIRST_DAY:
            sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
        case int() | float() if not text:
            sheet.write_number(row, column, value)
        case _:
            sheet.write_string(row, column, str(value))


XLSX = FileFormat(
    name="xlsx",
    description="An Excel workbook with a sheet for each table; text stays text, and days are dates.",
    file="conflictdata",
    extension=".xlsx",
    binary=True,
    chunks=workbook,
    loses=("release.date", "release.stage", "selection", "context", "period"),
    needs=("xlsxwriter",),
)
