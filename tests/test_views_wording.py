"""What figures, groups and disputes say of themselves, and the sentence that refuses a name nobody knows."""

from __future__ import annotations

from typing import Any

import pytest

from conflictdata.views.disputes import disputes
from conflictdata.views.figure import say
from conflictdata.views.figures import figures
from conflictdata.views.names import UnknownName
from tests.builders import Object, claim, count, event, records


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, "no number"),
        (12, None, "12 or more"),
        (0, None, "0 or more"),
        (None, 20, "up to 20"),
        (12, 12, "12"),
        (12, 20, "12-20"),
        (2.5, 2.5, "2.5"),
    ],
)
def test_a_range_is_said_in_a_few_characters(low: float | None, high: float | None, words: str) -> None:
    assert say(low, high) == words


def test_a_figure_says_its_event_property_range_and_number_of_claims() -> None:
    told = [claim(1, "killed", "army", count=count(3, 3)), claim(2, "killed", count=count(4, 5))]
    ((figure,),) = (group.figures for group in figures(records([event(1, told)])).whole)
    assert repr(figure) == "<Figure CD-0001 killed 3-5: 2 claims>"


def test_a_group_says_its_key_and_how_many_events_have_no_count() -> None:
    built = records([event(1, [claim(1, "killed", count=count(3, 5))]), event(2, [claim(1)])])
    found = figures(built, by="type")
    assert [repr(group) for group in (*found, *found.whole)] == [
        "<armed_clash: 3-5; 1 of 2 incidents without a count>",
        "<3-5; 1 of 2 incidents without a count>",
    ]


def test_figures_say_the_whole_what_has_no_count_the_statements_and_the_table_of_words() -> None:
    tolls = [event(1, [claim(1, "killed", count=count(3))]), event(2, [claim(1)])]
    battle = event(3, [claim(1, "killed", count=count(9, 9))], kind="operation", type="battle")
    assert repr(figures(records([*tolls, battle]), vague="literal")) == (
        "<Figures killed: 3 or more; 1 of 2 incidents without a count; 1 statements on operations; words by literal-1>"
    )


def test_figures_name_the_things_that_are_not_added() -> None:
    found = [
        claim(number, "recovered", count=count(number, number, unit=unit, **more))
        for number, unit, more in [
            (1, "item", {"of": {"item": "rifles"}}),
            (2, "item", {"of": {"item": "mines"}}),
            (3, "person", {}),
        ]
    ]
    assert repr(figures(records([event(1, found)]), "recovered")) == (
        "<Figures recovered: 2 mines, 1 rifles, 3; 0 of 1 incidents without a count; 0 statements on operations;"
        " words by default-1>"
    )


def test_a_dispute_says_what_it_is_about_and_who_stands_against_whom() -> None:
    told: list[Object] = [
        claim(1, "killed", "army", count=count(3, 3)),
        claim(2, "killed", "front", count=count(9, 9), conflicts_with=["CD-0001#c1"]),
        claim(3, "killed", "wire", count=count(9, 9), conflicts_with=["CD-0001#c1"]),
    ]
    (dispute,) = disputes(records([event(1, told)]))
    assert str(dispute) == "number: CD-0001#c1 against CD-0001#c2, CD-0001#c3"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"what": "control"}, "there is no counting property 'control'"),
        ({"by": "moon"}, "there is no grouping 'moon'; perhaps month"),
        ({"best": "low"}, "there is no rule for a best estimate 'low'; perhaps lowest"),
        ({"status": "civilians"}, "there is no population status 'civilians'; perhaps civilian"),
        ({"events": ["CD-9999"]}, "there is no event 'CD-9999'"),
    ],
)
def test_a_name_nobody_knows_is_refused_with_what_it_should_have_named(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(UnknownName) as refused:
        figures(records(), **asked)
    assert str(refused.value) == words
