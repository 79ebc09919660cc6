"""Rules on references that must come to an end: following them never leads back to the start, on any day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from conflictdata.dates import ANY_DAY, Window
from conflictdata.findings import Code, Finding
from conflictdata.graphs import strongly_connected_components
from conflictdata.model.codes import RelationType, Stance
from conflictdata.rules.context import DatasetContext

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
        for ring in strongly_connected_components(start, ends, order) if start not in order else ():
            order |= dict.fromkeys(reversed(ring))
    return [one for one in order if one in onward]


Graph = Mapping[str, Iterable[tuple[str, str]]]
"""By id, the pointer of each reference and the id that it names."""

STRUCTURAL = (RelationType.PART_OF, RelationType.BRANCH_OF)


def operations_do_not_contain_each_other(whole: DatasetContext) -> Iterator[Finding]:
    """Following `part_of` must end at a campaign that is part of nothing."""
    yield from _told(whole, "event", {e.id: [("/part_of", e.part_of)] for e in whole.records.events if e.part_of})


def places_do_not_contain_each_other(whole: DatasetContext) -> Iterator[Finding]:
    """Following `within` must end at a place that lies in none."""
    yield from _told(whole, "place", {p.id: [("/within", p.within)] for p in whole.records.places if p.within})


def totals_do_not_include_each_other(whole: DatasetContext) -> Iterator[Finding]:
    """A number that is part of its own part is counted without end."""
    graph = {
        f"{event.id}#{claim.id}": [
            (f"/claims/{n}/count/includes/{m}", part) for m, part in enumerate(claim.count.includes)
        ]
        for event, n, claim in whole.claims()
        if claim.count is not None and claim.count.includes
    }
    yield from _told(whole, "event", graph)


def tombstones_lead_somewhere(whole: DatasetContext) -> Iterator[Finding]:
    """Following `replaced_by` must end at a record, or at a tombstone that nothing replaced."""
    graphs: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for kind, record in whole:
        if record.withdrawn is not None:
            named = [(f"/withdrawn/replaced_by/{n}", other) for n, other in enumerate(record.withdrawn.replaced_by)]
            graphs.setdefault(kind, {})[record.id] = named
    for kind, graph in graphs.items():
        yield from _told(whole, kind, graph)


def actors_do_not_contain_each_other(whole: DatasetContext) -> Iterator[Finding]:
    """On no day can two forces each be part or branch of the other, whoever says so."""
    links: list[Link] = [
        (actor.id, f"/relations/{n}/actor", relation.actor, (w.first, w.last) if (w := relation.when) else ANY_DAY)
        for actor in whole.records.actors
        for n, relation in enumerate(actor.relations)
        if relation.type in STRUCTURAL and relation.stance is Stance.ASSERTS
    ]
    if any(cycles_in(_graph(links))):
        yield from sorted({told for held in circling(links) for told in _told(whole, "actor", _graph(held))})


def _graph(links: Iterable[Link]) -> Graph:
    graph: dict[str, list[tuple[str, str]]] = {}
    for start, pointer, end, _ in links:
        graph.setdefault(start, []).append((pointer, end))
    return graph


def _told(whole: DatasetContext, kind: str, graph: Graph) -> Iterator[Finding]:
    for pointer, cycle in cycles_in(graph):
        told = f"the references form a circle: {' -> '.join(_short(cycle))}; remove one of them"
        yield whole.finding(kind, cycle[0].partition("#")[0], pointer, Code.REFERENCE_CYCLE, told)


def _short(cycle: list[str]) -> list[str]:
    return cycle if len(cycle) <= 8 else [*cycle[:4], "...", *cycle[-3:]]


def cycles_in(graph: Graph) -> Iterator[tuple[str, list[str]]]:
    """Each reference that closes a circle, where it stands in the record that the circle is told from, and the circle.

    A circle of one is no matter of this rule: a record that names itself is told of by itself. Chains can be as long as
    the dataset, so that nothing here recurses.
    """
    done: set[str] = set()
    for start in graph:
        path: list[str] = []
        place: dict[str, int] = {}
        trail = [(start, iter(graph[start]))] if start not in done else []
        while trail:
            node, onward = trail[-1]
            if node not in place:
                place[node] = len(path)
                path.append(node)
            for pointer, other in onward:
                if other in place and other != node:
                    yield pointer, [node, *path[place[other] :]]
                elif other not in done and other in graph and other != node:
                    trail.append((other, iter(graph[other])))
                    break
            else:
                done.add(path.pop())
                del place[node]
                trail.pop()
