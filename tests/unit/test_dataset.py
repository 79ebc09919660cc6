"""The dataset as a user meets it: tables, questions, data frames, and what is said when something is missing."""

from __future__ import annotations

import copy
import datetime as dt
import inspect
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import polars
import pytest

import conflictdata
from conflictdata.analysis.capture_matrix import capture_matrix
from conflictdata.codelists import codelist
from conflictdata.dataset import Dataset
from conflictdata.errors import ConflictDataError, InvalidValue, MissingExtra, UnknownName
from conflictdata.formats.registry import FORMATS
from conflictdata.model import Records, Release
from conflictdata.model.codes import Grade, Property
from conflictdata.tables.columns import ColumnType, spell
from conflictdata.tables.registry import TABLES, table_rows
from tests.support.builders import actor, claim, count, event, place, records

PARTS = {"participants": [{"actor": "army", "side": 1, "role": "attacker"}]}
SCRIPT = """
import copy
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import conflictdata as cd

ds = cd.load()
other: cd.Dataset = cd.load(Path("records"))
first: cd.Event = ds.events[0]
same: cd.Event = ds.events["CD-0001"]
some: tuple[cd.Event, ...] = ds.events[:2]
claim: cd.Claim = ds.claims["CD-0001#c1"].claim
day: dt.date | None = first.when.first
who: tuple[str, ...] = ds.origins("CD-0001")
low = ds.figures("killed", by="status").low
text: str = ds.sentence("CD-0001")
for event in ds.find(actor="ISIS", place="raqqa", start="2016-01-01", end=dt.date(2017, 1, 1)):
    text += event.title + str(event.where.place if event.where else None)
held: bool = ds.control("raqqa", on="2016-06-15").known
version: str | None = ds.release.version if ds.release else None
frame = ds.to_pandas("events")
rows: int = ds.to_polars("claims").height
try:
    ds.positions("x")
except cd.ConflictDataError as error:
    text += str(error)
"""


def small(release: Release | None = None) -> Dataset:
    toll = claim(2, "killed", "army", count=count(3, 9))
    built = records(
        [
            event(1, [claim(1), toll], where={"place": "mill", "precision": "exact"}, **PARTS),
            event(2, [claim(1)], kind="operation", type="battle", when={"latest": "2016-12-31", "basis": "1"}),
        ],
        [actor("army"), actor("monitor")],
        [place("mill", None, (36.5, 38.25))],
    )
    return Dataset(Records(built.sources, built.actors, built.places, built.events, release))


def test_tables_are_sequences_that_are_also_looked_up_by_id() -> None:
    ds = small()
    assert ds.events[0] is ds.events["CD-0001"] is ds.records.events[0]
    assert [each.id for each in ds.events] == ["CD-0001", "CD-0002"]
    assert (len(ds.events), len(ds.claims), "mill" in ds.places) == (2, 3, True)
    assert ds.claims["CD-0001#c2"].claim.claimant == "army"
    assert ds.sources["paper-1"].title == "paper-1"
    with pytest.raises(KeyError):
        ds.actors["nobody"]


def test_a_dataset_says_what_it_holds() -> None:
    assert repr(small()) == (
        "<conflictdata, unreleased records: 1 incidents and 1 operations with 3 claims, 2 actors, 1 places, 1 sources,"
        " 2016-06-05 to 2016-12-31>"
    )
    candidate = Release.from_object({"version": "2026.11.0", "date": "2026-11-20", "stage": "candidate"})
    assert "release 2026.11.0 (2026-11-20, candidate)" in repr(small(candidate))
    assert repr(Dataset(records())).endswith("1 sources>")


def test_each_question_is_answered_from_the_records() -> None:
    ds = small()
    assert [each.id for each in ds.find(actor="Army")] == ["CD-0001"]
    assert (ds.figures().low, ds.figures().high, ds.figures().n_without) == (3, 9, 0)
    assert ds.control("mill", "2016-06-05").known is False
    assert [position.origin for position in ds.positions("CD-0001")] == ["army", "monitor"]
    assert ds.origins("CD-0001") == ("army", "monitor")
    assert ds.grade("CD-0001") == Grade.CONFIRMED
    assert (ds.disputes(), ds.disputes("CD-0001"), ds.disputed("CD-0001")) == ((), (), frozenset[Property]())
    assert [entry.event.id for entry in ds.timeline("army")] == ["CD-0001"]
    assert ds.strength("army") == ()
    assert ds.capture_matrix() == capture_matrix(ds.records)
    assert [piece.evidence.paragraph for piece in ds.trace("CD-0001")] == [1, 1]
    assert (
        ds.sentence("CD-0001")
        == "At least 3 people were killed, according to Army, and as many as 9, according to Army."
    )


@pytest.mark.parametrize(
    "ask",
    [
        lambda ds: ds.origins("CD-9"),
        lambda ds: ds.grade("CD-9"),
        lambda ds: ds.disputes("CD-9"),
        lambda ds: ds.disputed("CD-9"),
        lambda ds: ds.positions("CD-9"),
        lambda ds: ds.sentence("CD-9"),
        lambda ds: ds.trace("CD-9"),
        lambda ds: ds.timeline("nobody"),
        lambda ds: ds.strength("nobody"),
        lambda ds: ds.control("nowhere", "2016-01-01"),
        lambda ds: ds.to_pandas("nothing"),
        lambda ds: ds.to_polars("nothing"),
    ],
)
def test_what_is_not_there_is_an_error_of_the_package(ask: Any) -> None:
    with pytest.raises(UnknownName):
        ask(small())


@pytest.mark.parametrize("table", TABLES)
def test_a_data_frame_holds_the_cells_of_its_table(table: str) -> None:
    ds = small()
    columns, cells = TABLES[table], list(table_rows(ds.records, table))
    lame, bear = ds.to_pandas(table), ds.to_polars(table)
    assert list(lame.columns) == bear.columns == [column.name for column in columns]
    expected = [[_comparable(column.type, value) for column, value in zip(columns, row, strict=True)] for row in cells]
    assert [[spell(value) for value in row] for row in bear.rows()] == expected
    assert [[_pandas_cell(value) for value in row] for row in lame.itertuples(index=False, name=None)] == expected


def _comparable(kind: ColumnType, value: Any) -> str:
    return spell(float(value) if kind is ColumnType.NUMBER and value is not None else value)


def _pandas_cell(value: Any) -> str:
    if pandas.isna(value):
        return ""
    if pandas.api.types.is_bool(value):
        return spell(bool(value))
    return spell(value.date() if isinstance(value, dt.datetime) else value)


def test_columns_have_proper_types() -> None:
    ds = small()
    lame, bear = ds.to_pandas("events"), ds.to_polars("events")
    assert str(lame["date_earliest"].dtype) == "datetime64[ns]"
    assert (str(lame["killed_low"].dtype), str(lame["latitude"].dtype)) == ("Int64", "Float64")
    assert sorted(lame["grade"].cat.categories) == sorted(row["code"] for row in codelist("grades"))
    assert str(lame["id"].dtype) == "string"
    assert lame["killed_low"].isna().tolist() == [False, True]
    assert bear.schema["date_earliest"] == polars.Date
    assert bear.schema["killed_low"] == polars.Int64
    assert isinstance(bear.schema["grade"], polars.Enum)
    assert bear["killed_low"].to_list() == [3, None]


def test_a_table_without_rows_has_its_types_all_the_same() -> None:
    full, empty = small(), Dataset(records())
    assert empty.to_pandas("events").dtypes.to_dict() == full.to_pandas("events").dtypes.to_dict()
    assert empty.to_polars("events").schema == full.to_polars("events").schema


def test_a_data_frame_says_which_release_it_is_and_how_to_cite_it() -> None:
    final = Release.from_object({"version": "2026.11.0", "date": "2026-11-20", "stage": "final"})
    said = small(final).to_pandas("claims").attrs["conflictdata"]
    assert said == {
        "table": "claims",
        "release": "release 2026.11.0 (2026-11-20)",
        "citation": "conflictdata contributors. (2026). conflictdata: the war against Islamic State in Syria and Iraq,"
        " 2014-2017 (Version 2026.11.0) [Data set].",
    }


@pytest.mark.parametrize(
    ("library", "extra"),
    [("pandas", "pandas"), ("polars", "polars"), ("pyarrow", "arrow"), ("geopandas", "geo"), ("duckdb", "duckdb")],
)
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=re.escape(f"pip install 'conflictdata[{extra}]'")) as caught:
        getattr(small(), f"to_{library.removeprefix('py')}")(*(["events"] if library != "duckdb" else []))
    assert isinstance(caught.value, ConflictDataError)


def test_datasets_of_equal_records_are_equal() -> None:
    assert small() == small()
    assert hash(small()) == hash(small())
    assert small() != Dataset(records())


def test_everything_public_has_a_docstring() -> None:
    for name, member in vars(Dataset).items():
        if not name.startswith("_"):
            assert inspect.getdoc(member), name
    for name in conflictdata.__all__:
        assert name == "__version__" or inspect.getdoc(getattr(conflictdata, name)), name


def test_the_help_of_the_package_names_everything_public() -> None:
    named = set(re.findall(r"`(\w+)", conflictdata.__doc__))
    assert set(conflictdata.__all__) - named == {"__version__"}


ROOT = Path(conflictdata.__file__).parents[1]


def test_importing_the_package_loads_nothing_but_itself() -> None:
    probe = "import sys; before = set(sys.modules); import conflictdata; print(*sorted(set(sys.modules) - before))"
    command = [sys.executable, "-S", "-c", probe]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["__future__", "conflictdata"]


def test_every_public_name_can_be_had_and_no_other() -> None:
    assert set(conflictdata.__all__) <= set(dir(conflictdata))
    assert conflictdata.Dataset is Dataset
    with pytest.raises(AttributeError, match="nonsense"):
        conflictdata.nonsense  # noqa: B018


@pytest.mark.slow
def test_a_users_script_type_checks_strictly(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "script.py"]
    path = os.environ | {"MYPYPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "Success: no issues found in 1 source file\n")


WRONG: list[tuple[str, Callable[[Dataset], object]]] = [
    ("actor: give an id or a name as text, not int", lambda ds: ds.find(actor=5)),  # type: ignore[arg-type]
    ("place: give an id or a name as text, not Place", lambda ds: ds.control(ds.places[0], "2016-06-05")),  # type: ignore[arg-type]
    ("actor: give an id or a name as text, not Actor", lambda ds: ds.timeline(ds.actors[0])),  # type: ignore[arg-type]
    ("actor: give an id or a name as text, not bytes", lambda ds: ds.strength(b"army")),  # type: ignore[arg-type]
    ("event: give an id or a name as text, not Event", lambda ds: ds.grade(ds.events[0])),  # type: ignore[arg-type]
    ("event, claim or relation: give an id or a name as text, not int", lambda ds: ds.trace(1)),  # type: ignore[arg-type]
    ("event type: give an id or a name as text, not list", lambda ds: ds.find(type=[])),  # type: ignore[arg-type]
    ("counting property: give an id or a name as text, not NoneType", lambda ds: ds.figures(None)),  # type: ignore[arg-type]
    ("grouping: give an id or a name as text, not int", lambda ds: ds.figures(by=3)),  # type: ignore[arg-type]
    ("the name of a table of number words is text, not list", lambda ds: ds.figures(vague=[])),  # type: ignore[arg-type]
    ("the name of a table of number words is text, not list", lambda ds: ds.strength("army", vague=[])),  # type: ignore[arg-type]
    ("the folder of texts is a path, not float", lambda ds: ds.trace("CD-0001", 1.5)),  # type: ignore[arg-type]
    ("the folder of texts is a path, not int", lambda ds: ds.trace("CD-0001", 0)),  # type: ignore[arg-type]
    ("a record: give its id or its position, not float", lambda ds: ds.events[1.5]),  # type: ignore[call-overload]
    ("a record: give its id or its position, not NoneType", lambda ds: ds.events[None]),  # type: ignore[call-overload]
    ("a day is a date, or YYYY-MM-DD as text, not int", lambda ds: ds.find(start=20160605)),  # type: ignore[arg-type]
    ("a day is a date, or YYYY-MM-DD as text, not NoneType", lambda ds: ds.control("mill", None)),  # type: ignore[arg-type]
    ("branches: give True or False, not str", lambda ds: ds.find(actor="army", branches="no")),  # type: ignore[arg-type]
    ("inside: give True or False, not int", lambda ds: ds.find(place="mill", inside=1)),  # type: ignore[arg-type]
    ("branches: give True or False, not NoneType", lambda ds: ds.timeline("army", branches=None)),  # type: ignore[arg-type]
    ("branches: give True or False, not str", lambda ds: ds.strength("army", branches="")),  # type: ignore[arg-type]
    ("events: give a list of events or of their ids, not str", lambda ds: ds.figures(events="CD-0001")),
    ("events: give a list of events or of their ids, not Event", lambda ds: ds.figures(events=ds.events[0])),  # type: ignore[arg-type]
    ("events: give a list of events or of their ids, not str", lambda ds: ds.capture_matrix("")),
    ("events: give a list of events or of their ids, not int", lambda ds: ds.capture_matrix(7)),  # type: ignore[arg-type]
    ("event: give an id or a name as text, not int", lambda ds: ds.figures(events=[1])),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("words", "ask"), WRONG)
def test_a_value_of_a_type_that_cannot_be_meant_is_reported(words: str, ask: Callable[[Dataset], object]) -> None:
    with pytest.raises(TypeError) as raised:
        ask(small())
    assert isinstance(raised.value, ConflictDataError)
    assert str(raised.value) == words


def test_a_missing_day_of_pandas_is_no_day() -> None:
    with pytest.raises(InvalidValue, match='"NaT" is not a day'):
        small().find(start=pandas.NaT)


def test_a_table_has_nothing_under_what_is_no_id_and_takes_any_integer_for_a_position() -> None:
    events = small().events
    for other in (None, [], 1.5, b"CD-0001"):
        assert events.get(other) is None  # type: ignore[arg-type]
    assert events[np.int64(0)] is events[0]


def test_of_what_was_asked_for_only_as_much_is_repeated_as_a_sentence_bears() -> None:
    ds = small()
    asks: list[Callable[[str], object]] = [
        ds.grade, ds.timeline, ds.trace, ds.events.__getitem__, conflictdata.load,
        lambda long: ds.figures(vague=long), lambda long: ds.control("mill", long),
    ]  # fmt: skip
    for ask in asks:
        with pytest.raises(ConflictDataError) as raised:
            ask("x" * 100_000)
        assert len(str(raised.value)) < 400


def test_events_are_given_by_id_or_as_they_are_and_never_from_another_dataset() -> None:
    ds = small()
    assert ds.capture_matrix(["CD-0001"]) == ds.capture_matrix([ds.events[0]]) == ds.capture_matrix(ds.events)
    csv = FORMATS["csv"]
    given = [b"".join(csv.content(ds.records, events)) for events in (["CD-0001"], [ds.events[0]], iter(ds.events[:1]))]
    assert given == [given[0]] * 3
    changed = replace(ds.events[0], title="Another")
    for ask in (ds.figures, ds.capture_matrix, lambda *, events: [*csv.content(ds.records, events)]):
        with pytest.raises(InvalidValue, match="CD-0001 differs from the event of that id"):
            ask(events=[changed])
        with pytest.raises(UnknownName, match="CD-0001"):
            ask(events=["CD-0011"])


def test_an_id_that_no_record_has_is_reported_with_those_perhaps_meant() -> None:
    with pytest.raises(KeyError) as raised:
        small().actors["arny"]
    assert isinstance(raised.value, ConflictDataError)
    assert isinstance(raised.value, UnknownName) and "army" in raised.value.near


def test_a_dataset_is_copied_and_pickled_whatever_was_asked_of_it_before() -> None:
    ds = small()
    ds.figures(), ds.grade("CD-0001"), ds.control("mill", "2016-06-05"), ds.sentence("CD-0001"), len(ds.claims)
    for again in (copy.deepcopy(ds), pickle.loads(pickle.dumps(ds))):
        assert again == ds
        assert again.sentence("CD-0001") == ds.sentence("CD-0001")


@pytest.mark.parametrize("name", [name for name in conflictdata.__all__ if not name.startswith("_")])
def test_the_help_of_every_public_name_can_be_read(name):
    import pydoc

    assert pydoc.render_doc(getattr(conflictdata, name))
