"""The tables: a Data Package that its own validator passes, and that loads back equal whatever the text in it."""

from __future__ import annotations

import csv
import io
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import conflictdata
from conflictdata.canonical import read_object
from conflictdata.codelists import codes
from conflictdata.formats.csv_reader import MAX_CELL
from conflictdata.formats.csv_tables.assemble import JOINTS, KIND_OF, member_of
from conflictdata.formats.csv_tables.reader import read_tables
from conflictdata.formats.spreadsheet import escape_formulas
from conflictdata.model import Records
from conflictdata.tables.columns import ColumnType
from conflictdata.tables.registry import LAYOUTS
from conflictdata.text import spell_cell
from conflictdata.validation import errors_only
from tests.support.builders import actor, claim, event, records, source
from tests.support.calling import call
from tests.support.draw.records import datasets
from tests.support.effort import effort
from tests.support.exported import folder_of, records_of
from tests.support.sample import sample
from tests.support.shared import shared_records
from tests.support.small import small

SAFE = {"spreadsheet_safe": True}


def read_back(folder):
    """The records of a folder in which nothing is wrong."""
    whole, findings = read_tables(folder)
    assert errors_only(findings) == []
    return whole


def table_of(folder, name):
    """A table as the standard library reads it, its heading first."""
    return list(csv.reader(io.StringIO((folder / f"{name}.csv").read_bytes().decode(), newline=""), strict=True))


def put(folder, name, table, **dialect):
    """Write a table as the standard library does."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, **{"lineterminator": "\n", **dialect}).writerows(table)


@pytest.mark.slow
@effort()
@given(datasets().map(records_of), st.sampled_from([{}, SAFE]))
def test_tables_load_back_equal(tmp_path_factory, whole, options):
    folder = folder_of(tmp_path_factory.mktemp("tables"), whole, **options)
    again = read_back(folder)
    assert again == whole
    for table in ("sources", "actors", "places", "events"):
        assert [r.to_object() for r in getattr(again, table)] == [r.to_object() for r in getattr(whole, table)]
    assert again.release == whole.release


def test_a_folder_of_tables_is_loaded_and_listed_as_any_other(tmp_path):
    folder = folder_of(tmp_path / "tables", small())
    assert conflictdata.load(folder).records == small()
    assert call("list", "--withdrawn", "--data", folder).stdout.count("\n") == len(small().events) + 1


def test_the_small_dataset_fills_every_table_and_loads_back_equal(tmp_path):
    folder = folder_of(tmp_path / "tables", small())
    for name in LAYOUTS:
        assert len(table_of(folder, name)) > 1, name
    assert read_back(folder) == small()


def test_a_sample_of_the_records_loads_back_equal(tmp_path):
    whole = sample()
    assert read_back(folder_of(tmp_path / "tables", whole)) == whole


def test_a_cell_that_follows_from_others_is_as_long_as_they_make_it(tmp_path):
    ids = [f"s{number:04}".ljust(60, "x") for number in range(2200)]
    assert len("; ".join(ids)) > MAX_CELL
    told = [{"source": each, "paragraph": 1, "digest": "0123456789abcdef"} for each in ids]
    claims = [claim(n + 1, claimant=None) | {"evidence": told[n * 20 : n * 20 + 20]} for n in range(110)]
    sources = [source(each, sha256=f"{n:064}") for n, each in enumerate(ids)]
    whole = records([event(1, claims)], [actor("paper"), actor("unattributed", kind="unattributed")], [], sources)
    folder = folder_of(tmp_path / "tables", whole)
    assert read_back(folder) == whole


def test_nothing_loads_back_as_nothing(tmp_path):
    assert read_back(folder_of(tmp_path / "tables", Records.of())) == Records.of()


@effort(0.25)
@given(shared_records())
def test_tables_read_by_csv_reader_equal_the_view(tmp_path_factory, whole):
    folder = folder_of(tmp_path_factory.mktemp("tables"), whole)
    for name, layout in LAYOUTS.items():
        expected = [[spell_cell(column.value(item)) for column in layout.columns] for item in layout.items(whole)]
        assert table_of(folder, name) == [[column.name for column in layout.columns], *expected]


def test_the_claims_table_begins_as_promised():
    first = ["id", "event_id", "claimant", "attribution", "stance", "property", "low", "high", "bound", "as_stated"]
    assert [column.name for column in LAYOUTS["claims"].columns][: len(first)] == first
    promised = ["events", "participants", "claims", "evidence", "actors", "relations", "places", "sources"]
    assert list(LAYOUTS)[: len(promised)] == promised


def test_every_table_is_one_of_records_or_hangs_on_one():
    assert {*KIND_OF, *JOINTS} == set(LAYOUTS)
    for name, layout in LAYOUTS.items():
        held = [column.name for column in layout.columns if member_of(name, column) is not None]
        assert held and len({member_of(name, column) for column in layout.columns}) == len(held) + (
            len(held) != len(layout.columns)
        )


# The descriptor.


def test_frictionless_finds_no_fault_and_reads_no_network(tmp_path, monkeypatch):
    import socket

    from frictionless import Package, validate

    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    folder = folder_of(tmp_path / "tables", small())
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])
    package = Package(str(folder / "datapackage.json"))
    [row] = [row for row in package.get_resource("claims").read_rows() if row["id"] == "CD-0002#c4"]
    assert row["conflicts_with"] == ["CD-0002#c1"] and row["low"] is None and row["event_id"] == "CD-0002"


@pytest.mark.slow
@effort(0.1)
@given(shared_records())
def test_frictionless_finds_no_fault_in_any_dataset(tmp_path_factory, whole):
    from frictionless import validate

    folder = folder_of(tmp_path_factory.mktemp("tables"), whole)
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])


def test_the_descriptor_has_teeth_keys_that_lead_nowhere_are_found(tmp_path):
    from frictionless import validate

    folder = folder_of(tmp_path / "tables", small())
    wrong = (("claims", "event_id"), ("evidence", "source_id"), ("events", "part_of"))
    for table, column in wrong:
        heading, *rows = table_of(folder, table)
        rows[1][heading.index(column)] = "CD-0099"
        put(folder, table, [heading, *rows])
    found = {task.name for task in validate(str(folder / "datapackage.json")).tasks if not task.valid}
    assert found >= {table for table, _ in wrong}


def test_the_descriptor_says_what_each_column_is(tmp_path):
    folder = folder_of(tmp_path / "tables", small())
    described = read_object((folder / "datapackage.json").read_bytes(), "datapackage.json")
    assert described["version"] == "2016.7.0" and described["conflictdata:spreadsheet_safe"] is False
    assert [resource["name"] for resource in described["resources"]] == list(LAYOUTS)
    for resource, layout in zip(described["resources"], LAYOUTS.values(), strict=True):
        schema = resource["schema"]
        assert schema["missingValues"] == [""] and schema["primaryKey"] == list(layout.key)
        for field, column in zip(schema["fields"], layout.columns, strict=True):
            assert field["name"] == column.name and field["description"].startswith(column.description)
            assert field["description"].endswith("Derived.") == column.derived
            if column.codelist:
                assert field["constraints"]["enum"] == list(codes(column.codelist))
        links = {
            (key["fields"][0], key["reference"].get("resource", layout.name)) for key in schema.get("foreignKeys", ())
        }
        assert links == {(link.column, link.table) for link in layout.links}


def test_the_descriptor_says_whether_text_was_made_safe(tmp_path):
    folder = folder_of(tmp_path / "tables", small(), **SAFE)
    described = json.loads((folder / "datapackage.json").read_bytes())
    assert described["conflictdata:spreadsheet_safe"] is True
    heading, *rows = table_of(folder, "events")
    assert rows[2][heading.index("title")] == "'-Attack- on the people of Exampleton"
    plain = folder_of(tmp_path / "plain", small())
    for name, layout in LAYOUTS.items():
        text = [column.type is ColumnType.STRING for column in layout.columns]
        for safe_row, row in zip(table_of(folder, name)[1:], table_of(plain, name)[1:], strict=True):
            assert safe_row == [
                escape_formulas(cell) if is_text else cell for is_text, cell in zip(text, row, strict=True)
            ]


# What may be done to the files without harm.


@pytest.mark.parametrize("seed", range(3))
def test_rows_and_columns_may_stand_in_another_order(tmp_path, seed):
    folder = folder_of(tmp_path / "tables", small())
    mixed = random.Random(seed)
    for name in LAYOUTS:
        heading, *rows = table_of(folder, name)
        order = mixed.sample(range(len(heading)), len(heading))
        # Claims and relations have no place of their own among their like, so they keep their order.
        rows = rows if name in ("claims", "relations") else mixed.sample(rows, len(rows))
        put(folder, name, [[row[place] for place in order] for row in [heading, *rows]])
    assert read_back(folder) == small()


def test_derived_columns_may_be_left_out(tmp_path):
    folder = folder_of(tmp_path / "tables", small())
    for name, layout in LAYOUTS.items():
        keep = [place for place, column in enumerate(layout.columns) if not column.derived]
        put(folder, name, [[row[place] for place in keep] for row in table_of(folder, name)])
    assert read_back(folder) == small()


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data + b"\n\n",
        lambda data: data + b",,\n,,,,,\n",
    ],
    ids=["byte order mark", "CR LF", "blank rows", "rows of commas"],
)
def test_what_is_harmless_is_put_right_and_said(tmp_path, edit):
    folder = folder_of(tmp_path / "tables", small())
    path = folder / "participants.csv"
    path.write_bytes(edit(path.read_bytes()))
    whole, findings = read_tables(folder)
    assert whole == small()
    assert [(f.file, f.code, f.severity) for f in findings] == [(str(path), "csv-repaired", "warning")]


def test_every_cell_may_be_quoted(tmp_path):
    folder = folder_of(tmp_path / "tables", small())
    for name in LAYOUTS:
        lines = [",".join('"' + c.replace('"', '""') + '"' if c else "" for c in row) for row in table_of(folder, name)]
        (folder / f"{name}.csv").write_bytes("\n".join(lines).encode())
    assert read_back(folder) == small()
