"""Fights between parties that UCDP knows, of which the layout of its GED has rows."""

from __future__ import annotations

from conflictdata.model import Records
from tests.support.builders import Object, actor, claim, count, event, place, records, source

ACTORS = [
    actor("is", ucdp={"id": 234, "name": "IS"}),
    actor("sdf", ucdp={"id": 6288, "name": "SDF"}),
    actor("syria", kind="state", country="SYR", ucdp={"id": 118, "name": "Government of Syria"}),
    actor("brigade", part_of=["sdf"]),
    actor("tribe", name="Tribe"),
    actor("people", kind="population"),
    actor("monitor", kind="monitor"),
    actor("paper", kind="media"),
    actor("unattributed", kind="unattributed"),
]
PLACES = [
    place("land", kind="country", country="SYR", point=(35, 38.5)),
    place("town", "land", point=(35.95283, 39.00788), admin1={"name": "Province"}, admin2={"name": "District"}),
    place("nowhere"),
]
HERE = {"place": "town", "precision": "settlement"}


def fight(one: str, two: str, *claims: Object, **more: object) -> Object:
    """A fight between two actors, with a killed claim unless others are given."""
    parts = [{"actor": one, "side": 1, "role": "attacker"}, {"actor": two, "side": 2, "role": "defender"}]
    return event(1, claims or [claim(1, "killed", count=count(5, 9))], **{"participants": parts, "where": HERE, **more})


def world(*events: Object) -> Records:
    """Records of these events among the actors and places of this file."""
    return records(events, ACTORS, PLACES, [source("paper-1", "paper")])
