"""Two claimants side by side: the gap is symmetric, and nothing when both can be right."""

from __future__ import annotations

import pytest

import conflictdata as cd
from conflictdata.analysis.comparison import claimant_ranges, compare, rank_claimants
from conflictdata.errors import UnknownName
from tests.support.builders import claim, count, event, records


def ranges_of(*claims):
    return claimant_ranges(records(events=[event(1, list(claims))]).events[0])


def says(number, who, low, high=None, **more):
    bound = "exact" if low == high else "at_least" if high is None else "range"
    of = more.pop("of", {"status": "civilian"})
    numbers = {"low": low} | ({} if high is None else {"high": high})
    return claim(number, "killed", who, count=count(low, of=of) | numbers | {"bound": bound} | more)


def test_a_part_is_not_added_to_its_whole_and_two_populations_are():
    whole = says(1, "valley-monitor", 10, 12, includes=["CD-0001#c2"])
    part = says(2, "valley-monitor", 3, 3, of={"status": "child"})
    other = says(3, "valley-monitor", 2, 2, of={"status": "combatant"})
    assert ranges_of(whole, part, other) == {"valley-monitor": (12, 14)}


def test_an_open_end_stays_open():
    assert ranges_of(says(1, "valley-monitor", 10), says(2, "valley-monitor", 2, 2, of={"status": "combatant"})) == {
        "valley-monitor": (12, None)
    }


def test_the_gap_is_symmetric_and_the_widest_comes_first():
    ds = cd.load()
    names = [actor.id for actor in ds.actors if actor.kind in ("monitor", "coalition", "media", "armed_group")]
    for one in names[:6]:
        for other in names[:6]:
            there, back = compare(ds.records, one, other), compare(ds.records, other, one)
            assert {(c.event.id, c.gap) for c in there} == {(c.event.id, c.gap) for c in back}
            assert [c.gap for c in there] == sorted((c.gap for c in there), reverse=True)
            if one == other:
                assert all(c.gap == 0 for c in there)


def test_whoever_differs_is_ranked_and_who_agrees_is_not():
    claims = [says(1, "army", 10, 10), says(2, "monitor", 30, 40), says(3, None, 50, 50)]
    agreed = event(2, [says(1, "army", 5), says(2, "monitor", 5)])
    whole = event(3, [says(1, "army", 5, 5), says(2, "monitor", 7, 7)], kind="operation", type="battle")
    ranks = rank_claimants(records([event(1, claims), agreed, whole]))
    assert [rank.to_dict() for rank in ranks] == [
        {"claimant": "army", "incidents": 2, "highest": 0, "lowest": 1},
        {"claimant": "monitor", "incidents": 2, "highest": 1, "lowest": 0},
    ]


def test_an_unknown_claimant_is_refused():
    with pytest.raises(UnknownName):
        cd.load().compare("airwars", "nobody-of-that-name")
