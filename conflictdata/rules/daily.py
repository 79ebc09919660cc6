"""Links that hold on some days only: which of them lead into a circle on which days."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from conflictdata.dates import Window
from conflictdata.rings import rings

Link = tuple[str, str, str, Window]
"""Where a link starts, the pointer of the reference, where it ends, and the days on which it holds."""

_TOGETHER = 1024  # how many days are looked at together, each a bit of a number


def circling(links: Sequence[Link]) -> Iterator[list[Link]]:
    """The links that lead into a circle on some day: once for each set of them, where days in a row have the same.

    A link that starts and ends at one thing is no circle. Whoever follows the links of a day from start to start, those
    of a start standing together, finds the circles that they would find by following all that hold.
    """
    # Windows that share a day share the first day of one of them.
    days = sorted({held[0] or dt.date.min for *_, held in links})
    for at in range(0, len(days), _TOGETHER):
        yield from _circling(links, days[at : at + _TOGETHER])


def _circling(links: Iterable[Link], days: Sequence[dt.date]) -> Iterator[list[Link]]:
    held = [(link, mask) for link in links if link[0] != link[2] and (mask := _mask(link[3], days))]
    endless = _endless(held, len(days))
    into = [(link, here) for link, mask in held if (here := mask & endless.get(link[2], 0))]
    turns = 1
    for _, mask in into:
        turns |= mask ^ (mask << 1)
    for day in range(len(days) if into else 0):
        if turns >> day & 1 and (found := [link for link, mask in into if mask >> day & 1]):
            yield found


def _mask(held: Window, days: Sequence[dt.date]) -> int:
    """Which of the days lie in the window, the first in the lowest bit."""
    first, last = held
    before = bisect_left(days, first) if first else 0
    until = bisect_right(days, last) if last else len(days)
    return (1 << until) - (1 << before) if before < until else 0


def _endless(links: Iterable[tuple[Link, int]], days: int) -> dict[str, int]:
    """On which days one can go on from each start for ever, which is to come into a circle."""
    onward: dict[str, list[tuple[str, int]]] = {}
    before: dict[str, list[str]] = {}
    for (start, _, end, _), mask in links:
        onward.setdefault(start, []).append((end, mask))
        before.setdefault(end, []).append(start)
    order = _last_first(onward)
    endless = dict.fromkeys(order, (1 << days) - 1)
    waiting = order
    while waiting:
        shortened: set[str] = set()
        for one in waiting:
            now = 0
            for end, mask in onward[one]:
                now |= mask & endless.get(end, 0)
            if now != endless[one]:
                endless[one] = now
                shortened.update(before.get(one, ()))
        waiting = [one for one in order if one in shortened]
    return endless


def _last_first(onward: dict[str, list[tuple[str, int]]]) -> list[str]:
    """What others lead to before those others, as far as there is such an order: what is known of it helps them."""
    order: dict[str, None] = {}

    def ends(one: str) -> Iterator[str]:
        return (end for end, _ in onward.get(one, ()))

    for start in onward:
        for ring in rings(start, ends, order) if start not in order else ():
            order |= dict.fromkeys(reversed(ring))
    return [one for one in order if one in onward]
