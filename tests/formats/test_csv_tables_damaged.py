"""Damaged tables: each kind of damage is refused with its code at its row and column, and nothing is guessed."""

from __future__ import annotations

import csv
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.findings import MAX_FINDINGS, Code, Finding
from conflictdata.formats.csv_reader import MAX_CELL, MAX_COLUMNS, TableRows
from conflictdata.formats.csv_tables.reader import read_tables
from conflictdata.model import Records
from conflictdata.tables.registry import LAYOUTS
from conflictdata.validation import errors_only
from tests.formats.test_csv_tables import put, table_of
from tests.support.effort import effort
from tests.support.exported import folder_of
from tests.support.small import small


@pytest.fixture
def folder(tmp_path):
    """The tables of the small dataset, to be damaged."""
    return folder_of(tmp_path / "tables", small())


def refusals(folder):
    """What is wrong, as file with row, column and code; and that nothing was read then."""
    whole, findings = read_tables(folder)
    assert whole == Records.of()
    return [(finding.file.rpartition("/")[2], finding.pointer, finding.code.value) for finding in errors_only(findings)]


def with_cell(folder, table, row, column, cell):
    """Put another text into a cell; the heading is row 1."""
    lines = table_of(folder, table)
    lines[row - 1][lines[0].index(column)] = cell
    put(folder, table, lines)


BYTES = {
    "an empty file": (lambda data: b"", ("", "empty-input")),
    "UTF-16": (lambda data: data.decode().encode("utf-16"), ("", "encoding")),
    "Latin-1": (lambda data: data + "é".encode("latin-1"), ("", "encoding")),
    "a NUL": (lambda data: data.replace(b"attacker", b"atta\0ker", 1), ("", "encoding")),
    "a quote that is not closed": (lambda data: data.replace(b"attacker", b'"attacker', 1), ("/5", "csv-syntax")),
    "text after a quote": (lambda data: data.replace(b"attacker", b'"attacker"x', 1), ("/5", "csv-syntax")),
    "a stray quote": (lambda data: data.replace(b"attacker", b'att"acker', 1), ("/5", "csv-syntax")),
    "a lone CR": (lambda data: data.replace(b"attacker", b"att\racker", 1), ("/5", "csv-syntax")),
    "a quoted empty cell": (lambda data: data.replace(b"attacker", b'""', 1), ("", "missing-member")),
    "a short row": (lambda data: data.replace(b",attacker,", b",attacker", 1), ("", "ragged-row")),
    "a long row": (lambda data: data.replace(b"attacker,", b"attacker,,", 1), ("", "ragged-row")),
    "a blank row": (lambda data: data.replace(b"\n", b"\n\n", 1), ("", "ragged-row")),
    "a row of commas": (lambda data: data.replace(b"\n", b"\n,,,,,\n", 1), ("", "ragged-row")),
    "semicolons": (lambda data: data.replace(b",", b";"), ("", "dialect")),
    "tabs": (lambda data: data.replace(b",", b"\t"), ("", "dialect")),
    "a title": (lambda data: b"Participants\n" + data, ("", "title-row")),
    "a blank first row": (lambda data: b"\n" + data, ("", "title-row")),
    "an unknown column": (lambda data: data.replace(b"role", b"rule", 1), ("/5", "unknown-column")),
    "a column without a name": (lambda data: data.replace(b",role,", b",,", 1), ("/5", "unknown-column")),
    "a column twice": (lambda data: data.replace(b"role", b"side", 1), ("/5", "repeated-item")),
    "too many columns": (lambda data: b"x," * MAX_COLUMNS + b"\n" + data, ("", "too-many-items")),
}


def test_a_fault_of_encoding_is_reported_with_its_line(folder):
    path = folder / "participants.csv"
    lines = path.read_bytes().split(b"\n")
    for damaged in (b"\xe4", b"\0"):
        path.write_bytes(b"\n".join([*lines[:2], damaged + lines[2], *lines[3:]]))
        [finding] = read_tables(folder)[1]
        assert finding.message.endswith("(line 3)")


@pytest.mark.parametrize(
    ("cell", "advice"),
    [("3.50", "write 3.5"), ("2.0E+00", "write 2"), ("02", "write 2"), ("4,000", "no comma"), ("2,0", "no comma")],
)
def test_a_number_in_another_spelling_is_reported_with_the_right_one(folder, cell, advice):
    with_cell(folder, "claims", 2, "low", cell)
    [finding] = read_tables(folder)[1]
    assert (finding.pointer, finding.code) == ("/low", Code.NUMBER_SPELLING)
    assert advice in finding.message


@pytest.mark.parametrize(
    ("table", "cell"), [("events", "CD-1"), ("events", "cd-0001"), ("events", "CD-0001 "), ("actors", "Army")]
)
def test_an_id_that_is_none_is_reported_where_it_stands_and_not_only_where_it_is_referred_to(folder, table, cell):
    with_cell(folder, table, 2, "id", cell)
    assert (f"{table}.csv:2", "/id", "bad-format") in refusals(folder)


@pytest.mark.parametrize("name", ["events.xlsx", "Events.XLSX", "tables.ods", "events (1).csv"])
def test_an_edit_that_would_not_be_read_is_reported(folder, name):
    (folder / name).write_bytes(b"PK\x03\x04")
    assert refusals(folder) == [(name, "", "stray-file")]
    for left in (f"~${name}", f".~lock.{name}#"):
        (folder / left).write_bytes(b"")
    assert refusals(folder) == [(name, "", "stray-file")]


@pytest.mark.parametrize("damage", BYTES)
def test_a_damaged_file_is_refused_where_it_is_damaged(folder, damage):
    edit, (pointer, code) = BYTES[damage]
    path = folder / "participants.csv"
    path.write_bytes(edit(path.read_bytes()))
    file, *found = refusals(folder)[0]
    assert (*found,) == (pointer, code)
    assert re.fullmatch(r"participants\.csv(:[12])?", file)


def test_a_missing_column_is_named(folder):
    lines = table_of(folder, "evidence")
    put(folder, "evidence", [[*row[:-2], row[-1]] for row in lines])
    assert refusals(folder) == [("evidence.csv:1", "", "missing-column")]


def test_a_cell_that_is_too_long_is_refused(folder):
    with_cell(folder, "claims", 3, "notes", "x" * (MAX_CELL + 1))
    assert refusals(folder) == [("claims.csv:3", "/notes", "too-long")]


def test_of_one_table_no_more_than_a_thousand_faults_are_reported(folder):
    path = folder / "claims.csv"
    sound = path.read_bytes()
    for row in (b"a,b\n", sound.split(b"\n")[1].replace(b",", b",x", 1) + b"\n"):
        path.write_bytes(sound + row * 3000)
        found = refusals(folder)
        assert len(found) == MAX_FINDINGS + 1
        assert found[-1][1:] == ("", "too-many-items")


def test_a_derived_cell_that_is_too_long_is_not_what_the_records_give(folder):
    with_cell(folder, "events", 2, "sources", "x" * (MAX_CELL + 1))
    assert refusals(folder) == [("events.csv:2", "/sources", "cell-mismatch")]


@pytest.mark.parametrize("name", [*LAYOUTS, "datapackage"])
def test_a_missing_file_is_named(folder, name):
    suffix = ".json" if name == "datapackage" else ".csv"
    (folder / f"{name}{suffix}").unlink()
    assert refusals(folder) == [(f"{name}{suffix}", "", "unreadable-file")]


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    assert {code for _, _, code in refusals(tmp_path / "nowhere")} == {"unreadable-file"}


CELLS = [
    ("claims", 3, "low", "1E5", "number-spelling"),
    ("claims", 3, "low", "300.50", "number-spelling"),
    ("claims", 3, "low", "0300", "number-spelling"),
    ("claims", 3, "low", "+300", "number-spelling"),
    ("claims", 3, "low", "-0", "number-spelling"),
    ("claims", 3, "low", " 300", "number-spelling"),
    ("claims", 3, "low", "NaN", "number-spelling"),
    ("claims", 3, "low", "\u0663\u0660\u0660", "number-spelling"),
    ("claims", 3, "low", "1,000", "number-spelling"),
    ("claims", 3, "low", "NULL", "number-spelling"),
    ("claims", 3, "low", "-300", "out-of-range"),
    ("claims", 3, "low", "300.5", "wrong-type"),
    ("claims", 3, "low", "301", "range-reversed"),
    ("claims", 3, "bound", "NA", "not-in-codelist"),
    ("claims", 3, "stated_earliest", "42420", "bad-format"),
    ("claims", 3, "stated_earliest", "Feb-16", "bad-format"),
    ("claims", 3, "stated_earliest", "20/02/2016", "bad-format"),
    ("claims", 3, "stated_earliest", "2016-02-30", "bad-format"),
    ("claims", 3, "stated_earliest", "2016-02-21", "window-reversed"),
    ("claims", 3, "claimant", "nobody", "dangling-reference"),
    ("claims", 3, "claimant", "-", "bad-format"),
    ("claims", 3, "event_id", "CD-0009", "dangling-reference"),
    ("claims", 3, "event_id", "", "wrong-combination"),
    ("claims", 3, "id", "CD-0001#c1", "duplicate-id"),
    ("claims", 5, "via", "examplewire;valley-monitor", "bad-format"),
    ("claims", 5, "via", "examplewire; ", "empty-string"),
    ("claims", 3, "speaker", "x\u202ey", "bad-format"),
    ("claims", 3, "speaker", "x\x1b[31my", "bad-format"),
    ("events", 3, "date_earliest", "1e3", "bad-format"),
    ("events", 3, "type", "battel", "not-in-codelist"),
    ("events", 3, "title", "", "missing-member"),
    ("sources", 2, "furniture", "3; x", "number-spelling"),
    ("sources", 2, "furniture", "3; \u00b2", "number-spelling"),
    ("evidence", 2, "digest", "1E+16", "bad-format"),
    ("evidence", 2, "relation_id", "river-guard#r1", "wrong-combination"),
    ("names", 2, "place_id", "exampleton", "wrong-combination"),
    ("participants", 2, "side", "3", "not-in-codelist"),
    ("participants", 2, "event_id", "CD-0000", "dangling-reference"),
    ("places", 3, "longitude", "38,25", "number-spelling"),
    ("places", 3, "longitude", "8.25", "point-outside-country"),
    ("actors", 3, "kind", "Armed group", "not-in-codelist"),
]


@pytest.mark.parametrize(("table", "row", "column", "cell", "code"), CELLS)
def test_a_bad_cell_is_refused_at_its_row_and_column(folder, table, row, column, cell, code):
    with_cell(folder, table, row, column, cell)
    found = refusals(folder)
    assert code in {found_code for _, _, found_code in found}, found
    places = {(file, pointer) for file, pointer, found_code in found if found_code == code}
    assert any(file == f"{table}.csv:{row}" for file, _ in places), found
    if code not in (
        "missing-member",
        "wrong-combination",
        "point-outside-country",
        "range-reversed",
        "window-reversed",
    ):
        assert (f"{table}.csv:{row}", f"/{column}") in places, found


MISMATCHES = [
    ("events", 2, "grade", "fair"),
    ("events", 3, "killed_low", "3"),
    ("events", 3, "place", "Mill"),
    ("events", 3, "n_claims", "5"),
    ("events", 3, "date_shape", "sometimes"),
    ("events", 2, "date_latest", "2016-03-01"),
    ("events", 3, "actors", "northern-brigade"),
    ("claims", 2, "origin", "southern-front"),
    ("claims", 3, "id", "CD-0002#c9"),
    ("participants", 3, "position", "7"),
    ("evidence", 2, "id", "CD-0001#c1.4"),
    ("names", 2, "id", "actor:river-guard.2"),
]


@pytest.mark.parametrize(("table", "row", "column", "cell"), MISMATCHES)
def test_a_cell_that_is_not_what_the_records_give_is_not_passed_over(folder, table, row, column, cell):
    with_cell(folder, table, row, column, cell)
    found = refusals(folder)
    assert (f"{table}.csv:{row}", f"/{column}", "cell-mismatch") in found or table != "events", found
    assert any(code in ("cell-mismatch", "dangling-reference") for _, _, code in found), found


@pytest.mark.parametrize("table", LAYOUTS)
def test_a_row_that_stands_twice_is_refused(folder, table):
    lines = table_of(folder, table)
    put(folder, table, [*lines, lines[1]])
    codes = {code for _, _, code in refusals(folder)}
    assert codes & {"duplicate-id", "cell-mismatch", "repeated-item", "chain-out-of-order"}


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("conflictdata:schema", "urn:conflictdata:schema:2.0.0:dataset", "unknown-schema"),
        ("conflictdata:spreadsheet_safe", "no", "wrong-type"),
        ("conflictdata:release", {"version": "16.7", "date": "2016-07-01", "stage": "final"}, "bad-format"),
        ("conflictdata:release", "2016.7.0", "wrong-type"),
    ],
)
def test_a_bad_descriptor_is_refused(folder, member, value, code):
    path = folder / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {member: value}), "utf-8")
    [(file, pointer, found)] = refusals(folder)
    assert (file, found) == ("datapackage.json", code) and pointer.startswith(f"/{member}")


def test_every_fault_of_every_file_is_reported_in_one_run(folder):
    for table in ("actors", "claims", "places"):
        path = folder / f"{table}.csv"
        path.write_bytes(path.read_bytes() + b"x\ny,z\n")
    assert [(file.split(":")[0], code) for file, _, code in refusals(folder)] == [
        (f"{table}.csv", "ragged-row") for table in ("claims", "actors", "places") for _ in range(2)
    ]


@effort(3)
@given(st.text(st.sampled_from('",\n\r;x\t \ufeff')) | st.binary().map(lambda data: data.decode("latin-1")))
def test_whatever_the_strict_reader_takes_the_standard_library_reads_alike(text):
    table = TableRows(text.encode(), "x.csv")
    rows = [*table]
    assert rows
    if any(isinstance(row, Finding) for row in rows):
        return
    lines = re.split("(?<=\n)", text.removeprefix("\ufeff"))
    plain = list(csv.reader([line for line in lines if line], strict=True))
    # The standard library reads a blank line as a row of no cells; line ends in a quoted cell stay as they are.
    assert rows == [(number, row or [""]) for number, row in enumerate(plain, 1)][: len(rows)]
    blank = plain[len(rows) :]
    assert all(set(row) <= {""} for row in blank) and (not rows or set(rows[-1][1]) != {""})
    assert any("at the end" in repair.message for repair in table.repairs) is bool(blank)
