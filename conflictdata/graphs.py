"""What leads to each other and back: the rings of a graph, in time linear in its size."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterable, Iterator


def strongly_connected_components(
    start: str, onward: Callable[[str], Iterable[str]], done: Container[str] = ()
) -> Iterator[list[str]]:
    """Everything that `start` leads to, in groups that lead to each other; what a group leads to comes before it.

    Most groups are of one. What is `done` is left out, with all that only it leads to. Tarjan's algorithm, without
    recursion, as a chain can be as long as the dataset.
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
