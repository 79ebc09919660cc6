"""What every export format promises: same records, same bytes; a selection stands by itself; what is lost is said."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.selection import subset
from conflictdata.errors import InvalidValue
from conflictdata.formats.acled.layout_columns import columns
from conflictdata.formats.interface import FileFormat, FolderFormat
from conflictdata.formats.json_document import validate_dataset
from conflictdata.formats.registry import FORMATS
from conflictdata.schema.documents import resolve, schema
from conflictdata.schema.validate import validate
from conflictdata.tables.events import FLAT
from conflictdata.tables.registry import LAYOUTS
from conflictdata.validation import errors_only
from tests.support.draw.records import datasets
from tests.support.effort import effort
from tests.support.exported import everything, records_of, rows, shuffled, written
from tests.support.shared import shared_records, shared_worlds
from tests.support.small import small

SAFE = {"spreadsheet_safe": True}
FOLDERS = ("tables", "sqlite", "parquet", "timemap")
LEAVING_OUT = {"acled", "ged", "timemap"}


def test_the_formats_are_those_that_the_project_promises():
    assert list(FORMATS) == [
        *("json", "jsonl", "csv", "tables", "xlsx", "acled", "ged", "geojson", "geojsonl", "sqlite", "parquet", "kml"),
        *("timemap", "html"),
    ]
    for name, each in FORMATS.items():
        assert each.name == name and each.description.endswith(".")
        assert each.lossless == (name in ("json", "tables"))
        assert isinstance(each, FolderFormat if name in FOLDERS else FileFormat)
        for option in each.options:
            assert option.description.endswith(".")
            option.check(option.default)


@effort(0.25)
@given(shared_records() | shared_worlds(), st.integers(0, 99))
def test_the_order_in_which_records_are_read_never_changes_an_export(whole, seed):
    assert everything(shuffled(whole, seed)) == everything(whole)


def test_hash_seed_time_zone_and_locale_never_change_an_export():
    program = (
        "import hashlib; from tests.support.exported import everything; from tests.support.small import small;"
        "print(hashlib.sha256(repr(everything(small())).encode()).hexdigest())"
    )
    setting = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **setting}, capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == hashlib.sha256(repr(everything(small())).encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("json", SAFE, "json has no option spreadsheet_safe; it has no options"),
        ("csv", {"inter": "text"}, "csv has no option inter; its options are spreadsheet_safe, bom"),
        ("csv", {"spreadsheet_safe": "yes"}, "spreadsheet_safe: 'yes' is not allowed; give true or false"),
        ("acled", {"inter": "words"}, "inter: 'words' is not allowed; choose from text, numeric"),
        ("acled", {"timestamp": True}, "timestamp: True is not allowed; give a whole number"),
        ("acled", {"timestamp": -1}, "timestamp: -1 is not allowed; give seconds from 0 to the end of the year 9999"),
        ("acled", {"words": 1}, "words: 1 is not allowed; give text"),
    ],
)
def test_an_option_that_does_not_fit_is_refused_before_anything_is_written(name, options, told):
    with pytest.raises(InvalidValue) as refused:
        FORMATS[name].content(small(), **options)
    assert str(refused.value) == told


def test_spreadsheet_safe_says_what_it_does():
    for name in ("csv", "tables", "acled", "ged"):
        assert FORMATS[name].notices() == () == FORMATS[name].notices({"spreadsheet_safe": False})
        [notice] = FORMATS[name].notices(SAFE)
        assert "apostrophe" in notice


def test_formats_that_leave_events_out_say_so():
    whole = small()
    assert {name for name, each in FORMATS.items() if list(each.skips(whole))} == LEAVING_OUT
    assert {name for name, each in FORMATS.items() if each.leaves_out} == LEAVING_OUT


def test_a_format_is_imported_when_it_is_looked_up_and_not_before():
    program = (
        "import sys; from conflictdata.formats.registry import FORMATS; list(FORMATS);"
        "assert not any(name.startswith('conflictdata.formats.csv') for name in sys.modules);"
        "FORMATS['csv']; print('conflictdata.formats.csv_flat' in sys.modules, 'pyarrow' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout
    assert told.split() == ["True", "False"]


def test_a_format_is_written_into_a_stream():
    stream = io.BytesIO()
    FORMATS["csv"].write(small(), stream, spreadsheet_safe=True)
    assert stream.getvalue() == written("csv", small(), spreadsheet_safe=True)


# A selection.


@pytest.mark.slow
@effort()
@given(datasets().map(records_of), st.data())
def test_a_selection_stands_by_itself_and_what_is_derived_of_it_stays_the_same(whole, data):
    chosen = data.draw(st.lists(st.sampled_from(whole.events))) if whole.events else []
    part = subset(whole, chosen)
    assert {event.id for event in chosen} == set(part.events.ids())
    again, findings = validate_dataset(written("json", whole, chosen), "selection")
    assert errors_only(findings) == [] and again == part and part.release is None
    for name, layout in LAYOUTS.items():
        assert _cells(layout, part) <= _cells(layout, whole), name


def _cells(layout, whole):
    return {tuple(column.value(item) for column in layout.columns) for item in layout.items(whole)}


@effort(0.5)
@given(shared_records(), st.data())
def test_a_table_of_events_has_rows_of_the_chosen_events_alone(whole, data):
    chosen = data.draw(st.lists(st.sampled_from(whole.events))) if whole.events else []
    ids = {event.id for event in chosen}
    every = rows(written("csv", whole))
    assert rows(written("csv", whole, chosen)) == [row for row in every if row["id"] in ids]
    lines = written("jsonl", whole).splitlines(keepends=True)
    picked = [line for line, event in zip(lines, whole.events, strict=True) if event.id in ids]
    assert written("jsonl", whole, chosen) == b"".join(picked)


def test_a_choice_in_another_order_or_twice_is_the_same_choice():
    whole = small()
    two = [whole.events["CD-0003"], whole.events["CD-0002"]]
    assert everything(whole, [*two, *two]) == everything(whole, two[::-1])


def test_a_selection_brings_the_operation_and_whatever_contradicts_it():
    whole = small()
    part = subset(whole, [whole.events["CD-0002"]])
    assert part.events.ids() == ("CD-0002",) and part.context.ids() == ("CD-0001", "CD-0003")
    assert part.all_events.ids() == ("CD-0001", "CD-0002", "CD-0003") and part.release is None
    assert len(subset(whole, []).all_events) == len(subset(whole, []).actors) == 0


# What is lost.


def members(part, path=""):
    """Every member of a dataset that holds a value of its own, as a dotted path."""
    while "$ref" in part:
        part = resolve(part["$ref"])
    if "properties" in part:
        for name, inner in part["properties"].items():
            if name != "$schema":
                yield from members(inner, f"{path}.{name}".removeprefix("."))
    elif part.get("type") == "array":
        yield from members(part["items"], path)
    else:
        yield path


MEMBERS = set(members(schema("dataset")))
WHOLE = {member for member in MEMBERS if member.partition(".")[0] not in ("selection", "context", "period")}
EVENT_TABLE = {
    *("events.id", "events.kind", "events.part_of", "events.type", "events.title", "events.summary", "events.notes"),
    *("events.when.earliest", "events.when.latest", "events.when.basis"),
    *(f"events.when.{end}.{bound}" for end in ("started", "ended") for bound in ("earliest", "latest")),
    *("events.where.place", "events.where.precision", "events.where.note", "events.participants.actor"),
    *(f"events.where.point.{part}" for part in ("lat", "lon", "mgrs", "radius_m", "source", "standing")),
    *("events.means", "events.target"),
    *("events.grade_override.grade", "events.grade_override.reason"),
    *("places.id", "places.name", "places.admin1.name", "places.admin2.name", "places.country"),
    *("places.point.lat", "places.point.lon", "places.point.radius_m"),
}
KEPT = {
    "json": MEMBERS,
    "tables": MEMBERS,
    "jsonl": {member for member in MEMBERS if member.startswith("events.")},
    "csv": EVENT_TABLE,
    "acled": {"events.id", "places.name", "places.admin1.name", "places.admin2.name", "places.admin3.name"},
    "ged": {
        *("events.id", "events.where.note", "places.name", "places.admin1.name", "places.admin2.name"),
        *("places.point.lat", "places.point.lon"),
    },
    "geojson": EVENT_TABLE,
    "geojsonl": EVENT_TABLE,
    "kml": EVENT_TABLE,
    "sqlite": WHOLE - {"release.date", "release.stage"},
    "xlsx": WHOLE - {"release.date", "release.stage"},
    "parquet": WHOLE - {"release.date", "release.stage"},
    "timemap": {
        *("events.id", "events.title", "events.type", "events.summary", "events.participants.actor"),
        *("places.name", "places.point.lat", "places.point.lon", "sources.id", "sources.title"),
    },
    "html": set(),
}
"""The members that can be read back from each format; the tests of each format read them back."""


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_format_loses_is_exactly_what_it_does_not_keep(name):
    loses = FORMATS[name].loses
    lost = {member for member in MEMBERS if any(f"{member}.".startswith(f"{each}.") for each in loses)}
    assert lost == MEMBERS - KEPT[name]
    for each in loses:
        assert any(f"{member}.".startswith(f"{each}.") for member in MEMBERS), f"{each} is no member"
        assert not any(f"{each}.".startswith(f"{other}.") for other in loses if other != each), f"{each} is said twice"


def test_every_column_is_described():
    for column in (*FLAT, *columns(), *(column for layout in LAYOUTS.values() for column in layout.columns)):
        assert column.description.endswith(".")


def test_a_format_is_never_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        FORMATS["json"].name = "other"


def test_the_dataset_schema_has_no_fault_to_find_in_the_small_dataset():
    from tests.support.small import DOCUMENT

    assert validate(DOCUMENT, "dataset", "small") == []
