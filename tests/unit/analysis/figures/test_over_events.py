"""The answer to a question about figures: what it holds, its rows, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from conflictdata.analysis.figures.over_events import figures
from conflictdata.analysis.figures.rows import columns
from conflictdata.errors import InvalidValue, UnknownName
from conflictdata.model.codes import Property
from tests.support.builders import claim, count, event, records
from tests.support.figures import one


def test_a_figure_tells_of_whom_by_whom_where_when_and_who_says_so() -> None:
    where = {"where": {"place": "mill", "precision": "exact"}}
    other_day = {"window": {"earliest": "2016-06-04", "latest": "2016-06-04"}}
    whom = {"of": {"actor": "front"}, "by": ["army"]}
    told = [claim(2, "injured", "wire", count=count(9, 9, **whom), **where, **other_day)]
    told.append(claim(3, "injured", None, count=count(8, 10, **whom), **where, **other_day))
    built, _ = one(*told, claim(4, "injured", count=count(1, 1)))
    answer = figures(built, "injured", best="lowest")
    assert (answer.what, answer.by, answer.best) == (Property.INJURED, None, "lowest")
    assert [
        (f.property, f.population and f.population.actor, f.by, f.unit, f.place, f.window, f.low, f.high, f.best)
        for f in answer.whole[0].figures
    ] == [
        ("injured", "front", ("army",), "person", "mill", None, 8, 10, 8),
        ("injured", None, (), "person", None, None, 1, 1, 1),
    ]
    assert [f.origins for f in answer.whole[0].figures] == [("wire",), ("monitor",)]


def test_sums_and_statements_are_rows_of_one_table_that_say_whose_they_are() -> None:
    battle = event(
        1,
        [claim(1, "killed", "army", count=count(300, scope="running_total", by=["front"], of={"status": "combatant"}))],
        kind="operation",
        type="battle",
    )
    fight = event(2, [claim(1, "killed", "wire", count=count(3, 3)), claim(2, "killed", "army", count=count(5, 9))])
    found = figures(records([battle, fight]))
    total, told = found.rows()
    assert (total["scope"], total["low"], total["high"], total["incidents"]) == ("incident", 3, 9, 1)
    assert (total["claimant"], total["claims"]) == ("wire; army", "CD-0002#c1; CD-0002#c2")
    assert (told["scope"], told["of"], told["low"], told["high"]) == ("operation", "CD-0001", 300, None)
    assert (told["bound"], told["as_stated"], told["population"]) == ("at_least", "dozens", "combatant")
    assert (told["causer"], told["claimant"], told["claims"]) == ("front", "army", "CD-0001#c1")
    assert (told["date_start"], told["date_end"]) == (dt.date(2016, 6, 5), dt.date(2016, 6, 5))
    assert all(tuple(row) == columns(None, best=True) for row in (total, told))


def test_withdrawn_and_wholly_rejected_events_are_not_asked_about() -> None:
    dead = {"status": "rejected", "status_reason": "Invented."}
    gone = event(1, [claim(1, "killed", count=count(3, 3))], withdrawn={"reason": "Invented."})
    found = figures(records([gone, event(2, [claim(1, "killed", count=count(3, 3)) | dead])]))
    assert (found.low, found.n_events) == (None, 0)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"what": "control"}, UnknownName),
        ({"by": "mood"}, UnknownName),
        ({"best": "guess"}, UnknownName),
        ({"status": "soldier"}, UnknownName),
        ({"events": ["CD-9999"]}, UnknownName),
        ({"vague": "guess"}, InvalidValue),
        ({"as_of": "2016-13-01"}, InvalidValue),
    ],
)
def test_what_is_not_known_is_reported(asked: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        figures(records(), **asked)
