"""Windows of days: order, overlap, containment, span and middle keep their laws, unknown ends included."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conflictdata import date_windows
from tests.support.effort import effort

# A short stretch of days, so that drawn windows touch, nest and miss by one day often.
DAYS = st.dates(dt.date(2016, 2, 20), dt.date(2016, 3, 10))
ENDS = st.none() | DAYS
WINDOWS = st.tuples(ENDS, ENDS)
ORDERED = WINDOWS.filter(date_windows.in_order)
CLOSED = st.tuples(DAYS, DAYS).filter(date_windows.in_order)


def days_of(window: date_windows.Window) -> set[dt.date]:
    """Every day of the window within the stretch that is drawn from, and one day beyond each end for unbounded ones."""
    every = [dt.date(2016, 2, 19) + dt.timedelta(n) for n in range(22)]
    return {day for day in every if (not window[0] or window[0] <= day) and (not window[1] or day <= window[1])}


@given(WINDOWS)
@effort(2)
def test_a_window_is_in_order_when_it_holds_a_day(window):
    assert date_windows.in_order(window) == bool(days_of(window))


@given(ORDERED, ORDERED)
@effort(2)
def test_windows_overlap_when_they_share_a_day(one, other):
    assert date_windows.overlap(one, other) == bool(days_of(one) & days_of(other)) == date_windows.overlap(other, one)


@given(WINDOWS, WINDOWS)
@effort(2)
def test_windows_share_the_days_that_are_in_both(one, other):
    assert days_of(date_windows.shared(one, other)) == days_of(one) & days_of(other)


@given(ORDERED, ORDERED)
@effort(2)
def test_one_window_is_before_another_when_no_day_is_left_for_doubt(one, other):
    expected = bool(one[1] and other[0] and max(days_of(one)) < min(days_of(other)))
    assert date_windows.before(one, other) == expected


@given(ORDERED, ORDERED)
@effort(2)
def test_a_window_contains_another_when_it_holds_all_its_days(outer, inner):
    assert date_windows.contains(outer, inner) == (days_of(inner) <= days_of(outer))


@given(ORDERED, DAYS)
@effort(2)
def test_a_window_covers_the_days_it_holds(window, day):
    assert date_windows.covers(window, day) == (day in days_of(window))


@given(CLOSED)
@effort(2)
def test_the_span_counts_both_ends(window):
    assert date_windows.span_days(window) == len(days_of(window))


@given(CLOSED)
@effort(2)
def test_the_middle_day_has_as_many_days_before_it_as_after_it_or_one_fewer(window):
    middle = date_windows.middle_day(window)
    held = days_of(window)
    before = sum(day < middle for day in held)
    after = sum(day > middle for day in held)
    assert middle in held
    assert after - before == (len(held) + 1) % 2


@given(WINDOWS)
@effort(2)
def test_an_unknown_end_has_no_span_and_no_middle(window):
    assume(None in window)
    assert date_windows.span_days(window) is None
    assert date_windows.middle_day(window) is None


@given(st.lists(WINDOWS))
@effort(2)
def test_windows_sort_with_unknown_ends_outermost(windows):
    ordered = sorted(windows, key=date_windows.sort_key)
    firsts = [window[0] for window in ordered]
    assert firsts == [None] * firsts.count(None) + sorted(day for day in firsts if day)


@pytest.mark.parametrize(
    ("earliest", "latest", "span", "middle"),
    [
        ((2016, 2, 1), (2016, 2, 29), 29, (2016, 2, 15)),
        ((2016, 2, 28), (2016, 3, 1), 3, (2016, 2, 29)),
        ((2015, 12, 31), (2016, 1, 1), 2, (2015, 12, 31)),
        ((2016, 7, 4), (2016, 7, 4), 1, (2016, 7, 4)),
    ],
)
def test_leap_days_and_new_year_are_counted(earliest, latest, span, middle):
    window = (dt.date(*earliest), dt.date(*latest))
    assert (date_windows.span_days(window), date_windows.middle_day(window)) == (span, dt.date(*middle))
