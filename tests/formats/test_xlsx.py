"""The workbook, opened by the programs that people read workbooks with: every cell is what the table holds."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pandas
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.errors import ConflictDataError
from conflictdata.formats import xlsx
from conflictdata.tables.registry import LAYOUTS, TABLES, table_rows
from tests.support.builders import event, records
from tests.support.draw.records import datasets
from tests.support.effort import effort
from tests.support.exported import records_of, written
from tests.support.small import small

CONVERTED = ("=1+1", "+44", "-7", "@SUM(A1)", "0012", "1e5", "2016-02-03", "3/4", "TRUE", "http://a.example", "_x0041_")
"""Text of which a spreadsheet makes something else."""


def sheets(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def cell_of(value: object) -> object:
    """What openpyxl gives for a value of a table."""
    if isinstance(value, dt.date):
        day = dt.datetime.combine(value, dt.time())
        return day if value >= dt.date(1900, 3, 1) else value.isoformat()
    return value if value is None or isinstance(value, bool | int | float) else str(value)


@effort(0.2)
@given(datasets().map(records_of))
def test_every_cell_is_what_the_table_holds(whole):
    book = sheets(written("xlsx", whole))
    assert book.sheetnames == ["about", *LAYOUTS]
    for table in LAYOUTS:
        heading, *rows = book[table].iter_rows(values_only=True)
        assert list(heading) == [column.name for column in TABLES[table]]
        assert rows == [tuple(map(cell_of, row)) for row in table_rows(whole, table)], table


@pytest.mark.parametrize("text", CONVERTED)
def test_text_stays_text(text):
    data = written("xlsx", records(events=[{**event(1, []), "title": text, "summary": text}]))
    sheet = sheets(data)["events"]
    names = [cell.value for cell in sheet[1]]
    for column in ("title", "summary"):
        cell = sheet.cell(2, names.index(column) + 1)
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    frame = pandas.read_excel(io.BytesIO(data), sheet_name="events", dtype_backend="pyarrow", dtype={"title": str})
    assert frame["title"].tolist() == [text]


def test_pandas_and_polars_read_days_and_numbers_as_such():
    data = written("xlsx", small())
    by_pandas = pandas.read_excel(io.BytesIO(data), sheet_name="events")
    by_polars = polars.read_excel(io.BytesIO(data), sheet_name="events", engine="openpyxl")
    assert by_pandas["id"].tolist() == by_polars["id"].to_list() == list(small().events.ids())
    assert by_pandas["date_start"].dtype.kind == "M" and by_polars["date_start"].dtype in (polars.Date, polars.Datetime)
    assert by_pandas["latitude"].dtype.kind == "f" and by_polars["latitude"].dtype.is_numeric()


@given(st.sampled_from([{}, {"events": ["CD-0002"]}]))
@effort(0.1)
def test_the_same_records_give_the_same_bytes(asked):
    assert written("xlsx", small(), **asked) == written("xlsx", small(), **asked)


@pytest.mark.parametrize(("limit", "most"), [("MAX_ROWS", 2), ("MAX_TEXT", 10)])
def test_what_excel_has_no_room_for_is_refused_and_not_cut(monkeypatch, limit, most):
    monkeypatch.setattr(xlsx, limit, most)
    with pytest.raises(ConflictDataError, match="Excel"):
        written("xlsx", small())
