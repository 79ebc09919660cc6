"""One list, three places: the CSV, the enum of the schema and that of Python say the same; and what maps, maps."""

from __future__ import annotations

import csv
import inspect
import re
from enum import StrEnum
from pathlib import Path

import pytest

from conflictdata.codelists import codelist, codes, number_words, word_table, words_range
from conflictdata.errors import InvalidValue
from conflictdata.findings import Code, Finding
from conflictdata.model import codes as enums
from conflictdata.resources import PACKAGE
from tests.support.draw.values import schema_at

FOLDER = Path(PACKAGE).parent / "schema" / "codelists"
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))
CODED = [name for name in NAMES if "code" in codelist(name)[0]]
WORDS = sorted(path.stem for path in (FOLDER / "number-words").glob("*.csv"))
ENUMS = {
    re.search(r"codelists/([a-z-]+)\.csv", inspect.getdoc(enum))[1]: enum
    for enum in vars(enums).values()
    if inspect.isclass(enum) and issubclass(enum, StrEnum) and enum is not StrEnum
}
DEFINITIONS = {
    found[1]: definition
    for definition in schema_at("definitions", "$defs").values()
    if (found := re.match(r"A code of codelists/([a-z-]+)\.csv: ", definition["description"]))
}


def derived(name):
    """What the definition of a codelist says of its codes, from the first sentence of each."""
    said = "; ".join(f"{row['code']} ({row['description'].split('. ')[0].rstrip('.')})" for row in codelist(name))
    return f"A code of codelists/{name}.csv: {said}."


@pytest.mark.parametrize("name", CODED)
def test_every_code_stands_once_with_a_title_and_a_description(name):
    rows = codelist(name)
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        assert row["code"] and row["title"] and row["description"], row
        assert row["description"] == row["description"].strip()


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.csv")), ids=lambda path: path.stem)
def test_a_codelist_is_plain_csv(path):
    data = path.read_bytes()
    assert data.endswith(b"\n") and b"\r" not in data
    data.decode("ascii")
    rows = list(csv.reader(data.decode().splitlines(), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}


def test_every_enum_of_the_schema_is_a_codelist_and_every_codelist_in_python_is_in_the_schema():
    enumerated = {name for name, part in schema_at("definitions", "$defs").items() if "enum" in part}
    assert len(DEFINITIONS) == len(enumerated) - 1  # the countries, which have no enum in Python
    assert sorted(ENUMS) == sorted(DEFINITIONS)


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_csv_schema_and_python_hold_the_same_codes_in_the_same_order(name):
    assert list(codes(name)) == DEFINITIONS[name]["enum"] == [code.value for code in ENUMS[name]]


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_the_schema_describes_each_code_as_the_codelist_does(name):
    assert DEFINITIONS[name]["description"] == derived(name), f"write into definitions.schema.json: {derived(name)}"


def test_the_countries_of_the_schema_are_those_of_the_codelist():
    assert list(codes("countries")) == schema_at("definitions", "$defs", "country", "enum")
    for row in codelist("countries"):
        south, west, north, east = (float(row[side]) for side in ("south", "west", "north", "east"))
        assert -90 <= south < north <= 90 and -180 <= west < east <= 180
        assert row["iso_numeric"].isdecimal() and row["acled_country"] and row["acled_region"]


def test_every_finding_code_is_documented_with_its_severity():
    documented = {row["code"]: row["severity"] for row in codelist("finding-codes")}
    actual = {code.value: Finding("f", "", code, "").severity.value for code in Code}
    missing = sorted(actual.keys() - documented.keys())
    assert not missing, f"add a row to schema/codelists/finding-codes.csv for {', '.join(missing)}"
    assert documented == actual
    assert [*documented] == [code.value for code in Code]


# What codes map to.


def test_every_event_type_maps_to_an_acled_type_or_to_none():
    known = {(row["event_type"], row["sub_event_type"]) for row in codelist("acled-sub-event-types")}
    for row in codelist("event-types"):
        assert row["kind"] in codes("event-kinds")
        for sub_type in filter(None, (row["acled_sub_event_type"], row["acled_sub_event_type_state"])):
            assert (row["acled_event_type"], sub_type) in known, row["code"]
        assert bool(row["acled_event_type"]) == bool(row["acled_sub_event_type"])
        assert row["kind"] == "incident" or not row["acled_event_type"], "an operation never becomes a row"


def test_each_acled_sub_event_type_belongs_to_one_event_type_and_one_disorder_type():
    rows = codelist("acled-sub-event-types")
    assert len({row["sub_event_type"] for row in rows}) == len(rows) == 25
    assert {row["civilian_targeting"] for row in rows} == {"always", "never", "if_civilian_victim"}
    for row in rows:
        assert all(row.values()), row
        demonstrates = row["event_type"] in ("Protests", "Riots") and row["sub_event_type"] != "Mob violence"
        assert ("Demonstrations" in row["disorder_type"]) == demonstrates
        assert row["event_type"] != "Violence against civilians" or row["civilian_targeting"] == "always"


def test_each_acled_interaction_is_what_its_two_sides_are():
    label = {row["code"]: row["title"] for row in codelist("acled-inter")}
    assert [*label] == [str(number) for number in range(1, 9)]
    expected = {f"{one}0": f"{label[one]} only" for one in label}
    expected |= {one + other: f"{label[one]}-{label[other]}" for one in label for other in label if one <= other}
    expected["78"] = f"{label['8']}-{label['7']}"  # the one pair whose text puts the higher code first
    assert {row["code"]: row["title"] for row in codelist("acled-interaction")} == expected


def test_a_source_scale_is_one_component_or_two_in_order():
    components = codes("acled-source-scales")
    for scale in schema_at("actor", "properties", "source_scale", "enum"):
        parts = scale.split("-")
        assert len(parts) <= 2 and parts == [part for part in components if part in parts]


def test_acled_precision_codes_are_1_to_3_or_absent():
    assert {row["acled_geo_precision"] for row in codelist("place-precisions")} == {"1", "2", "3", ""}


def test_each_property_holds_the_value_that_the_schema_asks_of_it():
    rules = [rule for rule in schema_at("claim", "allOf") if "property" in rule["if"].get("properties", {})]
    needed = {}
    for rule in rules:
        subject = rule["if"]["properties"]["property"]
        for name in rule["then"].get("required", ()):
            needed |= dict.fromkeys(subject.get("enum", [subject.get("const")]), name)
    assert {row["code"]: row["value"] for row in codelist("properties") if row["value"]} == needed


def test_each_counting_property_has_the_units_that_the_schema_allows_it():
    allowed = {}
    for rule in schema_at("claim", "allOf"):
        units = rule["then"].get("properties", {}).get("count", {}).get("properties", {}).get("unit", {}).get("enum")
        if units:
            subject = rule["if"]["properties"]["property"]
            allowed |= dict.fromkeys(subject.get("enum", [subject.get("const")]), units)
    assert {row["code"]: row["units"].split() for row in codelist("properties") if row["units"]} == allowed
    assert {*codes("units")} == {unit for units in allowed.values() for unit in units}
    assert [row["code"] for row in codelist("properties") if row["value"] == "count"] == [
        row["code"] for row in codelist("properties") if row["units"]
    ]


# Number words.


@pytest.mark.parametrize("table", WORDS)
def test_a_table_of_number_words_gives_bounds_in_order(table):
    assert re.fullmatch("[a-z]+-[1-9][0-9]*", table)
    for words, (low, high) in number_words(table).items():
        assert words == words.casefold().strip()
        assert low is not None and low >= 0 and (high is None or low <= high)


def test_a_bare_name_is_its_latest_version():
    for table in WORDS:
        assert word_table(table) == table
    latest = {name: f"{name}-{max(int(w.rpartition('-')[2]) for w in WORDS if w.startswith(name + '-'))}"
              for name in {table.rpartition("-")[0] for table in WORDS}}  # fmt: skip
    for name, full in latest.items():
        assert word_table(name) == full
        assert number_words(name) == number_words(full)
    assert {"default", "literal", "acled"} == set(latest)


def test_every_reading_lies_within_the_default_one():
    default = number_words()
    for table in WORDS:
        for words, (low, high) in number_words(table).items():
            widest_low, widest_high = default[words]
            assert widest_low <= low
            assert widest_high is None or (high is not None and high <= widest_high)


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("Dozens of fighters", "dozens"),
        ("dozens more", "dozens"),
        ("Tens of thousands of people", "tens of thousands"),
        ("a number", "a number of"),
        ("several soldiers", "several"),
        ("many", "many"),
    ],
)
def test_words_are_read_with_what_is_counted(stated, words):
    assert words_range(stated) == number_words()[words]


def test_words_of_another_number_are_not_read_as_one_of_the_table():
    assert words_range("several dozen") == words_range("crossroads") == (None, None)
    assert words_range("tens of thousands", "acled") == (None, None)


def test_words_without_a_number_are_not_in_the_table():
    assert "several" in number_words("default")
    assert "several" not in number_words("acled")


@pytest.mark.parametrize(
    "table", ["vague", "", "default-99", "../event-types", "default-0", "default-1.csv", "DEFAULT"]
)
def test_an_unknown_table_is_refused_with_the_names_of_the_known(table):
    with pytest.raises(InvalidValue, match="acled, default, literal"):
        number_words(table)
