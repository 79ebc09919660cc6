"""When an event happened by all that is known: what narrows its window, and what leaves it alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from conflictdata.analysis.event_dates import event_dates
from tests.support.builders import Object, claim, event, records, source

JUNE = {"started": {"earliest": "2016-06-01"}, "ended": {"latest": "2016-06-30"}, "basis": "1"}


def window(when: Object, whole: Object | None = None, **more: Any) -> tuple[str, str, str, str]:
    """The effective window of an incident, and where each end comes from; the paper is of 10 June."""
    events = [event(1, [claim(1)], when=when | {"basis": "1"}, **({"part_of": "CD-0002"} if whole else {}), **more)]
    if whole:
        events.append(event(2, [claim(1, "strength")], when=whole, kind="operation", type="battle"))
    built = records(events)
    dates = event_dates(built, built.events["CD-0001"])
    return str(dates.start or ""), str(dates.end or ""), dates.start_basis.value, dates.end_basis.value


@pytest.mark.parametrize(
    ("when", "whole", "expected"),
    [
        ({"earliest": "2016-06-02", "latest": "2016-06-03"}, None, ("2016-06-02", "2016-06-03", "stated", "stated")),
        ({"earliest": "2016-06-02"}, None, ("2016-06-02", "2016-06-10", "stated", "report")),
        ({"latest": "2016-06-03"}, JUNE, ("2016-06-01", "2016-06-03", "inherited", "stated")),
        ({"earliest": "2016-05-20", "latest": "2016-07-09"}, JUNE, ("2016-06-01", "2016-06-10", "inherited", "report")),
        ({"started": {"earliest": "2016-06-05"}}, None, ("2016-06-05", "", "stated", "open")),
        ({"started": {"earliest": "2016-06-05"}}, JUNE, ("2016-06-05", "2016-06-30", "stated", "inherited")),
        ({"earliest": "2016-05-01", "latest": "2016-05-09"}, JUNE, ("2016-05-01", "2016-05-09", "stated", "stated")),
    ],
)
def test_each_bound_says_where_it_comes_from(when: Object, whole: Object | None, expected: tuple[str, ...]) -> None:
    assert window(when, whole) == expected


def test_a_document_that_only_comments_on_the_event_does_not_end_it() -> None:
    papers = [source("paper-1", day="2016-06-10"), source("paper-2", day="2016-06-03")]
    plan = claim(2, stance="plans", fate="as_planned", source="paper-2")
    built = records([event(1, [claim(1), plan], when={"earliest": "2016-06-01", "basis": "1"})], sources=papers)
    assert event_dates(built, built.events[0]).end == dt.date(2016, 6, 10)


def test_the_best_day_is_the_middle_and_the_precision_a_number_of_days() -> None:
    built = records([event(1, [claim(1)], when={"earliest": "2016-06-01", "latest": "2016-06-05", "basis": "1"})])
    dates = event_dates(built, built.events[0])
    assert (dates.best, dates.precision) == (dt.date(2016, 6, 3), 5)
