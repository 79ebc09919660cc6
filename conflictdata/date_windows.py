"""Windows of days, (earliest, latest) with both included: their arithmetic, and how users write them."""

from __future__ import annotations

import datetime as dt

from conflictdata.errors import InvalidValue, WrongArgument
from conflictdata.text import quote

Window = tuple[dt.date | None, dt.date | None]

ANY_DAY: Window = (None, None)


def in_order(window: Window) -> bool:
    """Whether the window holds at least one day: it does not end before it begins."""
    earliest, latest = window
    return earliest is None or latest is None or earliest <= latest


def before(one: Window, other: Window) -> bool:
    """Whether every day of `one` is certainly before every day of `other`."""
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def overlap(one: Window, other: Window) -> bool:
    """Whether the windows can share a day; an unknown end has no limit."""
    return not before(one, other) and not before(other, one)


def shared(one: Window, other: Window) -> Window:
    """The days in both windows; if they share none, the result is not `in_order`."""
    (first, last), (start, end) = one, other
    if first is None or (start is not None and start > first):
        first = start
    if last is None or (end is not None and end < last):
        last = end
    return first, last


def contains(outer: Window, inner: Window) -> bool:
    """Whether every possible day of `inner` is in `outer`; only an open end contains an open end."""
    opens = outer[0] is None or (inner[0] is not None and outer[0] <= inner[0])
    closes = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return opens and closes


def covers(window: Window, day: dt.date) -> bool:
    """Whether the day is in the window."""
    return contains(window, (day, day))


def span_days(window: Window) -> int | None:
    """The number of days in the window, both ends counted; None if an end is unknown."""
    earliest, latest = window
    return None if earliest is None or latest is None else (latest - earliest).days + 1


def middle_day(window: Window) -> dt.date | None:
    """The middle day, the earlier of two middle days; None if an end is unknown."""
    earliest, latest = window
    return None if earliest is None or latest is None else earliest + (latest - earliest) // 2


def sort_key(window: Window) -> tuple[dt.date, dt.date]:
    """A sort key: by earliest and then latest day; an unknown start sorts first, an unknown end last."""
    return (window[0] or dt.date.min, window[1] or dt.date.max)


def read_day(day: dt.date | str) -> dt.date:
    """A day given as a date or as YYYY-MM-DD; `InvalidValue` for other text, `WrongArgument` for anything else."""
    if isinstance(day, dt.datetime):
        if day != day:  # NaT, the missing day of pandas, does not equal itself
            raise _not_a_day(str(day))
        return day.date()
    if isinstance(day, dt.date):
        return day
    if not isinstance(day, str):
        raise WrongArgument("a day is a date, or YYYY-MM-DD as text", day)
    try:
        read = dt.date.fromisoformat(day)
    except ValueError:
        raise _not_a_day(day) from None
    if read.isoformat() != day:  # Python reads other spellings of ISO 8601 too
        raise _not_a_day(day)
    return read


def _not_a_day(text: str) -> InvalidValue:
    return InvalidValue(f"{quote(text)} is not a day; write YYYY-MM-DD, such as 2017-06-06")


def read_window(start: dt.date | str | None, end: dt.date | str | None) -> Window:
    """The days from `start` to `end`; None leaves an end open."""
    window = (None if start is None else read_day(start), None if end is None else read_day(end))
    if not in_order(window):
        raise InvalidValue(f"the first day {window[0]} is after the last day {window[1]}; exchange them")
    return window


def spell_window(window: Window) -> str:
    """The window in words of days, such as `2017-06-06` or `2017-06-01 to ...`."""
    first, last = (day.isoformat() if day else "..." for day in window)
    return first if first == last else f"{first} to {last}"
