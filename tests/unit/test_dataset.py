"""A dataset answers each question from its records, and its tables become data frames."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import re
import sys
from typing import Any

import pandas
import polars
import pytest

from conflictdata.analysis.capture_matrix import capture_matrix
from conflictdata.codelists import codelist
from conflictdata.dataset import Dataset
from conflictdata.errors import ConflictDataError, MissingExtra, UnknownName
from conflictdata.model import Release
from conflictdata.model.codes import Grade, Property
from conflictdata.tables.columns import ColumnType
from conflictdata.tables.registry import TABLES, table_rows
from conflictdata.text import spell_cell
from tests.support.builders import records, two_events


def test_tables_are_sequences_that_are_also_looked_up_by_id() -> None:
    ds = two_events()
    assert ds.events[0] is ds.events["CD-0001"] is ds.records.events[0]
    assert [each.id for each in ds.events] == ["CD-0001", "CD-0002"]
    assert (len(ds.events), len(ds.claims), "mill" in ds.places) == (2, 3, True)
    assert ds.claims["CD-0001#c2"].claim.claimant == "army"
    assert ds.sources["paper-1"].title == "paper-1"
    with pytest.raises(KeyError):
        ds.actors["nobody"]


def test_a_dataset_says_what_it_holds() -> None:
    assert repr(two_events()) == (
        "<conflictdata, unreleased records: 1 incidents and 1 operations with 3 claims, 2 actors, 1 places, 1 sources,"
        " 2016-06-05 to 2016-12-31>"
    )
    candidate = Release.from_object({"version": "2026.11.0", "date": "2026-11-20", "stage": "candidate"})
    assert "release 2026.11.0 (2026-11-20, candidate)" in repr(two_events(candidate))
    assert repr(Dataset(records())).endswith("1 sources>")


def test_each_question_is_answered_from_the_records() -> None:
    ds = two_events()
    assert [each.id for each in ds.find(actor="Army")] == ["CD-0001"]
    assert (ds.figures().low, ds.figures().high, ds.figures().n_without) == (3, 9, 0)
    assert ds.control("mill", "2016-06-05").known is False
    assert [position.origin for position in ds.positions("CD-0001")] == ["army", "monitor"]
    assert ds.origins("CD-0001") == ("army", "monitor")
    assert ds.grade("CD-0001") == Grade.CONFIRMED
    assert (ds.disputes(), ds.disputes("CD-0001"), ds.disputed("CD-0001")) == ((), (), frozenset[Property]())
    assert [entry.event.id for entry in ds.timeline("army")] == ["CD-0001"]
    assert ds.strength("army") == ()
    assert ds.capture_matrix() == capture_matrix(ds.records)
    assert [piece.evidence.paragraph for piece in ds.trace("CD-0001")] == [1, 1]
    assert (
        ds.sentence("CD-0001")
        == "At least 3 people were killed, according to Army, and as many as 9, according to Army."
    )


@pytest.mark.parametrize(
    "ask",
    [
        lambda ds: ds.origins("CD-9"),
        lambda ds: ds.grade("CD-9"),
        lambda ds: ds.disputes("CD-9"),
        lambda ds: ds.disputed("CD-9"),
        lambda ds: ds.positions("CD-9"),
        lambda ds: ds.sentence("CD-9"),
        lambda ds: ds.trace("CD-9"),
        lambda ds: ds.timeline("nobody"),
        lambda ds: ds.strength("nobody"),
        lambda ds: ds.control("nowhere", "2016-01-01"),
        lambda ds: ds.to_pandas("nothing"),
        lambda ds: ds.to_polars("nothing"),
    ],
)
def test_what_is_not_there_is_an_error_of_the_package(ask: Any) -> None:
    with pytest.raises(UnknownName):
        ask(two_events())


@pytest.mark.parametrize("table", TABLES)
def test_a_data_frame_holds_the_cells_of_its_table(table: str) -> None:
    ds = two_events()
    columns, cells = TABLES[table], list(table_rows(ds.records, table))
    lame, bear = ds.to_pandas(table), ds.to_polars(table)
    assert list(lame.columns) == bear.columns == [column.name for column in columns]
    expected = [[_comparable(column.type, value) for column, value in zip(columns, row, strict=True)] for row in cells]
    assert [[spell_cell(value) for value in row] for row in bear.rows()] == expected
    assert [[_pandas_cell(value) for value in row] for row in lame.itertuples(index=False, name=None)] == expected


def _comparable(kind: ColumnType, value: Any) -> str:
    return spell_cell(float(value) if kind is ColumnType.NUMBER and value is not None else value)


def _pandas_cell(value: Any) -> str:
    if pandas.isna(value):
        return ""
    if pandas.api.types.is_bool(value):
        return spell_cell(bool(value))
    return spell_cell(value.date() if isinstance(value, dt.datetime) else value)


def test_columns_have_proper_types() -> None:
    ds = two_events()
    lame, bear = ds.to_pandas("events"), ds.to_polars("events")
    assert str(lame["date_earliest"].dtype) == "datetime64[ns]"
    assert (str(lame["killed_low"].dtype), str(lame["latitude"].dtype)) == ("Int64", "Float64")
    assert sorted(lame["grade"].cat.categories) == sorted(row["code"] for row in codelist("grades"))
    assert str(lame["id"].dtype) == "string"
    assert lame["killed_low"].isna().tolist() == [False, True]
    assert bear.schema["date_earliest"] == polars.Date
    assert bear.schema["killed_low"] == polars.Int64
    assert isinstance(bear.schema["grade"], polars.Enum)
    assert bear["killed_low"].to_list() == [3, None]


def test_a_table_without_rows_has_its_types_all_the_same() -> None:
    full, empty = two_events(), Dataset(records())
    assert empty.to_pandas("events").dtypes.to_dict() == full.to_pandas("events").dtypes.to_dict()
    assert empty.to_polars("events").schema == full.to_polars("events").schema


def test_a_data_frame_says_which_release_it_is_and_how_to_cite_it() -> None:
    final = Release.from_object({"version": "2026.11.0", "date": "2026-11-20", "stage": "final"})
    said = two_events(final).to_pandas("claims").attrs["conflictdata"]
    assert said == {
        "table": "claims",
        "release": "release 2026.11.0 (2026-11-20)",
        "citation": "conflictdata contributors. (2026). conflictdata: the war against Islamic State in Syria and Iraq,"
        " 2014-2017 (Version 2026.11.0) [Data set].",
    }


@pytest.mark.parametrize(
    ("library", "extra"),
    [("pandas", "pandas"), ("polars", "polars"), ("pyarrow", "arrow"), ("geopandas", "geo"), ("duckdb", "duckdb")],
)
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=re.escape(f"pip install 'conflictdata[{extra}]'")) as caught:
        getattr(two_events(), f"to_{library.removeprefix('py')}")(*(["events"] if library != "duckdb" else []))
    assert isinstance(caught.value, ConflictDataError)


def test_datasets_of_equal_records_are_equal() -> None:
    assert two_events() == two_events()
    assert hash(two_events()) == hash(two_events())
    assert two_events() != Dataset(records())


def test_a_dataset_is_copied_and_pickled_whatever_was_asked_of_it_before() -> None:
    ds = two_events()
    ds.figures(), ds.grade("CD-0001"), ds.control("mill", "2016-06-05"), ds.sentence("CD-0001"), len(ds.claims)
    for again in (copy.deepcopy(ds), pickle.loads(pickle.dumps(ds))):
        assert again == ds
        assert again.sentence("CD-0001") == ds.sentence("CD-0001")
