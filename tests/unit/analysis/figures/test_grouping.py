"""Figures in groups: each event or count in one group, the groups in order."""

from __future__ import annotations

import itertools

import pytest

from conflictdata.analysis.figures.grouping import GROUPINGS, OF_EVENT
from conflictdata.analysis.figures.over_events import figures
from tests.support.builders import Object, claim, count, event, place, records


@pytest.mark.parametrize("by", GROUPINGS)
def test_every_grouping_covers_incidents_and_operations(by: str) -> None:
    battle = event(1, [claim(1, "killed", "army", count=count(9, by=["front"]))], kind="operation", type="battle")
    fight = event(2, [claim(1, "killed", "army", count=count(3, 3, by=["front"]))])
    rows = figures(records([battle, fight]), by=by).rows()
    assert [(row["scope"], row["low"]) for row in rows] == [("incident", 3), ("operation", 9)]
    if by in ("causer", "claimant"):
        assert {row[by] for row in rows} == {"front" if by == "causer" else "army"}


def test_things_of_different_kinds_are_never_added() -> None:
    def found(number: int, item: str) -> Object:
        return claim(number, "recovered", count=count(3, 3, unit="item", of={"item": item}))

    answer = figures(records([event(1, [found(1, "rifles"), found(2, "mines")])]), "recovered")
    assert [(group.item, group.low) for group in answer.whole] == [("mines", 3), ("rifles", 3)]
    assert answer.low is None
    assert answer.n_without == 0


def test_things_stand_in_order_of_unit_and_name_and_what_has_no_name_stands_first() -> None:
    units = [("item", "rifles"), ("item", None), ("item", "AK-47 rifles"), ("person", None), ("building", "mills")]
    told = [
        claim(number, "destroyed", count=count(1, 1, unit=unit, **({"of": {"item": name}} if name else {})))
        for number, (unit, name) in enumerate(units, 1)
    ]
    found = figures(records([event(1, told)]), "destroyed", by="event")
    assert [(group.key, group.unit, group.item) for group in found] == [
        ("CD-0001", "building", "mills"),
        ("CD-0001", "item", None),
        ("CD-0001", "item", "AK-47 rifles"),
        ("CD-0001", "item", "rifles"),
        ("CD-0001", "person", None),
    ]


def test_every_grouping_puts_each_event_in_one_group() -> None:
    built = records([event(number, [claim(1, "killed", count=count(1, 1))]) for number in (1, 2)])
    for by, asked in itertools.product(OF_EVENT, (None, "lowest")):
        found = figures(built, by=by, best=asked)
        assert (found.low, found.by) == (2, by)


def grouped(by: str) -> list[tuple[str | None, int | float | None]]:
    """Each group's key and low of five events, with 1, 2, 4, 8 and 16 killed."""
    whens = [
        {"earliest": "2017-01-31", "latest": "2017-02-01"},
        {"earliest": "2016-06-01", "latest": "2016-06-30"},
        {"earliest": "2016-12-31", "latest": "2017-01-01"},
        {"earliest": "2016-06-05"},
        {"latest": "2016-06-05"},
    ]
    ofs: list[Object] = [
        {"of": {"actor": "front", "nationality": "FRA"}, "by": ["wire", "army"]},
        {"of": {"status": "civilian"}},
        {"of": {"actor": "army", "nationality": "DEU", "status": "child"}, "by": ["front"]},
        {},
        {},
    ]
    more: list[Object] = [
        {"where": {"place": "town", "precision": "exact"}, "type": "shelling"},
        {"where": {"place": "mill", "precision": "exact"}, "part_of": "CD-0009"},
        {"where": {"place": "hill", "precision": "exact"}, "type": "armed_clash"},
        {"part_of": "CD-0008"},
        {"type": "air_strike"},
    ]
    events = [
        event(n + 1, [claim(1, "killed", count=count(2**n, 2**n, **ofs[n]))], when=when | {"basis": "1"}, **more[n])
        for n, when in enumerate(whens)
    ]
    places = [
        place("town", "syria", admin1={"name": "Valley"}),
        place("mill", "town"),
        place("hill", country="IRQ"),
        place("syria", country="SYR"),
    ]
    return [(group.key, group.low) for group in figures(records(events, places=places), by=by)]


GROUPS = {
    "event": [("CD-0001", 1), ("CD-0002", 2), ("CD-0003", 4), ("CD-0004", 8), ("CD-0005", 16)],
    "type": [("air_strike", 16), ("armed_clash", 2 + 4 + 8), ("shelling", 1)],
    "operation": [("CD-0008", 8), ("CD-0009", 2), (None, 1 + 4 + 16)],
    "place": [("hill", 4), ("mill", 2), ("town", 1), (None, 8 + 16)],
    "country": [("IRQ", 4), ("SYR", 1 + 2), (None, 8 + 16)],
    "admin1": [("Valley", 1 + 2), (None, 4 + 8 + 16)],
    "year": [("2016", 2 + 8), ("2017", 1), (None, 4 + 16)],
    "month": [("2016-06", 2 + 8), (None, 1 + 4 + 16)],
    "status": [("child", 4), ("civilian", 2), (None, 1 + 8 + 16)],
    "actor": [("army", 4), ("front", 1), (None, 2 + 8 + 16)],
    "nationality": [("DEU", 4), ("FRA", 1), (None, 2 + 8 + 16)],
    "claimant": [("monitor", 1 + 2 + 4 + 8 + 16)],
    "causer": [("army; wire", 1), ("front", 4), (None, 2 + 8 + 16)],
}


@pytest.mark.parametrize("by", GROUPINGS)
def test_groups_stand_in_order_of_their_key_and_what_is_not_known_stands_last(by: str) -> None:
    assert grouped(by) == GROUPS[by]
