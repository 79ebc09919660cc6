"""The column layout of UCDP GED: its columns, the rules that its own files obey, and what has no row."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pandas
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from conflictdata import read_ged
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.violence_type import violence_type
from conflictdata.codelists import codelist, codes
from conflictdata.findings import Severity
from conflictdata.formats.ged.coding import priogrid
from conflictdata.formats.ged.layout_columns import columns
from conflictdata.formats.registry import FORMATS
from conflictdata.formats.skip_reasons import GedReason
from tests.support.builders import claim, count, counts
from tests.support.effort import effort
from tests.support.exported import rows, written
from tests.support.fights import fight, world
from tests.support.sample import sample
from tests.support.shared import shared_worlds

COLUMNS = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id"
    " dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources"
    " source_article source_office source_date source_headline source_original where_prec where_coordinates"
    " where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity"
    " date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
)
DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
PRECISIONS = codes("place-precisions")


def only_row(whole, **options):
    """The one row of records that have one."""
    [row] = rows(written("ged", whole, **options))
    return row


def test_there_are_49_columns_in_their_order():
    names = [column.name for column in columns()]
    assert names == COLUMNS.split() and len(names) == 49
    assert all(column.description.endswith(".") for column in columns())


@st.composite
def fights(draw):
    """Records of a few events between the actors of this file, near enough to rows that many become one."""
    made = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        one, two = draw(st.permutations(["is", "sdf", "syria", "brigade", "tribe", "people"]))[:2]
        start = dt.date(2016, 5, draw(st.integers(1, 28)))
        length = draw(st.sampled_from([0, 0, 0, 1, 5, 6, 7, 20]))
        when = {"earliest": str(start), "latest": str(start + dt.timedelta(length))}
        claims = [
            claim(n, "killed", draw(st.sampled_from(["monitor", "is", "syria"])), count=draw(counts()))
            for n in range(1, draw(st.integers(1, 3)) + 1)
        ]
        more = {
            "type": draw(st.sampled_from(["armed_clash", "air_strike", "attack_on_civilians", "suicide_bombing"])),
            "where": {"place": draw(st.sampled_from(["town", "land"])), "precision": draw(st.sampled_from(PRECISIONS))},
            "when": {**when, "basis": "Invented."},
        }
        made.append(replace_id(fight(one, two, *claims, **more), number))
    return world(*made)


@pytest.mark.parametrize("kind", ["1", "2", "3"])
def test_the_drawn_worlds_have_rows_of_every_type_of_violence(kind):
    quick = settings(
        phases=[Phase.generate], database=None, derandomize=True, max_examples=400, deadline=None,
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    find(
        fights(),
        lambda whole: any(row["type_of_violence"] == kind for row in rows(written("ged", whole))),
        settings=quick,
    )


@effort()
@given(fights() | shared_worlds(), st.sampled_from(["lowest", "median-origin", "party-excluded"]))
def test_the_rules_of_the_layout_hold_in_every_row(whole, rule):
    for row in rows(written("ged", whole, best=rule)):
        happened = whole.events[row["relid"]]
        deaths = [int(row[name]) for name in DEATHS]
        best, low, high = (int(row[name]) for name in ("best", "low", "high"))
        assert best == sum(deaths)
        assert 0 <= low <= best <= high and high > 0
        start, end = row["date_start"], row["date_end"]
        assert row["year"] == start[:4] == end[:4] and start <= end
        length = event_dates(whole, happened).precision
        assert row["date_prec"] == str(
            next(p for p, most in {1: 1, 2: 6, 3: 7, 4: 31, 5: 366}.items() if length <= most)
        )
        lat, lon = float(row["latitude"]), float(row["longitude"])
        assert row["geom_wkt"] == f"POINT ({row['longitude']} {row['latitude']})"
        assert int(row["priogrid_gid"]) == priogrid(lat, lon)
        assert row["country"] and row["country_id"]
        if row["where_prec"] in ("4", "6"):
            assert row["adm_2"] == ""
        if row["type_of_violence"] == "3":
            assert (row["side_b"], row["side_b_new_id"], row["side_b_dset_id"]) == ("Civilians", "1", "9999")
            assert deaths[:2] == [0, 0]
        if row["type_of_violence"] != "1":
            assert row["conflict_name"] == row["dyad_name"]
        assert int(row["id"]) > 100_000_000, "an id that could be one of UCDP's"
        assert "ucdp" not in row["code_status"].lower()


@effort()
@given(fights() | shared_worlds())
def test_every_event_has_a_row_or_a_reason_and_never_both(whole):
    with_row = [row["relid"] for row in rows(written("ged", whole))]
    skips = list(FORMATS["ged"].skips(whole))
    assert sorted({*with_row, *(skip.event_id for skip in skips)}) == list(whole.events.ids())
    assert not set(with_row) & {skip.event_id for skip in skips}
    for skip in skips:
        assert skip.reason in codes("ged-skip-reasons") and skip.sentence.endswith(".")


@effort(0.5)
@given(fights() | shared_worlds())
def test_a_file_of_ours_is_read_without_a_finding(tmp_path_factory, whole):
    for dates in ("time", "iso"):
        path = tmp_path_factory.mktemp("ged") / "ged.csv"
        path.write_bytes(written("ged", whole, dates=dates))
        assert [found for found in read_ged(path).findings if found.severity is Severity.ERROR] == []


@given(st.integers(-9_000_000, 9_000_000), st.integers(-18_000_000, 18_000_000))
def test_a_cell_of_the_grid_holds_its_point(north, east):
    lat, lon = north / 100_000, east / 100_000
    row, column = divmod(priogrid(lat, lon) - 1, 720)
    assert 0 <= row <= 359 and 0 <= column <= 719
    assert row / 2 - 90 <= lat <= row / 2 - 89.5 and column / 2 - 180 <= lon <= column / 2 - 179.5


def test_cells_of_the_grid_are_numbered_from_the_south_west():
    assert [priogrid(*point) for point in ((-90, -180), (-90, 180), (90, -180), (90, 180), (35.95, 39.01))] == [
        1, 720, 359 * 720 + 1, 259_200, 720 * 251 + 438 + 1
    ]  # fmt: skip


def test_reasons_and_types_are_those_of_the_codelists():
    assert [reason.value for reason in GedReason] == list(codes("ged-skip-reasons"))


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("sdf", "is", ("2", "14637", "IS - SDF", "13616", "14637")),
        ("brigade", "is", ("2", "14637", "IS - SDF", "13616", "14637")),
        ("is", "syria", ("1", "14620", "Government of Syria - IS", "13604", "13604")),
        ("tribe", "is", ("2", "", "Tribe - IS", "", "")),
    ],
)
def test_sides_are_the_dyad_that_is_known_whoever_attacks(one, two, expected):
    row = only_row(world(fight(one, two)))
    names = ("type_of_violence", "dyad_new_id", "dyad_name", "conflict_new_id", "conflict_dset_id")
    assert tuple(row[name] for name in names) == expected
    assert row["gwnoa"] == ("652" if expected[0] == "1" else "")


def test_dyads_are_listed_once_and_their_names_join_their_sides():
    listed = codelist("ucdp-dyads")
    assert (
        len({row["dyad_id"] for row in listed})
        == len({(r["side_a_id"], r["side_b_id"]) for r in listed})
        == len(listed)
    )
    for row in listed:
        assert row["dyad_name"] == f"{row['side_a']} - {row['side_b']}"
        assert row["type_of_violence"] in ("1", "2", "3")
        if row["type_of_violence"] != "1":
            assert row["conflict_name"] == row["dyad_name"]


def test_deaths_stand_under_the_side_that_they_are_of_and_collateral_civilians_under_civilians():
    whole = world(
        fight(
            "sdf", "is",
            claim(1, "killed", count=count(3, 3, of={"actor": "brigade", "status": "combatant"})),
            claim(2, "killed", count=count(10, 12, of={"actor": "is", "status": "combatant"})),
            claim(3, "killed", count=count(2, 2, of={"actor": "people", "status": "civilian"})),
            type="air_strike",
        )
    )  # fmt: skip
    row = only_row(whole, best="lowest")
    assert [row[name] for name in DEATHS] == ["10", "3", "2", "0"]
    assert (row["best"], row["low"], row["high"]) == ("15", "15", "17")
    assert row["type_of_violence"] == "2"


def test_deaths_that_may_be_counted_twice_are_not_divided():
    whole = world(
        fight(
            "sdf", "is",
            claim(1, "killed", count=count(20, 20)),
            claim(2, "killed", count=count(10, 10, of={"actor": "is", "status": "combatant"})),
        )
    )  # fmt: skip
    row = only_row(whole, best="lowest")
    assert [row[name] for name in DEATHS] == ["0", "0", "0", "20"] and row["best"] == "20"


def test_where_no_limit_is_set_for_all_the_high_is_the_largest_number_named():
    whole = world(
        fight(
            "sdf", "is",
            claim(1, "killed", count=count(10)),
            claim(2, "killed", "army", count=count(6, 6)),
            claim(3, "killed", "paper", count=count(25, 36, of={"actor": "people", "status": "civilian"})),
        )
    )  # fmt: skip
    row = only_row(whole, best="lowest")
    assert (row["low"], row["best"], row["high"]) == ("6", "6", "36")


def test_pandas_reads_the_file_as_it_reads_ucdps():
    whole = world(fight("sdf", "is"), replace_id(fight("is", "people", type="attack_on_civilians"), 2))
    frame = pandas.read_csv(io.BytesIO(written("ged", whole)), parse_dates=["date_start", "date_end"])
    assert list(frame.columns) == COLUMNS.split()
    integers = [
        "id",
        "year",
        "type_of_violence",
        "where_prec",
        "priogrid_gid",
        "country_id",
        *DEATHS,
        "best",
        "high",
        "low",
    ]
    assert (frame[integers].dtypes == "int64").all()
    assert (frame["best"] == frame[[*DEATHS]].sum(axis=1)).all()
    assert pandas.api.types.is_datetime64_any_dtype(frame["date_start"])


def replace_id(made, number):
    """The event under another id."""
    return {**made, "id": f"CD-{number:04}"}


def test_articles_stand_in_quotation_marks_within_their_cell():
    [row] = csv.DictReader(io.StringIO(written("ged", world(fight("sdf", "is"))).decode()))
    assert row["source_article"].startswith('"') and row["source_article"].endswith('"')
    assert row["number_of_sources"] == "1" and row["source_office"]


def test_sampled_records_have_a_row_or_a_reason():
    whole = sample()
    told = rows(written("ged", whole))
    assert {row["relid"] for row in told} | {s.event_id for s in FORMATS["ged"].skips(whole)} == set(whole.events.ids())
    assert all(violence_type(whole, whole.events[row["relid"]]) for row in told)
