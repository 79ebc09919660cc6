"""The declared tables: what they promise of columns, and that together they leave nothing out."""

from __future__ import annotations

import datetime as dt
import re
import weakref
from collections.abc import Iterator
from typing import Any

import pandas
import pytest
from hypothesis import given

from conflictdata.analysis.capture_matrix import capture_matrix
from conflictdata.analysis.contradictions import disputed
from conflictdata.analysis.disputes import disputes
from conflictdata.analysis.event_search import EventFilter
from conflictdata.analysis.figures.over_events import figures
from conflictdata.analysis.grades import grade
from conflictdata.analysis.positions import positions
from conflictdata.analysis.printable_sentence import sentence
from conflictdata.analysis.provenance import trace
from conflictdata.analysis.timeline import timeline
from conflictdata.codelists import codes
from conflictdata.collector_pause import collector_paused
from conflictdata.errors import UnknownName
from conflictdata.model import Document, Records
from conflictdata.tables import dataframes, registry
from conflictdata.tables.columns import SEPARATOR, ColumnType, gather, integer, string
from conflictdata.tables.dataframes import to_pandas
from conflictdata.tables.events import FLAT
from conflictdata.tables.registry import LAYOUTS, TABLES, table_rows
from conflictdata.text import spell_cell
from tests.support.builders import actor, claim, count, event, place, records
from tests.support.effort import effort
from tests.support.sample import sample
from tests.support.shared import shared_documents

PROMISED = (
    "id, kind, part_of, type, title, date_earliest, date_latest, date_shape, place_id, place, admin1, admin2, "
    "country, iso3, latitude, longitude, place_precision, acled_event_type, acled_sub_event_type, actors, "
    "killed_low, killed_high, n_claims, n_origins, disputed, grade, sources, summary, "
    "date_start, date_end, date_best, date_precision, date_start_basis, date_end_basis, means, target, violence_type, "
    "killed_reported_low, killed_reported_high, killed_reported_by"
)
TYPES: dict[ColumnType, type | tuple[type, ...]] = {
    ColumnType.STRING: str,
    ColumnType.CODE: str,
    ColumnType.INTEGER: int,
    ColumnType.NUMBER: (int, float),
    ColumnType.DATE: dt.date,
    ColumnType.BOOLEAN: bool,
}


def read(document: Any) -> Records:
    return Records.of_document(Document.from_object(document))


def leaves(value: Any) -> Iterator[Any]:
    match value:
        case dict():
            for key, inner in value.items():
                if key != "$schema":
                    yield from leaves(inner)
        case list():
            for inner in value:
                yield from leaves(inner)
        case _:
            yield value


def test_the_flat_row_begins_as_promised() -> None:
    assert ", ".join(column.name for column in FLAT) == PROMISED
    assert TABLES["events"][: len(FLAT)] == FLAT


def test_the_table_of_claims_begins_as_promised() -> None:
    first = "id, event_id, claimant, attribution, stance, property, low, high, bound, as_stated"
    assert ", ".join(column.name for column in TABLES["claims"][:10]) == first


@pytest.mark.parametrize("table", LAYOUTS)
def test_a_table_is_described_and_its_keys_and_links_are_columns(table: str) -> None:
    layout = LAYOUTS[table]
    names = [column.name for column in layout.columns]
    assert len(set(names)) == len(names)
    assert {*layout.key, *(link.column for link in layout.links)} <= set(names)
    assert {link.table for link in layout.links} <= set(LAYOUTS)
    for column in layout.columns:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
        assert column.description.endswith(".")
        assert (column.codelist is not None) == (column.type is ColumnType.CODE)
        assert column.codelist is None or codes(column.codelist)


@effort(0.5)
@given(shared_documents())
def test_every_value_of_every_record_is_in_a_cell_that_is_not_derived(document: Any) -> None:
    built = read(document)
    cells: set[str] = set()
    for table, layout in LAYOUTS.items():
        for row in table_rows(built, table):
            for column, value in zip(layout.columns, row, strict=True):
                if not column.derived:
                    text = spell_cell(value)
                    cells.add(text)
                    cells.update(text.split(SEPARATOR) if column.many else text.split("#"))
    for kind in ("sources", "actors", "places", "events"):
        assert {spell_cell(leaf) for leaf in leaves(document.get(kind, []))} <= cells


@effort(0.5)
@given(shared_documents())
def test_cells_are_of_the_type_that_their_column_declares_and_keys_are_unique(document: Any) -> None:
    built = read(document)
    for table, layout in LAYOUTS.items():
        names = [column.name for column in layout.columns]
        keys = []
        for row in table_rows(built, table):
            keys.append(tuple(row[names.index(key)] for key in layout.key))
            for column, value in zip(layout.columns, row, strict=True):
                assert value is None or isinstance(value, TYPES[column.type]), (table, column.name)
                assert value != ""
                assert column.codelist is None or value is None or value in codes(column.codelist)
        assert len(set(keys)) == len(keys)
        assert all(part is not None for key in keys for part in key)


@effort(0.5)
@given(shared_documents())
def test_every_question_has_an_answer_for_whatever_the_schema_allows(document: Any) -> None:
    built = read(document)
    assert figures(built, by="status").n_events <= len(built.events)
    assert len(capture_matrix(built).events) <= len(built.events)
    assert all(dispute.claims and str(dispute) for dispute in disputes(built))
    for each in built.events:
        assert grade(built, each)
        assert disputed(built, each) <= {c.property for c in each.claims}
        assert sentence(built, each.id).endswith(".")
        assert all(str(position) for position in positions(built, each.id))
        assert len(trace(built, each.id)) == sum(len(c.evidence) for c in each.claims)
    for one in built.actors:
        assert {entry.event.id for entry in timeline(built, one.id)} == {
            e.id for e in EventFilter(actor=one.id).find(built)
        }


def test_the_flat_row_of_an_event_says_what_its_claims_say() -> None:
    built = records(
        [
            event(
                1,
                [
                    claim(1, "killed", "army", count=count(3, 9)),
                    claim(2, "killed", "wire", stance="denies", count=count(3, 9)),
                    claim(3, claimant="wire", status="rejected", status_reason="Invented."),
                ],
                type="territory_captured",
                where={"place": "mill", "precision": "exact"},
                participants=[{"actor": "army", "side": 1, "role": "attacker"}, {"actor": "front", "role": "victim"}],
            ),
            event(2, [claim(1)], when={"started": {"latest": "2016-01-01"}, "basis": "1"}),
        ],
        [actor("army", acled=[{"name": "Army", "inter": 1}])],
        [place("mill", "town"), place("town", None, (36.5, 38.25), country="SYR", admin1={"name": "Province"})],
    )
    rows = [dict(zip(PROMISED.split(", "), map(spell_cell, row), strict=False)) for row in table_rows(built, "events")]
    assert rows[0] == {
        "id": "CD-0001",
        "kind": "incident",
        "part_of": "",
        "type": "territory_captured",
        "title": "Event 1",
        "date_earliest": "2016-06-05",
        "date_latest": "2016-06-05",
        "date_shape": "within",
        "place_id": "mill",
        "place": "Mill",
        "admin1": "Province",
        "admin2": "",
        "country": "Syria",
        "iso3": "SYR",
        "latitude": "36.5",
        "longitude": "38.25",
        "place_precision": "area",
        "acled_event_type": "Battles",
        "acled_sub_event_type": "Government regains territory",
        "actors": "army; front",
        "killed_low": "0",
        "killed_high": "9",
        "n_claims": "2",
        "n_origins": "1",
        "disputed": "killed",
        "grade": "weak",
        "sources": "paper-1",
        "summary": "Invented.",
        "date_start": "2016-06-05",
        "date_end": "2016-06-05",
        "date_best": "2016-06-05",
        "date_precision": "1",
        "date_start_basis": "stated",
        "date_end_basis": "stated",
        "means": "",
        "target": "",
        "violence_type": "",
        "killed_reported_low": "",
        "killed_reported_high": "",
        "killed_reported_by": "",
    }
    nothing = ("date_earliest", "date_latest", "place", "latitude", "country", "killed_low", "disputed", "actors")
    assert [rows[1][name] for name in nothing] == [""] * len(nothing)
    assert rows[1]["date_shape"] == "lasting"


@pytest.mark.parametrize("table", TABLES)
def test_a_row_has_the_same_cells_alone_in_its_column_and_without_the_other_columns(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_ROWS", 7)
    layout, built = LAYOUTS[table], sample()
    alone = [tuple(column.value(item) for column in layout.columns) for item in layout.items(built)]
    assert [*table_rows(built, table)] == alone
    asked = {column.name for column in layout.columns[::3]}
    some = [
        tuple(cell if column.name in asked else None for column, cell in zip(layout.columns, row, strict=True))
        for row in alone
    ]
    assert [*table_rows(built, table, asked)] == some


def test_a_table_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownName) as caught:
        list(table_rows(records(), "claim"))
    assert caught.value.near[0] == "claims"


def test_cells_are_spelt_one_way() -> None:
    assert [spell_cell(v) for v in (None, True, False, 0, 0.5, dt.date(2016, 2, 29), "a")] == [
        "", "true", "false", "0", "0.5", "2016-02-29", "a"
    ]  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_without_pyarrow_the_data_frames_of_pandas_are_the_same(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = to_pandas(sample(), table)
    monkeypatch.setattr(dataframes, "is_installed", lambda library: False)
    pandas.testing.assert_frame_equal(to_pandas(sample(), table), quick)


def test_cells_are_freed_without_the_cyclic_collector():
    class Item:
        inner = None

    columns = (string("a", "A.", "inner.other"), integer("b", "B.", "inner.number"))
    held = Item()
    seen = weakref.ref(held)
    with collector_paused():
        assert gather(columns, [held]) == [[None], [None]]
        del held
        assert seen() is None
