"""Names: whatever the spelling, a name leads to its record; what is near is suggested."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import conflictdata
from conflictdata.analysis.arguments import resolve_choice
from conflictdata.analysis.lookup import actor_id, event_id, find_record, place_id
from conflictdata.errors import UnknownName
from tests.support.builders import actor, claim, event, place, records
from tests.support.effort import effort

RECORDS = conflictdata.load()
NAMES = [
    (table.name, record.id, name)
    for table in (RECORDS.actors, RECORDS.places)
    for record in table
    for name in (record.id, record.name, *(other.text for other in record.names))  # type: ignore[attr-defined]
]
SPELLINGS = {
    "as it is": str,
    "upper": str.upper,
    "small": str.lower,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "spaces": lambda name: f"  {name.replace(' ', '  ')} ",
    "no hyphens": lambda name: name.replace("-", " "),
    "hyphens": lambda name: name.replace(" ", "-"),
    "curly": lambda name: name.replace("'", "\u2019"),
    "the": lambda name: f"the {name}",
}


@effort(2)
@given(st.sampled_from(NAMES), st.sampled_from(sorted(SPELLINGS)))
def test_every_name_of_every_record_leads_to_it_in_every_spelling(named: tuple[str, str, str], spelling: str) -> None:
    table, record_id, name = named
    assert getattr(RECORDS, table)[SPELLINGS[spelling](name)].id == record_id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SOHR", "syrian-observatory-for-human-rights"),
        ("CJTF-OIR", "us-led-coalition"),
        ("cjtf oir", "us-led-coalition"),
        ("SDF", "syrian-democratic-forces"),
        ("ypg", "ypg"),
        ("ISIS", "islamic-state"),
        ("IS", "islamic-state"),
        ("daesh", "islamic-state"),
        ("Da\u2019esh", "islamic-state"),
        ("\u062f\u0627\u0639\u0634", "islamic-state"),
    ],
)
def test_abbreviations_and_names_in_arabic_lead_to_actors(name: str, expected: str) -> None:
    assert actor_id(RECORDS.records, name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Raqqa", "raqqa"),
        ("al-Raqqa", "raqqa"),
        ("Ar-Raqqa", "raqqa"),
        ("\u0627\u0644\u0631\u0642\u0629", "raqqa"),
        ("\u0631\u0642\u0629", "raqqa"),
        ("Raqqa Province", "raqqa-governorate"),
        ("Ar-Raqqa Governorate", "raqqa-governorate"),
        ("Al-Anbar", "anbar"),
        ("Al-Hasakeh governorate", "hasakah-governorate"),
        ("Deir Ezzor", "deir-ez-zor"),
        ("Ath-Thawrah", "tabqa"),
        ("Nineveh", "ninewa"),
    ],
)
def test_articles_and_administrative_names_lead_to_places(name: str, expected: str) -> None:
    assert place_id(RECORDS.records, name) == expected
    assert RECORDS.places[name].id == expected
    assert RECORDS.find(place=name) == RECORDS.find(place=expected)
    assert name in RECORDS.places


def test_pejorative_names_are_marked_as_such() -> None:
    names = {name.text: name.kind for name in RECORDS.actors["islamic-state"].names}
    assert {names["Daesh"], names["\u062f\u0627\u0639\u0634"]} == {"pejorative"}


@pytest.mark.parametrize(
    "written",
    [
        "CD-0043",
        "cd-43",
        "CD 43",
        "cd0043",
        "43",
        " cd-043 ",
        "\uff23\uff24\uff0d\uff10\uff10\uff14\uff13",
        "CD\u20110043",
        "cd\u201343\u00a0",
        "Battle of Raqqa",
    ],
)
def test_an_event_is_found_however_its_id_is_written(written: str) -> None:
    assert event_id(RECORDS.records, written) == "CD-0043"
    assert find_record(RECORDS.records, written).id == "CD-0043"
    assert RECORDS.claims["cd-43#C2"].id == RECORDS.claims["43#2"].id == "CD-0043#c2"


@pytest.mark.parametrize(
    ("table", "asked", "near"),
    [
        ("actors", "syrian obs", "syrian-observatory-for-human-rights"),
        ("actors", "observatory", "syrian-observatory-for-human-rights"),
        ("actors", "Isalmic State", "islamic-state"),
        ("places", "raqq", "raqqa"),
        ("places", "Mosull", "mosul"),
        ("events", "CD-9943", "CD-0043"),
    ],
)
def test_what_is_near_is_suggested_from_all_names_prefixes_included(table: str, asked: str, near: str) -> None:
    with pytest.raises(KeyError) as raised:
        getattr(RECORDS, table)[asked]
    assert isinstance(raised.value, UnknownName)
    assert near in raised.value.near or table == "events"
    assert asked in str(raised.value)


def test_a_name_of_two_records_is_refused_and_both_are_named() -> None:
    world = records([event(1, [claim(1)])], [actor("one", name="Al-Both"), actor("two", name="the Both")])
    with pytest.raises(UnknownName) as raised:
        actor_id(world, "both")
    assert set(raised.value.near) == {"one", "two"}
    assert actor_id(world, "al both") == "one"


def test_a_name_is_looked_for_in_all_tables_and_a_table_can_be_named() -> None:
    world = records([event(1, [claim(1)])], [actor("raqqa"), actor("monitor")], [place("raqqa"), place("mill")])
    assert find_record(world, "Mill").id == "mill"
    assert find_record(world, "places/raqqa") is world.places["raqqa"]
    with pytest.raises(UnknownName) as raised:
        find_record(world, "Raqqa")
    assert set(raised.value.near) == {"actors/raqqa", "places/raqqa"}


@pytest.mark.parametrize("written", ["air_strike", "Air strike", "AIR-STRIKE"])
def test_codes_are_found_in_any_letter_case(written: str) -> None:
    assert resolve_choice("event type", written, ["air_strike", "shelling"]) == "air_strike"


@effort(0.5)
@given(st.text(max_size=40))
def test_any_text_leads_to_a_record_or_to_an_error_of_the_package(text: str) -> None:
    for table in (RECORDS.actors, RECORDS.places, RECORDS.sources, RECORDS.events, RECORDS.claims):
        assert table.get(text) is None or text in table
