"""What is asked with a wrong type, day or id ends in an error of the package that says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas
import pytest

import conflictdata
from conflictdata.dataset import Dataset
from conflictdata.errors import ConflictDataError, InvalidValue, UnknownName
from conflictdata.formats.registry import FORMATS
from tests.support.builders import two_events

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
        ask(two_events())
    assert isinstance(raised.value, ConflictDataError)
    assert str(raised.value) == words


def test_a_missing_day_of_pandas_is_no_day() -> None:
    with pytest.raises(InvalidValue, match='"NaT" is not a day'):
        two_events().find(start=pandas.NaT)


def test_a_table_has_nothing_under_what_is_no_id_and_takes_any_integer_for_a_position() -> None:
    events = two_events().events
    for other in (None, [], 1.5, b"CD-0001"):
        assert events.get(other) is None  # type: ignore[arg-type]
    assert events[np.int64(0)] is events[0]


def test_of_what_was_asked_for_only_as_much_is_repeated_as_a_sentence_bears() -> None:
    ds = two_events()
    asks: list[Callable[[str], object]] = [
        ds.grade, ds.timeline, ds.trace, ds.events.__getitem__, conflictdata.load,
        lambda long: ds.figures(vague=long), lambda long: ds.control("mill", long),
    ]  # fmt: skip
    for ask in asks:
        with pytest.raises(ConflictDataError) as raised:
            ask("x" * 100_000)
        assert len(str(raised.value)) < 400


def test_events_are_given_by_id_or_as_they_are_and_never_from_another_dataset() -> None:
    ds = two_events()
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
        two_events().actors["arny"]
    assert isinstance(raised.value, ConflictDataError)
    assert isinstance(raised.value, UnknownName) and "army" in raised.value.near
