"""What is claimed of whole operations: each claimant's latest statement, never added."""

from __future__ import annotations

from typing import Any

import pytest

from conflictdata.analysis.figures.estimate import Figure
from conflictdata.analysis.figures.latest_statements import reported
from conflictdata.analysis.figures.over_events import figures
from conflictdata.codelists import number_words
from conflictdata.model.codes import Property
from tests.support.builders import ACTORS, Object, actor, claim, count, event, records
from tests.support.figures import dated, one


def statements(*claims: Object, **asked: Any) -> list[Figure]:
    """What is claimed of an operation of 1 to 30 June 2016."""
    when = {"started": {"earliest": "2016-06-01"}, "ended": {"latest": "2016-06-30"}, "basis": "1"}
    battle = event(1, claims, kind="operation", type="battle", when=when)
    actors = [actor(each) for each in ACTORS]
    return list(figures(records([battle], actors, sources=[dated("paper-1", None, None)]), **asked).statements)


def about(first: str | None, last: str | None) -> Object:
    days = (("started", {"earliest": first}), ("ended", {"latest": last}))
    return {"window": {key: end for key, end in days if None not in end.values()}}


def said_on(first: str | None, last: str | None) -> Object:
    return {"stated_on": {key: day for key, day in (("earliest", first), ("latest", last)) if day is not None}}


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (said_on("2016-07-01", "2016-07-02"), said_on("2016-06-01", "2016-07-03")),
        (said_on("2016-07-01", None), said_on("2016-07-02", None)),
        (said_on("2016-07-09", None) | about(None, "2016-08-01"), said_on("2016-07-10", None)),
        (about("2016-05-05", "2016-06-07"), about("2016-05-04", "2016-06-08")),
        (about("2016-06-07", None), about("2016-06-08", None)),
        (about("2016-05-01", "2016-06-07"), about("2016-06-08", None)),
        # What says no day of its own is as late as the end of the operation.
        (about(None, "2016-06-29"), {}),
        ({}, said_on(None, "2016-07-01")),
    ],
)
def test_the_latest_statement_is_the_one_made_last_or_else_about_the_latest_days(
    earlier: Object, later: Object
) -> None:
    def toll(number: int, days: Object) -> Object:
        return claim(number, "killed", "army", count=count(number, number, scope="running_total"), **days)

    for order in ((toll(1, earlier), toll(2, later)), (toll(2, later), toll(1, earlier))):
        assert [f.low for f in statements(*order)] == [2]


def test_a_statement_in_documents_whose_days_have_no_end_is_as_old_as_the_oldest_of_them() -> None:
    told = claim(1, "killed", "army", count=count(1, 1))
    told["evidence"] = [told["evidence"][0] | {"source": each} for each in ("paper-2", "paper-1")]
    later = claim(2, "killed", "army", count=count(2, 2), **said_on("2016-06-20", None))
    papers = [dated("paper-1", "2016-06-10", None), dated("paper-2", "2016-06-30", None)]
    battle = event(1, [told, later], kind="operation", type="battle")
    assert [f.low for f in figures(records([battle], sources=papers)).statements] == [2]


def test_statements_of_unnamed_claimants_stand_each_for_itself() -> None:
    assert [f.low for f in statements(*(claim(n, "killed", None, count=count(n, n)) for n in (1, 2)))] == [1, 2]


def test_statements_answer_the_same_questions_as_sums() -> None:
    told = [
        claim(1, "killed", "army", count=count(12, 12), **said_on(None, "2016-06-10")),
        claim(2, "killed", "wire", count=count(of={"status": "civilian"}), **said_on(None, "2016-06-20")),
    ]
    assert [(f.low, f.high) for f in statements(*told)] == [(12, 12), number_words("default")["dozens"]]
    assert [f.low for f in statements(*told, vague="literal")] == [12, number_words("literal")["dozens"][0]]
    assert [f.low for f in statements(*told, as_of="2016-06-19")] == [12]
    assert [f.claims[0].claim.id for f in statements(*told, status="civilian")] == ["c2"]
    assert [f.best for f in statements(*told[:1], best="party-excluded")] == [12]
    assert [f.best for f in statements(*told[:1])] == [None]


def test_the_best_of_statements_leaves_out_the_parties_of_the_operation() -> None:
    sides = [{"actor": "army", "side": 1, "role": "attacker"}]
    told = [claim(number, "killed", who, count=count(number, number)) for number, who in ((1, "army"), (2, "wire"))]
    battle = event(1, told, kind="operation", type="battle", participants=sides)
    assert [f.best for f in figures(records([battle]), best="party-excluded").statements] == [None, 2]


def test_a_doubt_that_an_operation_took_place_makes_its_statements_low_zero() -> None:
    told = [claim(1, "killed", count=count(12, 12)), claim(2, claimant="front", stance="doubts")]
    (found,) = statements(*told, best="lowest")
    assert (found.low, found.high, found.best, found.doubted) == (0, 12, 0, ("CD-0001#c2",))


def test_what_is_reported_of_an_operation_is_a_range_and_never_a_sum() -> None:
    def told(number: int, who: str, low: int, high: int | None, **of: Any) -> Object:
        return claim(number, "killed", who, count=count(low, high, scope="running_total", of=of or {"actor": "front"}))

    def answer(*claims: Object) -> tuple[Any, ...] | None:
        built = records([event(1, claims, kind="operation", type="battle")], [actor(each) for each in ACTORS])
        found = reported(built, built.events[0], Property.KILLED)
        return found and (found.low, found.high, found.claimants)

    assert answer(claim(1)) is None
    assert answer(told(1, "army", 30, 30), told(2, "wire", 20, 40)) == (20, 40, ("army", "wire"))
    apart = told(1, "army", 30, 30), told(2, "wire", 620, None, status="combatant", actor="army")
    assert answer(*apart) == (620, None, ("army", "wire"))


def test_states_are_reported_by_each_claimant_and_never_added() -> None:
    built, _ = one(*(claim(n, "strength", who, count=count(n, n)) for n, who in ((2, "army"), (3, "front"))))
    found = figures(built, "strength", by="event")
    assert [(group.key, group.low, group.n_without) for group in (*found, *found.whole)] == [
        ("CD-0001", None, 1),
        (None, None, 1),
    ]
    assert [f.low for f in found.statements] == [2, 3]


def test_an_operation_gives_each_claimants_latest_statement() -> None:
    def toll(number: int, who: str, low: int, day: str) -> Object:
        said = {"earliest": day, "latest": day}
        until = {"started": {"earliest": "2016-06-01"}, "ended": {"latest": day}}
        toll = count(low, low, scope="running_total")
        return claim(number, "killed", who, count=toll, stated_on=said, window=until)

    tolls = [toll(1, "army", 30, "2016-07-01"), toll(2, "wire", 7, "2016-06-20"), toll(3, "army", 20, "2016-06-10")]
    found = figures(records([event(1, tolls, kind="operation", type="battle")]))
    assert [(f.low, f.claims[0].claim.claimant) for f in found.statements] == [(30, "army"), (7, "wire")]
    assert (found.low, found.high, found.n_events) == (None, None, 0)
