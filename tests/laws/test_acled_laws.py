"""What every row of the ACLED layout obeys, whatever the records: derived fields, dates, sources and bytes."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import given

from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.figures.totals import event_total
from conflictdata.codelists import codelist, codes
from conflictdata.formats.acled.actors import CIVILIAN, UNIDENTIFIED
from conflictdata.formats.acled.time_place import time_of
from conflictdata.formats.registry import FORMATS
from conflictdata.formats.skip_report import skip_report
from conflictdata.model.codes import Property
from tests.support.acled import COLUMNS
from tests.support.effort import effort
from tests.support.exported import rows, written
from tests.support.shared import drawn_worlds, shared_worlds

INTER = {row["code"]: row["title"] for row in codelist("acled-inter")}
SUB_TYPES = {row["sub_event_type"]: row for row in codelist("acled-sub-event-types")}


def text(whole):
    """The rows as they are written."""
    return written("acled", whole).decode()


def test_the_shared_worlds_have_rows():
    told = "".join(written("acled", world).decode() for world in drawn_worlds())
    for kind in ("Battles", "Explosions/Remote violence", "Violence against civilians"):
        assert kind in told


@effort()
@given(shared_worlds())
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
@given(shared_worlds())
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
@given(shared_worlds())
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
@given(shared_worlds())
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
@given(shared_worlds())
def test_the_number_of_dead_is_the_low_of_the_figures_and_the_notes_say_what_it_hides(whole):
    for row in rows(written("acled", whole)):
        happened = whole.events[row["event_id_cnty"]]
        killed = event_total(whole, happened, Property.KILLED)
        assert row["fatalities"] == str(killed.low or 0)
        silent = row["event_type"] == "Strategic developments" and not killed.parts
        assert ("means unknown" in row["notes"]) == (killed.low is None and not silent)
        assert ("is the lower bound" in row["notes"]) == (killed.low is not None and killed.low != killed.high)
        for told in happened.claims:
            named = whole.actors[told.claimant].name if told.attribution == "named" else "a source that is not named"
            assert named in row["notes"]
        assert " ".join(happened.summary.split()) in row["notes"]


@effort()
@given(shared_worlds())
def test_no_cell_breaks_a_line_and_no_coordinate_has_other_than_four_decimals(whole):
    for row in rows(written("acled", whole)):
        assert not any("\n" in cell or "\r" in cell for cell in row.values())
        for name in ("latitude", "longitude"):
            assert re.fullmatch(r"-?[0-9]+\.[0-9]{4}", row[name])
        assert row["geo_precision"] in ("1", "2", "3")


@effort()
@given(shared_worlds())
def test_sources_are_names_and_their_scale_has_at_most_two_parts_in_order(whole):
    order = codes("acled-source-scales")
    names = {actor.name.replace(";", ",") for actor in whole.actors}
    for row in rows(written("acled", whole)):
        assert row["source"] and set(row["source"].split("; ")) <= names
        parts = row["source_scale"].split("-") if row["source_scale"] else []
        assert len(parts) <= 2 and parts == sorted(set(parts), key=order.index)


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
@given(shared_worlds())
def test_bytes_are_those_of_fputcsv(whole):
    for options in ({}, {"dates": "export", "inter": "numeric"}):
        data = written("acled", whole, **options)
        if rows(data):
            assert fputcsv(data) == data
        assert not data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\n") and b"\r\n" not in data


@effort()
@given(shared_worlds())
def test_a_row_has_the_types_that_the_flat_table_names(whole):
    flat = {row["id"]: row for row in rows(written("csv", whole))}
    for row in rows(written("acled", whole)):
        same = flat[row["event_id_cnty"]]
        assert (same["acled_event_type"], same["acled_sub_event_type"]) == (row["event_type"], row["sub_event_type"])
