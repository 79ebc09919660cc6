"""The grade of an event follows from who confirms it and who contradicts it."""

from __future__ import annotations

from typing import Any

import pytest

from conflictdata.analysis.grades import computed_grade, grade
from conflictdata.model.codes import Grade
from tests.support.builders import Object, actor, claim, count, one, relation

PARTIES = [{"actor": "army", "side": 1, "role": "attacker"}, {"actor": "front", "side": 2, "role": "victim"}]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([claim(1)], Grade.WEAK),
        ([claim(1, claimant=None), claim(2)], Grade.WEAK),
        ([claim(1), claim(2, claimant="wire")], Grade.FAIR),
        ([claim(1, claimant="front"), claim(2, claimant="wire")], Grade.FAIR),
        ([claim(1, claimant="army"), claim(2, claimant="wire")], Grade.CONFIRMED),
        ([claim(1, claimant="army"), claim(2, claimant="wire"), claim(3, stance="denies")], Grade.CONTESTED),
        ([claim(1, status="rejected", status_reason="Invented.")], Grade.DISCOUNTED),
    ],
)
def test_the_first_grade_that_fits_is_given(claims: list[Object], expected: Grade) -> None:
    assert grade(*one(*claims, participants=PARTIES)) == expected


def test_a_dispute_about_who_did_it_contests_the_event() -> None:
    def did(number: int, who: str, **more: Any) -> Object:
        return claim(number, "responsibility", responsibility={"actors": [who], "how": "all"}, **more)

    built, each = one(did(1, "army"), did(2, "front", conflicts_with=["CD-0001#c1"]))
    assert grade(built, each) == Grade.CONTESTED


@pytest.mark.parametrize(("stance", "named"), [("asserts", False), ("doubts", True)])
def test_a_grade_says_that_the_numbers_are_disputed_and_does_not_depend_on_them(stance: str, named: bool) -> None:
    toll = count(12, 12)
    told = (
        claim(1, claimant="army"),
        claim(2, "killed", "wire", count=toll),
        claim(3, "killed", "front", stance, count=toll),
    )
    answer = grade(*one(*told, participants=PARTIES))
    assert answer == Grade.CONFIRMED and ("disputed (killed)" in answer.why) is named


def test_a_spokesmans_whole_confirms_the_act_of_its_part() -> None:
    army = [actor("army"), actor("brigade", ["army"]), actor("wire")]
    parties = [{"actor": "brigade", "side": 1, "role": "attacker"}]
    told = [claim(1, claimant="army"), claim(2, claimant="wire")]
    assert grade(*one(*told, actors=army, participants=parties)) == Grade.CONFIRMED


@pytest.mark.parametrize("claimant", ["army", "brigade"])
def test_a_membership_of_other_days_confirms_nothing(claimant: str) -> None:
    joined = relation(1, "army", when={"earliest": "2016-07-01"})
    army = [actor("army"), actor("brigade", relations=[joined]), actor("wire")]
    parties = [{"actor": {"army": "brigade", "brigade": "army"}[claimant], "side": 1, "role": "attacker"}]
    told = [claim(1, claimant=claimant), claim(2, claimant="wire")]
    assert grade(*one(*told, actors=army, participants=parties)) == Grade.FAIR


def test_the_curators_grade_stands_instead_of_the_computed_one() -> None:
    built, each = one(claim(1), grade_override={"grade": "fair", "reason": "Invented."})
    assert (grade(built, each), computed_grade(built, each)) == (Grade.FAIR, Grade.WEAK)
