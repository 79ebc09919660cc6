"""Lists, disputes, figures, control and timelines on the command line."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

import conflictdata
from conflictdata.dataset import Dataset
from conflictdata.errors import UnknownName
from conflictdata.tables.registry import TABLES
from conflictdata.text import spell_cell
from tests.support.calling import call
from tests.support.sample import sample

OURS = Dataset(sample())
pytestmark = pytest.mark.usefixtures("installed_sample")


def _rows(*words: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(call(*words, "--format", "csv").stdout, newline="")))


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_listed_with_every_row_and_column(table: str) -> None:
    heading, *rows = csv.reader(
        io.StringIO(call("list", table, "--columns", "all", "--withdrawn", "--format", "csv").stdout, newline="")
    )
    frame = OURS.to_pandas(table)
    assert (heading, len(rows)) == (list(frame.columns), len(frame))


@pytest.mark.parametrize(("word", "meant"), [("wounded", "injured"), ("deaths", "killed"), ("Fatalities", "killed")])
def test_the_usual_word_for_a_count_is_answered_with_its_code(word: str, meant: str) -> None:
    with pytest.raises(UnknownName) as refused:
        OURS.figures(word)
    assert refused.value.near == (meant,)
    done = call("figures", word, code=2)
    assert f"did you mean {meant}?" in done.stderr


def test_words_are_searched_in_events_and_in_claims() -> None:
    found = OURS.find(text="RAQQA", kind="incident")
    assert found and [row["id"] for row in _rows("list", "--search", "raqqa", "--kind", "incident")] == [*found.ids()]
    claims = {row["id"] for row in _rows("list", "claims", "--search", "raqqa", "--kind", "incident")}
    inside = {*OURS.find(kind="incident").ids()}
    assert claims == {each.id for each in OURS.claims.find(text="raqqa") if each.event.id in inside} != set()


def test_an_actor_whose_name_begins_alike_is_named_where_its_events_are_left_out() -> None:
    assert "russian-armed-forces" in call("list", "--actor", "russia").stderr
    assert "name begins" not in call("list", "--actor", "ypg").stderr
    assert "russian-armed-forces" in call("timeline", "russia").stderr
    assert "name begins" not in call("timeline", "russia", "--exact").stderr


def test_the_filters_choose_what_find_finds() -> None:
    asked = {
        ("--actor", "ypg"): {"actor": "ypg"},
        ("--actor", "ISIS", "--place", "Mosul"): {"actor": "ISIS", "place": "Mosul"},
        ("--place", "raqqa-governorate", "--exact"): {"place": "raqqa-governorate", "inside": False},
        ("--type", "air_strike"): {"type": "air_strike"},
        ("--kind", "operation"): {"kind": "operation"},
        ("--source", "syria-direct-2017-08-01"): {"source": "syria-direct-2017-08-01"},
        ("--from", "2017-01-01", "--to", "2017-03-31"): {"start": "2017-01-01", "end": "2017-03-31"},
        ("--part-of", "CD-0043"): {"part_of": "CD-0043"},
    }
    for words, wanted in asked.items():
        expected = [each.id for each in OURS.find(**wanted)]  # type: ignore[arg-type]
        assert expected, words
        assert [row["id"] for row in _rows("list", *words)] == expected


def test_claims_listed_are_those_of_the_events_chosen_and_the_places_those_they_refer_to() -> None:
    chosen = {each.id for each in OURS.find(actor="ypg")}
    assert {row["id"] for row in _rows("list", "claims", "--actor", "ypg")} == {
        each.id for each in OURS.claims if each.event.id in chosen
    }
    places = {row["id"] for row in _rows("list", "places", "--actor", "ypg")}
    needed = {each.where.place for each in OURS.find(actor="ypg") if each.where}
    assert needed <= places < {*OURS.places.ids()}


def test_columns_are_printed_in_the_order_asked_for() -> None:
    lines = call("list", "--columns", "title,id").stdout.splitlines()
    assert lines[0].split() == ["title", "id"]
    assert re.search(r"CD-\d{4}$", lines[1])


def test_an_unknown_table_column_code_or_day_is_misuse_and_a_near_one_is_named() -> None:
    assert "did you mean events" in call("list", "event", code=2).stderr
    told = call("list", "--columns", "titel", code=2).stderr
    assert 'has no column "titel"' in told and "did you mean title" in told
    assert "air_strike" in call("list", "--type", "airstrike", code=2).stderr
    assert "incident, operation" in call("list", "--kind", "x", code=2).stderr
    for day in ("2017-02-30", "20170201", "2017-2-1", "yesterday", "", "2017-01-01T00:00"):
        assert "is not a day" in call("list", "--from", day, code=2).stderr


def test_no_column_one_twice_and_a_choice_without_effect_are_misuse() -> None:
    assert 'has no column ""' in call("list", "--columns", "", code=2).stderr
    assert "the column id is given twice" in call("list", "--columns", "id,title,id", code=2).stderr
    for words in (["list"], ["figures", "killed"], ["disputes"], ["export", "csv"]):
        assert "--exact needs" in call(*words, "--exact", "--type", "air_strike", code=2).stderr


def test_an_unknown_id_or_name_is_reported_with_those_perhaps_meant() -> None:
    for words in (["list", "--actor", "ypgg"], ["timeline", "ypgg"]):
        assert "ypg" in call(*words, code=1).stderr
    assert "CD-00" in call("show", "CD-00x1", code=1).stderr
    assert "long-war-journal" in call("show", "long-war-journa", code=1).stderr
    assert "raqqa" in call("control", "raqa", "--on", "2016-06-15", code=1).stderr
    assert "CD-0003#c" in call("trace", "CD-0003#c99", code=1).stderr
    assert call("disputes", "CD-9999", code=1).stdout == ""


def test_disputes_show_every_side_of_every_dispute_with_its_evidence(world: Path) -> None:
    printed = call("disputes").stdout
    for dispute in OURS.disputes():
        for placed in dispute.claims:
            assert f"    {placed.id}  " in printed
    kinds = {dispute.kind.value for dispute in OURS.disputes()}
    for kind in kinds:
        lines = call("disputes", "--about", kind).stdout.splitlines()
        assert {line.partition(":")[0] for line in lines if not line.startswith(" ")} == {kind}
    assert "CD-0001#c2" in call("disputes", "CD-0001", "--data", world).stdout
    assert call("disputes", "--about", "date", "--data", world).stdout == ""


def test_figures_are_those_of_the_dataset_and_say_how_many_events_have_no_count() -> None:
    for by in ("year", "status", "event"):
        rows = OURS.figures("killed", by=by, best="lowest").rows()
        expected = [{name: spell_cell(cell) for name, cell in row.items()} for row in rows]
        assert _rows("figures", "killed", "--by", by, "--best", "lowest") == expected
    whole = OURS.figures("killed")
    printed = call("figures").stdout
    assert f"{whole.n_without} of {whole.n_events} incidents have no count" in printed
    assert all(claimed.id in printed for figure in whole.statements for claimed in figure.claims)


def test_a_figure_without_an_upper_bound_is_printed_as_or_more() -> None:
    rows = [row for row in OURS.figures("killed").rows() if row["high"] is None and row["low"] is not None]
    printed = call("figures").stdout
    assert rows and all(f"{row['low']} or more" in printed for row in rows)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("explain raqqa", "list --place raqqa"),
        ("timeline CD-0043", "explain CD-0043"),
        ("explain cd-43#3", "trace CD-0043#c3"),
        ("control islamic-state --on 2016-01-01", "timeline islamic-state"),
        ("trace raqqa", "show raqqa"),
    ],
)
def test_an_id_of_another_kind_of_record_is_answered_with_the_command_for_it(words: str, named: str) -> None:
    assert named in call(*words.split(), code=1).stderr


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("list --from 2017-06-01 --to 2016-01-01", " list --help"),
        ("export parquet --partition-by yeer -o out", "year"),
        ("export parquet --partition-by yeer -o out", " export parquet --help"),
    ],
)
def test_a_value_that_is_not_allowed_points_to_the_help_of_its_command(words: str, named: str) -> None:
    assert named in call(*words.split(), code=2).stderr


@pytest.mark.parametrize(
    ("words", "wrong", "advice"),
    [
        ("list --format xml", '--format: "xml"', "choose from text, csv, json"),
        ("list --from", "--from has no value", "add one"),
        ("trace CD-0001 --texts nowhere", '"nowhere"', "check the path"),
        ("digest .", '"." is a folder', "give a file"),
        ("export acled --timestamp noon", '--timestamp: "noon"', "write it in digits"),
        ("similar CD-0001 --days 999", '--days: "999"', "from 0 to 366"),
        ("similar CD-0001 --km far", '--km: "far"', "write it in digits"),
        ("digest pyproject.toml 0", 'PARAGRAPH: "0"', "such as 4"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_give(words: str, wrong: str, advice: str) -> None:
    told = call(*words.split(), code=2).stderr
    assert wrong in told and advice in told.partition("; ")[2]
    assert told.splitlines()[-1].startswith("Help: ") and words.split()[0] in told.splitlines()[-1]


def test_misspelt_figures_are_misuse() -> None:
    assert "killed" in call("figures", "kiled", code=2).stderr
    assert "year" in call("figures", "--by", "years", code=2).stderr
    assert "lowest" in call("figures", "--best", "x", code=2).stderr
    assert "civilian" in call("figures", "--status", "civilians", code=2).stderr
    assert "default" in call("figures", "--vague", "x", code=2).stderr


def test_control_prints_the_answer_and_its_ground() -> None:
    for day in ("2016-06-15", "2013-01-01", "2017-08-01"):
        assert call("control", "raqqa", "--on", day).stdout == f"{OURS.control('raqqa', day)}\n"
    assert "not known" in call("control", "mosul", "--on", "2013-06-15").stdout
    assert "--on" in call("control", "raqqa", code=2).stderr


def test_a_timeline_lists_the_events_and_the_strengths_of_an_actor() -> None:
    for words, branches in (([], True), (["--exact"], False)):
        expected = [entry.event.id for entry in OURS.timeline("syrian-democratic-forces", branches=branches)]
        assert [row["event_id"] for row in _rows("timeline", "syrian-democratic-forces", *words)] == expected
    series = OURS.strength("islamic-state")
    assert [row["claim_id"] for row in _rows("timeline", "ISIS", "--strength")] == [point.claim.id for point in series]


def test_another_dataset_is_asked_where_one_is_named(world: Path) -> None:
    assert [row["id"] for row in _rows("list", "--data", world)] == ["CD-0001"]
    every = {row["id"]: row["withdrawn"] for row in _rows("list", "--withdrawn", "--data", world)}
    assert every == {"CD-0001": "false", "CD-0002": "true"}
    assert isinstance(conflictdata.load(world), Dataset)
