"""The ACLED column layout: its columns, derived fields and byte dialect, and an honest account of what it refuses."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from conflictdata.analysis.acled_mapping import layout_type
from conflictdata.analysis.event_dates import event_dates
from conflictdata.codelists import codelist, codes
from conflictdata.errors import ConflictDataError
from conflictdata.formats.acled.actors import CIVILIAN, UNIDENTIFIED
from conflictdata.formats.acled.coding import Row, row_of
from conflictdata.formats.acled.layout_columns import columns, degrees, spelled_out
from conflictdata.formats.acled.skip_reasons import Reason
from conflictdata.formats.acled.time_place import time_of
from conflictdata.formats.acled.writer import skip_report
from conflictdata.formats.registry import FORMATS
from conflictdata.model import Release
from conflictdata.model.codes import EventType, ReleaseStage
from conflictdata.tables.events import EventItem
from tests.support.builders import claim, count, event, place, records
from tests.support.effort import effort
from tests.support.exported import ACTORS, PLACES, SOURCES, rows, worlds, written
from tests.support.sample import sample

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction"),
    *("civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude"),
    *("longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
INTER = {row["code"]: row["title"] for row in codelist("acled-inter")}
SUB_TYPES = {row["sub_event_type"]: row for row in codelist("acled-sub-event-types")}
FIGHT = [{"actor": "army", "side": 1, "role": "attacker"}, {"actor": "front", "side": 2, "role": "defender"}]
HERE = {"place": "town", "precision": "settlement"}


def world(*events):
    """Records of these events among the actors, places and documents of the layout's world."""
    return records(events, ACTORS, PLACES, SOURCES)


def incident(*claims, **more):
    """An incident that has a row, unless `more` takes away what it needs."""
    return event(1, claims or [claim(1)], **{"participants": FIGHT, "where": HERE, **more})


def only_row(whole, **options):
    """The one row of records that have one."""
    [row] = rows(written("acled", whole, **options))
    return row


def text(whole):
    """The rows as they are written."""
    return written("acled", whole).decode()


def reasons(whole):
    """Why events have no row."""
    return [skip.reason for skip in FORMATS["acled"].skips(whole)]


def test_there_are_31_columns_in_their_order():
    assert tuple(column.name for column in columns()) == COLUMNS
    assert len(COLUMNS) == 31
    assert written("acled", world()).decode() == ",".join(COLUMNS) + "\n"


def test_the_drawn_worlds_have_rows():
    # Only whether there are such worlds is asked, not how quickly this machine draws them.
    quick = settings(
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        max_examples=300,
        deadline=None,
        suppress_health_check=[*HealthCheck],
    )
    for kind in ("Battles", "Explosions/Remote violence", "Violence against civilians"):
        find(worlds(), lambda whole, kind=kind: kind in text(whole), settings=quick)


@effort()
@given(worlds())
def test_every_event_has_a_row_or_a_reason_and_never_both(whole):
    with_row = [row["event_id_cnty"] for row in rows(written("acled", whole))]
    skips = list(FORMATS["acled"].skips(whole))
    assert sorted({*with_row, *(skip.event_id for skip in skips)}) == list(whole.events.ids())
    assert not set(with_row) & {skip.event_id for skip in skips}
    assert len(set(with_row)) == len(with_row)
    for skip in skips:
        assert skip.reason in codes("acled-skip-reasons") and skip.sentence.endswith(".")
    assert rows(b"".join(skip_report(skips))) == [
        {"event_id": skip.event_id, "reason": skip.reason, "sentence": skip.sentence} for skip in skips
    ]


@effort()
@given(worlds())
def test_derived_fields_follow_from_the_others(whole):
    numeric = rows(written("acled", whole, inter="numeric"))
    for row, numbered in zip(rows(written("acled", whole)), numeric, strict=True):
        assert tuple(row) == COLUMNS and None not in row.values()
        assert row["year"] == row["event_date"][:4]
        sub_type = SUB_TYPES[row["sub_event_type"]]
        assert (row["event_type"], row["disorder_type"]) == (sub_type["event_type"], sub_type["disorder_type"])
        pair = sorted(int(numbered[name]) for name in ("inter1", "inter2"))
        assert numbered["interaction"] == (f"{pair[0]}{pair[1]}" if pair[0] else f"{pair[1]}0")
        for name in ("inter1", "inter2"):
            assert row[name] == INTER.get(numbered[name], "")
        assert (numbered["inter2"] == "0") == (row["inter2"] == "") == (row["actor2"] == "")
        first, second = (INTER[str(code)] if code else None for code in pair)
        one_sided = f"{second} only"
        expected = one_sided if first is None else f"{first}-{second}" if pair != [7, 8] else f"{second}-{first}"
        assert row["interaction"] == expected
        civilians = row["actor2"].startswith("Civilians (")
        rule = {"always": True, "never": False, "if_civilian_victim": civilians}[sub_type["civilian_targeting"]]
        assert row["civilian_targeting"] == ("Civilian targeting" if rule else "")
        [country] = [each for each in codelist("countries") if each["acled_country"] == row["country"]]
        assert (row["iso"], row["region"]) == (str(int(country["iso_numeric"])), country["acled_region"])
        assert row["tags"] == "" and row["timestamp"] == "0"


@effort()
@given(worlds())
def test_the_day_is_the_middle_of_a_window_of_at_most_a_month(whole):
    for row in rows(written("acled", whole)):
        happened = whole.events[row["event_id_cnty"]]
        first, last = time_of(whole, happened).window
        start, end = event_dates(whole, happened).window
        assert (start is None or start <= first) and (end is None or last <= end)
        length = (last - first).days + 1
        day = dt.date.fromisoformat(row["event_date"])
        assert row["time_precision"] == ("1" if length == 1 else "2" if length <= 7 else "3")
        assert length <= 31
        assert abs((day - first).days - (last - day).days) <= 1
        assert (f"{first} to {last}" in row["notes"]) == (length > 1)


@effort()
@given(worlds())
def test_actors_are_the_first_of_each_side_under_their_names_in_the_layout(whole):
    for row in rows(written("acled", whole)):
        happened = whole.events[row["event_id_cnty"]]
        for number in (1, 2):
            main, others = row[f"actor{number}"], row[f"assoc_actor_{number}"]
            listed = others.split("; ") if others else []
            assert ";" not in main and not any(";" in name for name in listed)
            assert len({main, *listed}) == len(listed) + 1
            known = {name.name.replace(";", ",") for actor in whole.actors for name in actor.acled}
            general = {name.format(row["country"]) for name in (UNIDENTIFIED, CIVILIAN)}
            assert {main, *listed} - {""} <= known | general
        if row["event_type"] == "Battles":
            assert not any(name.startswith("Civilians") for name in row["assoc_actor_1"].split("; "))
            assert row["actor1"] and row["actor2"], "a battle has two sides"
        side = [who.actor for who in happened.participants if who.side == 1]
        if row["event_type"] != "Violence against civilians" and side:
            names = {name.name.replace(";", ",") for who in side for name in whole.actors[who].acled}
            assert row["actor1"] in names | general


@effort()
@given(worlds())
def test_the_number_of_dead_is_the_low_of_the_figures_and_the_notes_say_what_it_hides(whole):
    for row in rows(written("acled", whole)):
        happened = whole.events[row["event_id_cnty"]]
        killed = EventItem(whole, happened).killed
        assert row["fatalities"] == str(killed.low or 0)
        silent = row["event_type"] == "Strategic developments" and not killed.parts
        assert ("stands for unknown" in row["notes"]) == (killed.low is None and not silent)
        assert ("is the low end" in row["notes"]) == (killed.low is not None and killed.low != killed.high)
        for told in happened.claims:
            named = whole.actors[told.claimant].name if told.attribution == "named" else "a source that is not named"
            assert named in row["notes"]
        assert " ".join(happened.summary.split()) in row["notes"]


@effort()
@given(worlds())
def test_no_cell_breaks_a_line_and_no_coordinate_has_other_than_four_decimals(whole):
    for row in rows(written("acled", whole)):
        assert not any("\n" in cell or "\r" in cell for cell in row.values())
        for name in ("latitude", "longitude"):
            assert re.fullmatch(r"-?[0-9]+\.[0-9]{4}", row[name])
        assert row["geo_precision"] in ("1", "2", "3")


@effort()
@given(worlds())
def test_sources_are_names_and_their_scale_has_at_most_two_parts_in_order(whole):
    order = codes("acled-source-scales")
    names = {actor.name.replace(";", ",") for actor in whole.actors}
    for row in rows(written("acled", whole)):
        assert row["source"] and set(row["source"].split("; ")) <= names
        parts = row["source_scale"].split("-") if row["source_scale"] else []
        assert len(parts) <= 2 and parts == sorted(set(parts), key=order.index)


def test_sampled_records_name_their_sources_and_never_acled_or_an_address():
    whole = sample()
    told = rows(written("acled", whole))
    assert told and {skip.event_id for skip in FORMATS["acled"].skips(whole)} | {
        row["event_id_cnty"] for row in told
    } == set(whole.events.ids())
    for row in told:
        assert row["source"] and not re.search("acled|http|www", row["source"], re.IGNORECASE)


def fputcsv(data):
    """The file as PHP's fputcsv would write the same cells."""
    lines = [list(rows(data)[0])] if rows(data) else []
    lines += [list(row.values()) for row in rows(data)]
    quoted = re.compile(r'[,"\\\n\r\t ]')
    return "".join(
        ",".join('"' + cell.replace('"', '""') + '"' if quoted.search(cell) else cell for cell in line) + "\n"
        for line in lines
    ).encode()


@effort()
@given(worlds())
def test_bytes_are_those_of_fputcsv(whole):
    for options in ({}, {"dates": "export", "inter": "numeric"}):
        data = written("acled", whole, **options)
        if rows(data):
            assert fputcsv(data) == data
        assert not data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\n") and b"\r\n" not in data


@effort()
@given(worlds())
def test_a_row_has_the_types_that_the_flat_table_names(whole):
    flat = {row["id"]: row for row in rows(written("csv", whole))}
    for row in rows(written("acled", whole)):
        same = flat[row["event_id_cnty"]]
        assert (same["acled_event_type"], same["acled_sub_event_type"]) == (row["event_type"], row["sub_event_type"])


@pytest.mark.parametrize("kind", [row["code"] for row in codelist("event-types")])
def test_every_event_type_has_a_row_or_says_that_it_maps_to_none(kind):
    [mapping] = [row for row in codelist("event-types") if row["code"] == kind]
    whole = world(incident(type=kind, kind=mapping["kind"]))
    assert EventType(kind)
    if mapping["kind"] == "operation":
        assert reasons(whole) == ["operation"]
    elif kind == "attack":  # the front is armed, so that it is a fight
        assert only_row(whole)["event_type"] == "Battles"
    elif mapping["acled_event_type"]:
        state = mapping["acled_sub_event_type_state"] or mapping["acled_sub_event_type"]
        row = only_row(whole)
        assert (row["event_type"], row["sub_event_type"]) == (mapping["acled_event_type"], state)
        assert layout_type(whole, whole.events[0]) == (row["event_type"], row["sub_event_type"])
    else:
        assert reasons(whole) == ["no-acled-type"]


def test_the_reasons_are_those_of_the_codelist():
    assert [reason.value for reason in Reason] == list(codes("acled-skip-reasons"))


REFUSED = {
    "operation": {"kind": "operation", "type": "battle"},
    "withdrawn": {"withdrawn": {"reason": "Told twice."}},
    "window-open": {"when": {"latest": "2016-06-05", "basis": "Paragraph 1."}},
    "window-too-wide": {"when": {"earliest": "2016-04-05", "latest": "2016-06-05", "basis": "Paragraph 1."}},
    "no-place": {"where": None},
    "place-too-vague": {"where": {"place": "town", "precision": "country"}},
    "no-point": {"where": {"place": "nowhere", "precision": "settlement"}},
    "no-country": {"where": {"place": "frontier", "precision": "settlement"}},
    "no-actor": {"participants": FIGHT[1:], "type": "air_strike"},
    "actor-without-name": {"participants": [{"actor": "realm", "side": 1, "role": "attacker"}]},
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_a_row_needs_is_refused_where_it_is_missing_and_not_guessed(reason):
    more = {key: value for key, value in REFUSED[reason].items() if value is not None}
    made = incident(**more)
    for key in REFUSED[reason].keys() - more.keys():
        del made[key]
    assert reasons(world(made)) == [reason]


EITHER = claim(2, "responsibility", responsibility={"actors": ["army", "front"], "how": "either"})
DISPUTED = {
    "no-origin": [claim(1, claimant=None)],
    "occurrence-disputed": [claim(1), claim(2, claimant="wire", stance="denies")],
    "responsibility-either": [claim(1), EITHER],
    "responsibility-disputed": [
        claim(1, "responsibility", responsibility={"actors": ["army"], "how": "all"}),
        claim(2, "responsibility", "wire", stance="denies", responsibility={"actors": ["army"], "how": "all"}),
    ],
}


@pytest.mark.parametrize("reason", DISPUTED)
def test_what_nobody_stands_for_or_somebody_contests_is_refused(reason):
    assert reasons(world(incident(*DISPUTED[reason]))) == [reason]


def test_every_reason_is_given_at_once():
    made = incident(
        claim(1, claimant=None), participants=FIGHT[1:], when=REFUSED["window-open"]["when"], type="air_strike"
    )
    assert reasons(world(made)) == ["no-origin", "window-open", "no-actor"]


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


def test_operations_have_rows_for_those_who_ask_and_their_numbers_stay_in_the_notes():
    toll = claim(2, "killed", count=count(40, 40, scope="running_total"))
    whole = world(incident(claim(1), toll, kind="operation", type="battle"))
    assert reasons(whole) == ["operation"]
    row = only_row(whole, operations=True)
    assert (row["event_type"], row["fatalities"]) == ("Battles", "0") and "40 people" in row["notes"]
    assert not list(FORMATS["acled"].skips(whole, operations=True))


def test_one_account_is_not_exported_without_the_other():
    first = incident(claim(1, "result", "army", result={"outcome": "succeeded"}))
    other = claim(1, "result", "wire", result={"outcome": "failed"}, conflicts_with=["CD-0001#c1"])
    second = event(2, [other], participants=FIGHT, where=HERE)
    assert [row["event_id_cnty"] for row in rows(written("acled", world(first, second)))] == ["CD-0001", "CD-0002"]
    refused = event(2, [other], participants=FIGHT, where={"place": "town", "precision": "country"})
    assert sorted(reasons(world(first, refused))) == ["other-account-refused", "place-too-vague"]


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
    assert "Also named, without a place in this layout: Nameless (supporter); Crowd (mediator)." in row["notes"]


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


def test_a_point_borrowed_from_a_country_is_refused():
    assert reasons(world(incident(where={"place": "village", "precision": "settlement"}))) == ["place-too-vague"]


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


def test_only_the_chosen_events_get_rows_and_reasons():
    whole = world(incident(), incident() | {"id": "CD-0002"}, incident(type="attack") | {"id": "CD-0003"})
    chosen = [whole.events["CD-0002"]]
    assert [row["event_id_cnty"] for row in rows(written("acled", whole, chosen))] == ["CD-0002"]
    assert list(FORMATS["acled"].skips(whole, chosen)) == []
    assert isinstance(row_of(whole, chosen[0]), Row)
