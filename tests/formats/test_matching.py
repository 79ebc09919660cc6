"""Events of another dataset are paired with ours that lie near in time and space and share an actor."""

from __future__ import annotations

import pytest

from conflictdata import read_acled, read_ged
from conflictdata.formats.matching import match
from tests.support.builders import claim, count, event, records
from tests.support.exported import ACTORS, PLACES, SOURCES, written
from tests.support.layouts import GED_ROW, ROW, saved, spelled
from tests.support.sample import sample


def ours(**more):
    """Records of one fight in the town on 5 June 2016, with five to nine dead."""
    parts = [{"actor": "army", "side": 1, "role": "attacker"}, {"actor": "front", "side": 2, "role": "defender"}]
    made = event(1, [claim(1, "killed", count=count(5, 9))], participants=parts,
                 where={"place": "town", "precision": "settlement"}, **more)  # fmt: skip
    return records([made], ACTORS, PLACES, SOURCES)


THEIRS = ROW | {
    "event_date": "2016-06-05", "year": "2016", "actor1": "Front (late)", "actor2": "Nobody", "latitude": "35.95283",
    "longitude": "39.00788", "fatalities": "7",
}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({}, True),
        ({"event_date": "2016-06-08"}, True),
        ({"event_date": "2016-06-09"}, False),
        ({"latitude": "36.15"}, True),
        ({"latitude": "36.25"}, False),
        ({"actor1": "Another", "actor2": ""}, False),
        ({"actor1": "", "actor2": ""}, True),
    ],
)
def test_a_pair_lies_within_days_and_kilometres_and_shares_an_actor(tmp_path, cells, found):
    matched = match(ours(), read_acled(saved(tmp_path, spelled([THEIRS | cells]))))
    assert bool(matched.pairs) == found
    assert bool(matched.only_ours) != found and bool(matched.only_theirs) != found


def test_a_pair_says_how_far_apart_it_is_and_what_only_one_side_has(tmp_path):
    [pair] = match(ours(), read_acled(saved(tmp_path, spelled([THEIRS | {"event_date": "2016-06-07"}])))).pairs
    assert (pair.event_id, pair.their_id, pair.days_apart, pair.km_apart) == ("CD-0001", "SYR1", 2, 0)
    assert (pair.shared_actors, pair.only_theirs) == ("Front (late)", "Nobody")
    assert "Military Forces" in pair.only_ours
    assert (pair.killed_low, pair.killed_high, pair.their_deaths, pair.deaths) == (5, 9, 7, "within our range")


@pytest.mark.parametrize(
    ("deaths", "told"), [("4", "theirs lower"), ("5", "within our range"), ("10", "theirs higher")]
)
def test_deaths_are_compared_with_our_range(tmp_path, deaths, told):
    [pair] = match(ours(), read_acled(saved(tmp_path, spelled([THEIRS | {"fatalities": deaths}])))).pairs
    assert pair.deaths == told


def test_the_id_that_a_record_names_is_marked(tmp_path):
    file = read_acled(saved(tmp_path, spelled([THEIRS, THEIRS | {"event_id_cnty": "SYR2"}])))
    pairs = match(ours(external_ids=[{"dataset": "acled", "id": "SYR2"}]), file).pairs
    assert {pair.their_id: pair.listed for pair in pairs} == {"SYR1": False, "SYR2": True}


def test_our_own_export_matches_itself_and_events_without_a_place_are_counted(tmp_path):
    whole = sample()
    file = read_acled(saved(tmp_path, written("acled", whole)))
    matched = match(whole, file, window=0, km=1)
    exported = set(file.to_polars()["event_id_cnty"])
    assert exported <= {pair.event_id for pair in matched.pairs if pair.their_id == pair.event_id} | set(
        matched.not_placed
    )
    incidents = {e.id for e in whole.events if e.kind == "incident" and e.withdrawn is None}
    assert {pair.event_id for pair in matched.pairs} | {*matched.only_ours, *matched.not_placed} == incidents


def test_a_file_of_ged_is_matched_by_its_days_and_sides(tmp_path):
    whole = ours()
    named = {
        "side_a": "Nobody",
        "side_b": "Somebody",
        "date_start": "2016-06-01",
        "date_end": "2016-06-30",
        "year": "2016",
    }
    path = saved(tmp_path, spelled([GED_ROW | named | {"latitude": "35.95283", "longitude": "39.00788"}]))
    [pair] = match(whole, read_ged(path)).pairs  # our actors have no name in that layout, so that none is needed
    assert (pair.days_apart, pair.their_deaths, pair.deaths) == (0, 3, "theirs lower")
