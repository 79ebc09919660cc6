"""Arithmetic on windows of days: (earliest, latest), both included, where None is an unknown and unbounded end."""

from __future__ import annotations

import datetime as dt

Window = tuple[dt.date | None, dt.date | None]

ANY_DAY: Window = (None, None)


def in_order(window: Window) -> bool:
    """Whether the window holds at least one day: it does not end before it begins."""
    earliest, latest = window
    return earliest is None or latest is None or earliest <= latest


def before(one: Window, other: Window) -> bool:
    """Whether every day of `one` certainly lies before every day of `other`."""
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def overlap(one: Window, other: Window) -> bool:
    """Whether the windows can share a day; an unknown end reaches any distance."""
    return not before(one, other) and not before(other, one)


def shared(one: Window, other: Window) -> Window:
    """The days in both windows; where they share none, a window that is not in order."""
    firsts = [window[0] for window in (one, other) if window[0] is not None]
    lasts = [window[1] for window in (one, other) if window[1] is not None]
    return max(firsts, default=None), min(lasts, default=None)


def contains(outer: Window, inner: Window) -> bool:
    """Whether every day that `inner` may hold lies in `outer`; only an unbounded end contains an unbounded end."""
    opens = outer[0] is None or (inner[0] is not None and outer[0] <= inner[0])
    closes = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return opens and closes


def covers(window: Window, day: dt.date) -> bool:
    """Whether the day lies in the window."""
    return contains(window, (day, day))


def span_days(window: Window) -> int | None:
    """How many days the window holds, both ends counted; None where an end is unknown."""
    earliest, latest = window
    return None if earliest is None or latest is None else (latest - earliest).days + 1


def middle_day(window: Window) -> dt.date | None:
    """The middle day, the earlier of the two where the number of days is even; None where an end is unknown."""
    earliest, latest = window
    return None if earliest is None or latest is None else earliest + (latest - earliest) // 2


def sort_key(window: Window) -> tuple[dt.date, dt.date]:
    """Orders windows by earliest and then latest day, an unknown end as far away as it may be."""
    return (window[0] or dt.date.min, window[1] or dt.date.max)
