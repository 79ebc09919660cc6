"""The strongly connected components of a graph, in linear time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterable, Iterator


def strongly_connected_components(
    start: str, onward: Callable[[str], Iterable[str]], done: Container[str] = ()
) -> Iterator[list[str]]:
    """The strongly connected components that can be reached from `start`, each after those that it leads to.

    Nodes in `done` are left out, with everything that only they lead to. This is Tarjan's algorithm without recursion,
    because a chain can be as long as the dataset.
    """
    number = {start: 0}
    lowest = {start: 0}
    pile = [start]
    trail = [(start, iter(onward(start)))]
    while trail:
        node, others = trail[-1]
        for other in others:
            if other in done:
                continue
            if other not in number:
                number[other] = lowest[other] = len(number)
                pile.append(other)
                trail.append((other, iter(onward(other))))
                break
            lowest[node] = min(lowest[node], number[other])
        else:
            trail.pop()
            if trail:
                before = trail[-1][0]
                lowest[before] = min(lowest[before], lowest[node])
            if lowest[node] == number[node]:
                place = len(pile) - 1
                while pile[place] != node:
                    place -= 1
                ring, pile[place:] = pile[place:], []
                number |= dict.fromkeys(ring, sys.maxsize)  # later than all that leads to it, and so of no ring with it
                yield ring
