"""The flat CSV: its columns, its dialect, what is read back from it, and cells that a spreadsheet will not run."""

from __future__ import annotations

import copy
import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.formats.csv_writer import FPUTCSV, MINIMAL, csv_line
from conflictdata.formats.spreadsheet import escape_formulas, unescape_formulas
from conflictdata.tables.columns import ColumnType
from conflictdata.tables.event_item import EventItem
from conflictdata.tables.events import EVENTS
from conflictdata.text import spell_cell
from tests.support.effort import effort
from tests.support.exported import records_of, rows, written
from tests.support.shared import shared_records, shared_worlds
from tests.support.small import DOCUMENT, small

COLUMNS = (
    *("id", "kind", "part_of", "type", "title", "date_earliest", "date_latest", "date_shape", "place_id", "place"),
    *("admin1", "admin2", "country", "iso3", "latitude", "longitude", "place_precision", "acled_event_type"),
    *("acled_sub_event_type", "actors", "killed_low", "killed_high", "n_claims", "n_origins", "disputed", "grade"),
    *("sources", "summary", "date_start", "date_end", "date_best", "date_precision", "date_start_basis"),
    *("date_end_basis", "means", "target", "violence_type", "killed_reported_low", "killed_reported_high"),
    "killed_reported_by",
)
CELLS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12) | st.sampled_from(
    ['"', '""', ",", "\n", "\r\n", "\r", "\t", "\\", " ", "=1+1", "-1", "'=1", '"=1', ";=1", "＝1", "\u2028", "@a"]
)


@effort(0.5)
@given(shared_records() | shared_worlds())
def test_csv_read_back_equals_the_view(whole):
    table = list(csv.reader(io.StringIO(written("csv", whole).decode(), newline=""), strict=True))
    items = [EventItem(whole, event) for event in whole.events if event.withdrawn is None]
    assert tuple(table[0][: len(COLUMNS)]) == COLUMNS
    assert table[0] == [column.name for column in EVENTS.columns]
    assert table[1:] == [[spell_cell(column.value(item)) for column in EVENTS.columns] for item in items]


@effort(0.5)
@given(shared_records())
def test_what_the_row_keeps_of_the_records_is_in_it_letter_for_letter(whole):
    for row in rows(written("csv", whole)):
        event = whole.events[row["id"]]
        assert (row["kind"], row["type"], row["title"], row["summary"]) == (
            event.kind,
            event.type,
            event.title,
            event.summary,
        )
        assert row["part_of"] == (event.part_of or "")
        lasting = event.when.lasting
        first = event.when.started.earliest if event.when.started else event.when.earliest
        last = event.when.ended.latest if event.when.ended else event.when.latest
        assert (row["date_earliest"], row["date_latest"]) == (str(first or ""), str(last or ""))
        assert row["date_shape"] == ("lasting" if lasting else "within")
        assert row["actors"].split("; ") == ([who.actor for who in event.participants] or [""])
        place = whole.places[event.where.place] if event.where else None
        assert row["place_id"] == (place.id if place else "")
        if place is not None:
            assert row["place"] == place.name
            for name, told in (("admin1", place.admin1), ("admin2", place.admin2)):
                assert told is None or row[name] == told.name
            assert place.country is None or row["iso3"] == place.country
            point = event.where.point or place.point
            if point is not None:
                assert (float(row["latitude"]), float(row["longitude"])) == (point.lat, point.lon)


def test_a_withdrawn_event_has_no_row():
    assert [row["id"] for row in rows(written("csv", small()))] == ["CD-0001", "CD-0002", "CD-0003", "CD-0004"]


@effort(2)
@given(st.lists(CELLS, min_size=2, max_size=5))
def test_a_line_is_read_back_whole_whatever_it_holds(cells):
    for quote in (MINIMAL, FPUTCSV):
        line = csv_line(cells, quote).decode()
        assert list(csv.reader(io.StringIO(line, newline=""), strict=True)) == [cells]
        assert line.endswith("\n")


@effort()
@given(st.lists(st.text(st.characters(exclude_characters="\0\r", codec="utf-8")), min_size=2, max_size=5))
def test_quotes_stand_only_where_they_must(cells):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(cells)
    assert csv_line(cells, MINIMAL).decode() == out.getvalue()


# Spreadsheets.

RUNS = tuple("=+-@\t\r＝＋－＠")


@effort(3)
@given(CELLS | st.lists(CELLS, max_size=4).map("".join))
def test_no_neutralised_text_begins_a_formula_and_the_text_can_be_restored(text):
    safe = escape_formulas(text)
    assert unescape_formulas(safe) == text
    assert not safe.lstrip(" \u00a0\u3000").startswith(RUNS)
    for piece in re.split(r'[",;|\n]', safe)[1:]:
        assert not piece.lstrip(" \u00a0\u3000").startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("one; =1", "one;' =1"),
        ("two\n\u3000@x", "two\n'\u3000@x"),
        ("-1 or -2", "'-1 or -2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("＝1", "'＝1"),
        (" =1", "' =1"),
        ("'=1", "''=1"),
        ('he said "=1"', 'he said "\'=1"'),
        ("a;=1", "a;'=1"),
        ("a\n- b", "a\n'- b"),
        ("a - b, c = d", "a - b, c = d"),
        ("'tis", "'tis"),
        ("", ""),
    ],
)
def test_what_is_neutralised(text, safe):
    assert escape_formulas(text) == safe and unescape_formulas(safe) == text


@pytest.mark.parametrize(("name", "at_risk"), [("csv", ["place", "summary"]), ("acled", ["location", "notes"])])
def test_only_text_is_made_safe_and_numbers_stay_numbers(name, at_risk):
    document = copy.deepcopy(DOCUMENT)
    document["places"][1]["name"] = "=Exampleton"
    document["places"][2].update(name="+Mill", point=document["places"][1]["point"] | {"lon": -1.5})
    document["places"][2].pop("point_unknown", None)
    document["events"][1]["summary"] = "-1"
    document["events"][2] |= {"withdrawn": {"reason": "For this test."}}
    whole = records_of(document)
    numbers = {column.name for column in EVENTS.columns if column.type is not ColumnType.STRING}
    numbers |= {"latitude", "longitude", "fatalities", "iso", "year", "timestamp"}
    changed = []
    for plain, safe in zip(rows(written(name, whole)), rows(written(name, whole, spreadsheet_safe=True)), strict=True):
        for column, cell in plain.items():
            assert safe[column] == (cell if column in numbers else escape_formulas(cell))
            changed += [column] if safe[column] != cell else []
    assert set(changed) == set(at_risk)
    assert any(row["longitude"].startswith("-1.5") for row in rows(written(name, whole, spreadsheet_safe=True)))
