"""What sets the range of one population: numbers before words, and denials only for those of whom they speak."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.figures.over_events import figures
from conflictdata.analysis.figures.totals import event_total
from conflictdata.analysis.printable_sentence import sentence
from conflictdata.model.codes import Property
from tests.support.builders import Object, actor, claim, count, event, records
from tests.support.effort import effort

CIVILIANS = {"of": {"status": "civilian", "actor": "civilians"}}
numbers = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(sorted)


def killed(*claims: Object) -> tuple[float | None, float | None]:
    built = records([event(1, claims)])
    whole = event_total(built, built.events[0], Property.KILLED)
    return whole.low, whole.high


@effort()
@given(numbers, st.sampled_from(["dozens", "Hundreds of people", "several more", "a number", "far lower"]))
def test_words_that_allow_the_numbers_leave_them_as_they_are(ends: list[int], words: str) -> None:
    alone = killed(claim(1, "killed", count=count(*ends)))
    spoken = killed(claim(1, "killed", count=count(as_stated=words)))
    both = killed(claim(1, "killed", count=count(*ends)), claim(2, "killed", "army", count=count(as_stated=words)))
    if spoken[0] is None or spoken[0] <= ends[0]:
        assert both == alone
    else:
        assert both == (ends[0], None)


ABOUT = st.fixed_dictionaries(
    {
        "ends": numbers,
        "by": st.sampled_from([None, ["army"], ["front"]]),
        "day": st.sampled_from([None, "04", "05", "06"]),
    }
)


@effort()
@given(st.lists(ABOUT, min_size=1, max_size=4))
def test_nothing_is_added_where_each_claimant_gives_one_number(told: list[Object]) -> None:
    claims = []
    for voice, about in zip(("army", "front", "monitor", "wire"), told, strict=False):
        by = {"by": about["by"]} if about["by"] else {}
        day = f"2016-06-{about['day']}"
        window = {"window": {"earliest": day, "latest": day}} if about["day"] else {}
        claims.append(claim(len(claims) + 1, "killed", voice, count=count(*about["ends"], **by), **window))
    assert killed(*claims) == (min(each["ends"][0] for each in told), max(each["ends"][1] for each in told))


def test_a_whole_in_words_holds_what_is_said_of_a_part() -> None:
    told = claim(1, "killed", count=count(25, 25, **CIVILIANS)), claim(2, "killed", count=count(as_stated="dozens"))
    assert killed(*told) == (25, None)


@pytest.mark.parametrize(
    ("of", "low"),
    [(CIVILIANS, 0), ({"of": {"status": "child", "actor": "civilians"}}, 0), ({}, 40), ({"of": {"actor": "army"}}, 40)],
)
def test_who_denies_dead_civilians_denies_no_others(of: Object, low: int) -> None:
    denial = claim(2, "killed", "army", stance="denies", count=count(1, **CIVILIANS), conflicts_with=["CD-0001#c1"])
    built = records([event(1, [claim(1, "killed", count=count(40, 40, **of)), denial])])
    assert figures(built).low == low


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ([(6, 6), (10, None), (36, 36)], "At least 6 people were killed, according to Monitor, and the largest"),
        ([(None, 33), (40, 420)], "As many as 420 people were killed, according to Army, and the smallest"),
    ],
)
def test_an_open_end_is_reported_with_the_number_that_reaches_furthest(ends: list[tuple[int, int]], said: str) -> None:
    voices = ("monitor", "army", "front")
    claims = [claim(n, "killed", voices[n - 1], count=count(*each)) for n, each in enumerate(ends, 1)]
    told = sentence(records([event(1, claims)], [actor(voice) for voice in voices]), "CD-0001")
    assert told.startswith(said)
    assert told.endswith(("36, by Front.", "33, by Monitor."))
