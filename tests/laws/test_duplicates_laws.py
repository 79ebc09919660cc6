"""Possible duplicates are exactly the pairs that a comparison of all pairs finds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import combinations

from hypothesis import event as note
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.findings import Code
from conflictdata.model import Event, Records
from conflictdata.rules import check_records
from conflictdata.rules.duplicates import MOST
from tests.support import builders
from tests.support.effort import effort
from tests.support.rule_findings import FEW_DAYS, sorted_findings

DRAWN_EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "first": st.none() | st.sampled_from(FEW_DAYS),
            "last": st.none() | st.sampled_from(FEW_DAYS),
            "place": st.none() | st.sampled_from(["mill", "hill"]),
            "type": st.sampled_from(["shelling", "looting"]),
            "actors": st.sets(st.sampled_from(["army", "brigade"])),
            "apart": st.sets(st.integers(1, 5)),
        }
    ).filter(lambda e: (e["first"] or e["last"]) and (e["first"] or "") <= (e["last"] or "9")),
    max_size=5,
)


def drawn_event(number: int, *, first, last, place, type, actors, apart) -> Event:  # noqa: A002
    """An event of what was drawn."""
    obj = builders.event(number, [builders.claim(1)], type=type, when={"basis": "Drawn."})
    obj["when"] |= {end: day for end, day in (("earliest", first), ("latest", last)) if day}
    if place:
        obj["where"] = {"place": place, "precision": "near"}
    if actors:
        obj["participants"] = [{"actor": actor, "role": "party"} for actor in sorted(actors)]
    if apart:
        obj["distinct_from"] = [{"event": f"CD-{other:04}", "reason": "Drawn."} for other in sorted(apart)]
    return Event.from_object(obj)


@given(DRAWN_EVENTS)
@effort(4)
def test_possible_duplicates_are_exactly_the_pairs_that_share_type_place_actor_and_a_possible_day(drawn):
    events = [drawn_event(number, **each) for number, each in enumerate(drawn, 1)]
    expected = {
        (f"CD-{j:04}", f"CD-{i:04}")
        for (i, a), (j, b) in combinations(enumerate(drawn, 1), 2)
        if a["type"] == b["type"]
        and a["place"] == b["place"]
        and a["actors"] & b["actors"]
        and max(a["first"] or "", b["first"] or "") <= min(a["last"] or "9", b["last"] or "9")
        and j not in a["apart"]
        and i not in b["apart"]
    }
    records = Records.of(events=events)
    told = {
        (file.removeprefix("event "), message[:7])
        for file, _, code, message in sorted_findings(records)
        if code == Code.POSSIBLE_DUPLICATE
    }
    note(f"{len(expected)} pairs")
    assert told == expected


def test_of_many_possible_duplicates_each_is_reported_a_few_times_at_most():
    same = {"first": FEW_DAYS[0], "last": None, "place": "mill", "type": "shelling", "actors": {"army"}, "apart": set()}
    events = [drawn_event(number, **same) for number in range(1, 13)]
    told = Counter(file.removeprefix("event ") for file, *_ in duplicate_findings(Records.of(events=events)))
    assert told == {f"CD-{number:04}": min(number - 1, MOST) for number in range(2, 13)}


def test_of_many_possible_duplicates_those_that_begin_last_before_it_are_named_in_order_of_their_numbers():
    same = {"last": None, "place": "mill", "type": "shelling", "actors": {"army"}, "apart": set()}
    days = [dt.date(2016, 2, day).isoformat() for day in range(1, 13)]
    events = [drawn_event(number, first=day, **same) for number, day in enumerate(days, 9_994)]
    found = check_records(Records.of(events=events), lambda kind, record_id: (record_id, ""))
    told = [(each.file, each.message.partition(" ")[0]) for each in found if each.code is Code.POSSIBLE_DUPLICATE]
    ids = [f"CD-{number}" for number in range(9_994, 10_006)]
    assert told == [(late, early) for n, late in enumerate(ids) for early in ids[max(0, n - MOST) : n]]


def duplicate_findings(records: Records) -> list[tuple[str, str, str, str]]:
    return [each for each in sorted_findings(records) if each[2] == Code.POSSIBLE_DUPLICATE]
