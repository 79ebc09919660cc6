"""The possible and the certain days of a window in a record."""

from __future__ import annotations

from conflictdata.date_windows import ANY_DAY, Window, in_order
from conflictdata.model import Days, When


def possible(window: When | Days | None) -> Window:
    """Every day that can belong to the window; without one, any day."""
    if window is None:
        return ANY_DAY
    if isinstance(window, When) and window.lasting:
        return window.first, window.last
    return window.earliest, window.latest


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
