"""UCDP's type of violence: who fights whom, and what is no fight."""

from __future__ import annotations

from typing import Any

import pytest

from conflictdata.analysis.violence_type import ViolenceType, violence_type
from conflictdata.codelists import codes
from tests.support.builders import Object, actor, claim, event, records

ACTORS = [
    actor("army", kind="state_force"),
    actor("front"),
    actor("guard"),
    actor("allies", kind="coalition"),
    actor("realm", ["allies"], kind="state"),
    actor("people", kind="population"),
]


def part(who: str, side: int | None, role: str) -> Object:
    return {"actor": who, "role": role} | ({"side": side} if side else {})


def found(what: str, *parts: Object, around: list[Object] | None = None, **more: Any) -> ViolenceType | None:
    """The type of violence of an incident, perhaps in a battle of `around`."""
    events = [event(1, [claim(1)], type=what, participants=list(parts), **more)]
    if around is not None:
        events[0]["part_of"] = "CD-0002"
        events.append(event(2, [claim(1)], kind="operation", type="battle", participants=around))
    built = records(events, ACTORS)
    return violence_type(built, built.events["CD-0001"])


FRONT = part("front", 2, "defender")
PEOPLE = part("people", None, "victim")
BATTLE = [part("guard", 1, "attacker"), part("allies", 1, "supporter"), FRONT]


@pytest.mark.parametrize(
    ("what", "parts", "around", "expected"),
    [
        ("armed_clash", [part("army", 1, "attacker"), FRONT], None, "state_based"),
        ("armed_clash", [part("guard", 1, "attacker"), FRONT], None, "non_state"),
        ("air_strike", [part("allies", 1, "attacker"), part("front", 2, "target"), PEOPLE], None, "state_based"),
        ("air_strike", [part("allies", 1, "attacker"), part("front", 2, "target"), PEOPLE], BATTLE, "non_state"),
        ("air_strike", [part("allies", 1, "attacker"), PEOPLE], BATTLE, "non_state"),
        ("air_strike", [part("army", 1, "attacker"), PEOPLE], None, None),
        ("air_strike", [part("army", 1, "attacker"), part("people", 2, "target")], None, "one_sided"),
        ("suicide_bombing", [part("front", 1, "attacker"), PEOPLE], None, "one_sided"),
        ("suicide_bombing", [part("front", 1, "attacker")], BATTLE, "non_state"),
        ("attack_on_civilians", [part("front", 1, "perpetrator"), PEOPLE], BATTLE, "one_sided"),
        ("attack_on_civilians", [PEOPLE], None, None),
        ("killings", [part("front", 1, "perpetrator"), PEOPLE], None, "one_sided"),
        ("bombardment", [part("army", 1, "attacker"), FRONT], None, "state_based"),
        ("announcement", [part("front", 1, "speaker")], None, None),
    ],
)
def test_the_type_follows_from_who_fights_whom(
    what: str, parts: list[Object], around: list[Object] | None, expected: str | None
) -> None:
    assert found(what, *parts, around=around) == expected


def test_the_types_are_those_of_the_codelist() -> None:
    assert [each.value for each in ViolenceType] == list(codes("violence-types"))
