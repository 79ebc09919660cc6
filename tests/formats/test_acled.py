"""The cells of a row in the ACLED column layout: who, where, when and how many."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from conflictdata.codelists import codelist
from conflictdata.errors import ConflictDataError
from conflictdata.formats.acled.layout_columns import columns, degrees, spelled_out
from conflictdata.formats.registry import FORMATS
from conflictdata.model import Release
from conflictdata.model.codes import ReleaseStage
from tests.support.acled import COLUMNS, FIGHT, HERE, incident, only_row, reasons, world
from tests.support.builders import claim, count, event, place, records
from tests.support.exported import ACTORS, PLACES, SOURCES, rows, written
from tests.support.sample import sample


def test_there_are_31_columns_in_their_order():
    assert tuple(column.name for column in columns()) == COLUMNS
    assert len(COLUMNS) == 31
    assert written("acled", world()).decode() == ",".join(COLUMNS) + "\n"


def test_sampled_records_name_their_sources_and_never_acled_or_an_address():
    whole = sample()
    told = rows(written("acled", whole))
    assert told and {skip.event_id for skip in FORMATS["acled"].skips(whole)} | {
        row["event_id_cnty"] for row in told
    } == set(whole.events.ids())
    for row in told:
        assert row["source"] and not re.search("acled|http|www", row["source"], re.IGNORECASE)


@pytest.mark.parametrize(
    ("first", "second", "number", "words"),
    [
        ("coalition", "people", "78", "External/Other forces-Civilians"),
        ("people", "coalition", "78", "External/Other forces-Civilians"),
        ("front", "army", "12", "State forces-Rebel group"),
        ("front", None, "23", "Rebel group-Political militia"),
        ("crowd", "crowd", "55", "Rioters-Rioters"),
    ],
)
def test_interaction(first, second, number, words):
    sides = [{"actor": first, "side": 1, "role": "attacker"}]
    sides += [{"actor": second, "side": 2, "role": "target"}] if second else []
    whole = world(incident(participants=sides))
    assert (only_row(whole)["interaction"], only_row(whole, inter="numeric")["interaction"]) == (words, number)


@pytest.mark.parametrize("targets", [[], [{"actor": "front", "side": 2, "role": "target"}]])
def test_civilians_whom_fire_hits_stand_with_the_target(targets):
    shells = {"actor": "army", "side": 1, "role": "attacker"}
    row = only_row(
        world(incident(type="shelling", participants=[shells, *targets, {"actor": "people", "role": "victim"}]))
    )
    assert "Civilians (Syria)" in (row["actor2"], row["assoc_actor_2"])
    assert bool(row["civilian_targeting"]) == (not targets)


def test_in_violence_against_civilians_the_victim_is_the_second_actor():
    sides = [
        {"actor": "army", "side": 1, "role": "perpetrator"},
        {"actor": "brigade", "side": 2, "role": "defender"},
        {"actor": "people", "role": "victim"},
    ]
    row = only_row(world(incident(type="attack_on_civilians", participants=sides)))
    assert (row["actor1"], row["actor2"]) == ("Military Forces", "Civilians (Syria)")
    assert row["assoc_actor_2"] == 'The "Northern" Brigade, 3rd'
    assert row["civilian_targeting"] == "Civilian targeting"


def test_an_armed_group_that_nobody_names_stands_where_nobody_else_can():
    victim = [{"actor": "people", "side": 1, "role": "victim"}]
    row = only_row(world(incident(type="abduction", participants=victim)))
    assert (row["actor1"], row["actor2"]) == ("Unidentified Armed Group (Syria)", "Civilians (Syria)")
    alone = only_row(world(incident(participants=FIGHT[:1])))
    assert (alone["actor1"], alone["actor2"]) == ("Military Forces", "Unidentified Armed Group (Syria)")
    lost = only_row(world(incident(type="control_changed", participants=FIGHT[1:])))
    assert (lost["actor1"], lost["actor2"]) == ("Unidentified Armed Group (Syria)", "Front (late)")


def test_an_armed_group_without_a_name_in_the_layout_has_a_row_under_the_general_name():
    row = only_row(world(incident(participants=[{"actor": "nameless", "side": 1, "role": "attacker"}, FIGHT[1]])))
    assert row["actor1"] == "Unidentified Armed Group (Syria)" and "Nameless" in row["notes"]


def test_a_start_that_is_known_dates_what_went_on():
    when = {"started": {"earliest": "2016-06-01", "latest": "2016-06-03"}, "basis": "1"}
    row = only_row(world(incident(when=when)))
    assert (row["event_date"], row["time_precision"]) == ("2016-06-02", "2")


def test_a_place_without_a_point_takes_that_of_the_operation_no_closer_than_its_governorate():
    battle = event(2, [claim(1)], kind="operation", type="battle", where=HERE)
    part = incident(where={"place": "road", "precision": "area"}, part_of="CD-0002")
    places = [*PLACES, place("road", country="SYR")]
    row = only_row(records([part, battle], ACTORS, places, SOURCES))
    assert (row["geo_precision"], row["location"], row["latitude"]) == ("3", "Road", "35.9528")


def test_every_kind_of_operation_has_a_type_in_the_layout_for_those_who_ask():
    kinds = [row["code"] for row in codelist("event-types") if row["kind"] == "operation"]
    for kind in kinds:
        assert only_row(world(incident(kind="operation", type=kind)), operations=True)["sub_event_type"]


def test_operations_have_rows_for_those_who_ask_and_their_numbers_stay_in_the_notes():
    toll = claim(2, "killed", count=count(40, 40, scope="running_total"))
    whole = world(incident(claim(1), toll, kind="operation", type="battle"))
    assert reasons(whole) == ["operation"]
    row = only_row(whole, operations=True)
    assert (row["event_type"], row["fatalities"]) == ("Battles", "0") and "40 people" in row["notes"]
    assert not list(FORMATS["acled"].skips(whole, operations=True))


def test_associates_are_named_once_and_those_without_a_place_in_the_notes():
    sides = [
        {"actor": "front", "side": 1, "role": "attacker"},
        {"actor": "herders", "side": 1, "role": "supporter"},
        {"actor": "nameless", "side": 1, "role": "supporter"},
        {"actor": "people", "side": 2, "role": "victim"},
        {"actor": "crowd", "role": "mediator"},
    ]
    row = only_row(world(incident(type="air_strike", participants=sides)))
    assert (row["assoc_actor_1"], row["actor2"]) == ("Farmers, Herders", "Civilians (Syria)")
    assert "Also named, but in no column of this layout: Nameless (supporter); Crowd (mediator)." in row["notes"]


def test_an_actor_of_the_state_regains_what_another_overtakes():
    by_state = only_row(world(incident(type="territory_captured")))
    by_others = only_row(world(incident(type="territory_captured", participants=[FIGHT[1] | {"side": 1}])))
    assert by_state["sub_event_type"] == "Government regains territory"
    assert by_others["sub_event_type"] == "Non-state actor overtakes territory"
    # Elsewhere the same army is a foreign one.
    abroad = only_row(world(incident(type="territory_captured", where={"place": "city", "precision": "settlement"})))
    assert (abroad["actor1"], abroad["inter1"]) == ("Army", "External/Other forces")
    assert abroad["sub_event_type"] == "Non-state actor overtakes territory"


def test_an_actor_bears_the_name_of_the_day():
    early = incident(when={"earliest": "2016-06-01", "latest": "2016-06-03", "basis": "Paragraph 1."})
    late = incident(when={"earliest": "2016-06-01", "latest": "2016-06-09", "basis": "Paragraph 1."})
    assert only_row(world(early))["actor2"] == "Front (early)"
    assert only_row(world(late))["actor2"] == "Front (late)"


@pytest.mark.parametrize(
    ("place", "precision", "expected", "latitude"),
    [
        ("town", "exact", "1", "35.9528"),
        ("town", "near", "2", "35.9528"),
        ("quarter", "settlement", "2", "35.9528"),
        ("hamlet", "settlement", "3", "36.0122"),
        ("province", "governorate", "3", "36.0122"),
    ],
)
def test_a_borrowed_point_is_coarser_and_the_notes_say_whose_it_is(place, precision, expected, latitude):
    row = only_row(world(incident(where={"place": place, "precision": precision})))
    assert (row["geo_precision"], row["latitude"], row["location"]) == (expected, latitude, place.title())
    assert ("the coordinates are those of" in row["notes"]) == (place in ("quarter", "hamlet"))


def test_dates_can_be_spelled_as_the_export_tool_did():
    assert only_row(world(incident()), dates="export")["event_date"] == "05 June 2016"
    months = {spelled_out(dt.date(2017, month, 1)).split()[1] for month in range(1, 13)}
    assert len(months) == 12 and spelled_out(dt.date(2017, 1, 31)) == "31 January 2017"


def test_vague_words_are_read_by_the_table_that_is_asked_for():
    whole = world(incident(claim(1), claim(2, "killed", count=count(as_stated="dozens"))))
    assert only_row(whole)["fatalities"] == "12"
    assert only_row(whole, words="literal")["fatalities"] == "24"
    with pytest.raises(ConflictDataError, match="no table of number words"):
        written("acled", whole, words="none")


def test_the_timestamp_is_the_day_of_the_release_unless_another_is_given():
    whole = world(incident())
    release = Release(version="2026.11.0", date=dt.date(2026, 11, 30), stage=ReleaseStage.FINAL)
    released = replace(whole, release=release)
    assert only_row(whole)["timestamp"] == "0"
    assert only_row(released)["timestamp"] == "1795996800"
    assert only_row(released, timestamp=1)["timestamp"] == "1"


@pytest.mark.parametrize(("number", "spelled"), [(48.006, "48.0060"), (-3.7, "-3.7000"), (36, "36.0000")])
def test_degrees_keep_their_zeros(number, spelled):
    assert degrees(number) == spelled
