"""What figures and disputes say of themselves, and names that nobody knows."""

from __future__ import annotations

from typing import Any

import pytest

from conflictdata.analysis.disputes import disputes
from conflictdata.analysis.figures.over_events import figures
from conflictdata.errors import UnknownName
from conflictdata.text import spell_range
from tests.support.builders import Object, claim, count, event, records


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
    assert spell_range(low, high) == words


def test_a_figure_says_its_event_property_range_and_number_of_claims() -> None:
    told = [claim(1, "killed", "army", count=count(3, 3)), claim(2, "killed", count=count(4, 5))]
    ((figure,),) = (group.figures for group in figures(records([event(1, told)])).whole)
    assert repr(figure) == "<Figure CD-0001 killed 3-5: 2 claims>"


def test_a_dispute_says_what_it_is_about_and_who_stands_against_whom() -> None:
    told: list[Object] = [
        claim(1, "killed", "army", count=count(3, 3)),
        claim(2, "killed", "front", count=count(9, 9), conflicts_with=["CD-0001#c1"]),
        claim(3, "killed", "wire", count=count(9, 9), conflicts_with=["CD-0001#c1"]),
    ]
    (dispute,) = disputes(records([event(1, told)]))
    assert str(dispute) == "number: CD-0001#c1 against CD-0001#c2, CD-0001#c3"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"what": "control"}, "control"),
        ({"by": "moon"}, "moon"),
        ({"best": "low"}, "low"),
        ({"status": "civilians"}, "civilians"),
        ({"events": ["CD-9999"]}, "CD-9999"),
    ],
)
def test_a_name_nobody_knows_is_refused(asked: dict[str, Any], name: str) -> None:
    with pytest.raises(UnknownName) as refused:
        figures(records(), **asked)
    assert refused.value.name == name
