"""The possible and the certain days of a window, and days as a user writes them."""

from __future__ import annotations

import datetime as dt

from conflictdata.dates import ANY_DAY, Window, in_order
from conflictdata.errors import InvalidValue, WrongArgument
from conflictdata.model import Days, When
from conflictdata.text import quote


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


def possible(window: When | Days | None) -> Window:
    """Every day that can belong to the window; without one, any day."""
    if window is None:
        return ANY_DAY
    return (window.first, window.last) if isinstance(window, When) else (window.earliest, window.latest)


def certain(window: When | Days | None) -> Window | None:
    """The days that must belong to the window, or None where no day is certain.

    For something that lasted, the days from its latest possible start to its earliest possible end are certain; if one
    of the two is unknown, only the other is. For "on some day between", a day is certain only if the window has one
    day.
    """
    if isinstance(window, When) and window.lasting:
        first = window.started.latest if window.started else None
        last = window.ended.earliest if window.ended else None
        first, last = first or last, last or first
        return (first, last) if first is not None and in_order((first, last)) else None
    first, last = possible(window)
    return (first, last) if first is not None and first == last else None


def spell_window(window: Window) -> str:
    """The window in words of days, such as `2017-06-06` or `2017-06-01 to ...`."""
    first, last = (day.isoformat() if day else "..." for day in window)
    return first if first == last else f"{first} to {last}"
