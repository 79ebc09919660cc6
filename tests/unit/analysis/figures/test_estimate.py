"""Best estimates by each rule, and the numbers that words stand for."""

from __future__ import annotations

from typing import Any

import pytest

from conflictdata.analysis.explanation import explain
from conflictdata.analysis.figures.estimate import RULES
from conflictdata.analysis.figures.over_events import figures
from conflictdata.analysis.figures.totals import event_total
from conflictdata.codelists import number_words
from conflictdata.model.codes import Property
from tests.support.builders import actor, claim, count, event, records, relation
from tests.support.figures import one


def best(rule: str, *tolls: tuple[str | None, int | None, int | None], **more: Any) -> int | float | None:
    """The best estimate by a rule from claims of how many, each by a claimant; army and front are the two sides."""
    sides = [{"actor": "army", "side": 1, "role": "attacker"}, {"actor": "front", "side": 2, "role": "defender"}]
    joined = relation(1, "army", when={"started": {"earliest": "2016-07-01"}})
    told = [
        claim(number, "killed", who, count=count(low, high, as_stated="far lower"))
        for number, (who, low, high) in enumerate(tolls, 2)
    ]
    actors = [actor("army"), actor("brigade", ["army"]), actor("front"), actor("recruits", relations=[joined])]
    built = records([event(1, [*told, *more.pop("beside", ())], participants=sides, **more)], actors)
    return figures(built, best=rule).whole[0].best


def test_a_count_that_is_denied_has_a_low_of_zero_and_says_who_denies_it() -> None:
    told = [claim(1, "killed", count=count(12, 12)), claim(2, "killed", "army", stance="denies", count=count(12, 12))]
    built = records([event(1, [*told, claim(3, "killed", count=count(4, 4, of={"actor": "front"}, by=["wire"]))])])
    found = figures(built, by="event").groups[0].figures
    assert [(figure.low, figure.high, figure.doubted) for figure in found] == [
        (0, 12, ("CD-0001#c2",)),
        (4, 4, ()),
    ]


def test_a_doubt_of_some_of_the_people_is_named_and_leaves_the_low() -> None:
    civilians = {"actor": "front", "status": "civilian"}
    built = records(
        [
            event(
                1,
                [
                    claim(1, "killed", count=count(12, 12, of=civilians)),
                    claim(2, "killed", "army", stance="doubts", count=count(1, None, of=civilians, by=["army"])),
                    claim(3, "killed", "wire", stance="denies", count=count(50, 50, of=civilians, by=["army"])),
                    claim(4, "injured", "army", stance="doubts", count=count(1, None, of=civilians)),
                ],
            )
        ]
    )
    found = figures(built)
    [figure] = found.whole[0].figures
    assert (figure.low, figure.doubted, figure.partly_doubted) == (12, (), ("CD-0001#c2",))
    assert found.rows()[0]["doubted_by"] == "CD-0001#c2"
    assert any("CD-0001#c2" in str(ground) for ground in explain(built, built.events["CD-0001"]).grounds)
    [fighters] = figures(built, status="combatant").whole
    assert fighters.figures == ()


@pytest.mark.parametrize("table", ["default", "literal", "acled"])
def test_vague_words_are_read_by_the_table_that_is_named(table: str) -> None:
    built = records([event(1, [claim(1, "killed", count=count())])])
    found = figures(built, vague=table)
    assert (found.low, found.high) == number_words(table)["dozens"]
    assert found.vague == f"{table}-1"
    total = event_total(built, built.events[0], Property.KILLED, table)
    assert (total.low, total.high) == (found.low, found.high)


def test_words_that_a_table_does_not_hold_are_no_number() -> None:
    built = records([event(1, [claim(1, "killed", count=count(as_stated="far lower"))])])
    assert (figures(built).low, figures(built).high, figures(built).n_without) == (None, None, 0)


def test_best_estimates_follow_the_rule_that_is_named() -> None:
    sides = [{"actor": "army", "side": 1, "role": "attacker"}, {"actor": "front", "side": 2, "role": "defender"}]
    tolls = [
        claim(number, "killed", who, count=count(low, low))
        for number, who, low in [(2, "army", 40), (3, "front", 3), (4, "monitor", 10), (5, "wire", 12)]
    ]
    built, _ = one(*tolls, participants=sides)
    assert {rule: figures(built, best=rule).whole[0].best for rule in RULES} == {
        "lowest": 3,
        "median-origin": 10,
        "party-excluded": 10,
    }
    assert figures(built).whole[0].best is None


@pytest.mark.parametrize("rule", RULES)
def test_a_best_estimate_is_none_where_nobody_names_a_number(rule: str) -> None:
    assert best(rule, ("monitor", None, None)) is None


def test_the_lowest_is_the_low_or_where_it_is_open_the_smallest_number_named() -> None:
    assert best("lowest", ("army", 12, 20), ("wire", 15, None)) == 12
    assert best("lowest", ("army", 12, 20), ("wire", None, 30)) == 12
    assert best("lowest", ("army", 40, 40), ("wire", None, 30)) == 30
    doubt = claim(9, claimant="front", stance="doubts")
    assert best("lowest", ("army", 12, 20), beside=[doubt]) == 0


def test_the_median_takes_each_origin_once_and_the_lower_of_two_in_the_middle() -> None:
    assert best("median-origin", ("army", 1, 1), ("front", 7, 7), ("wire", 20, 30)) == 7
    assert best("median-origin", ("army", 1, 1), ("front", 7, 7)) == 1
    of_one = [("army", 1, 1), ("brigade", 2, 2), ("army", 3, 3)]
    assert best("median-origin", *of_one, ("front", 7, 7), ("wire", 9, 9)) == 7
    assert best("median-origin", (None, 1, 1), (None, 2, 2), ("wire", 3, 3)) == 2
    assert best("median-origin", ("army", None, None), ("wire", None, 20)) == 20


def test_whoever_is_on_a_side_or_its_branch_on_that_day_is_excluded() -> None:
    assert best("party-excluded", ("army", 1, 1), ("brigade", 2, 2), ("recruits", 5, 5), ("wire", 9, 9)) == 5
    assert best("party-excluded", ("army", 1, 1), ("front", 2, 2)) is None
    july = {"earliest": "2016-07-05", "latest": "2016-07-05", "basis": "1"}
    assert best("party-excluded", ("recruits", 5, 5), ("wire", 9, 9), when=july) == 9
