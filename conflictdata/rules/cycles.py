"""Rules against cycles of references: following them must never lead back to the start, on any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from conflictdata.date_windows import ANY_DAY, Window
from conflictdata.findings import Code, Finding
from conflictdata.model.codes import RelationType, Stance
from conflictdata.rules.context import DatasetContext

Link = tuple[str, str, str, Window]
"""The start of a link, the pointer of the reference, its end, and the days on which it holds."""

Graph = Mapping[str, Iterable[tuple[str, str]]]
"""By id, the pointer of each reference and the id that it refers to."""

STRUCTURAL = (RelationType.PART_OF, RelationType.BRANCH_OF)


def operations_do_not_contain_each_other(whole: DatasetContext) -> Iterator[Finding]:
    """Following `part_of` must end at an operation that is part of no other."""
    yield from _cycle_findings(
        whole, "event", {e.id: [("/part_of", e.part_of)] for e in whole.records.all_events if e.part_of}
    )


def places_do_not_contain_each_other(whole: DatasetContext) -> Iterator[Finding]:
    """Following `within` must end at a place that is inside no other."""
    yield from _cycle_findings(
        whole, "place", {p.id: [("/within", p.within)] for p in whole.records.places if p.within}
    )


def totals_do_not_include_each_other(whole: DatasetContext) -> Iterator[Finding]:
    """A count that is a part of its own part could never be added up."""
    graph = {
        f"{event.id}#{claim.id}": [
            (f"/claims/{n}/count/includes/{m}", part) for m, part in enumerate(claim.count.includes)
        ]
        for event, n, claim in whole.claims()
        if claim.count is not None and claim.count.includes
    }
    yield from _cycle_findings(whole, "event", graph)


def tombstones_lead_somewhere(whole: DatasetContext) -> Iterator[Finding]:
    """Following `replaced_by` must end at a record, or at a tombstone that nothing replaced."""
    graphs: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for kind, record in whole:
        if record.withdrawn is not None:
            named = [(f"/withdrawn/replaced_by/{n}", other) for n, other in enumerate(record.withdrawn.replaced_by)]
            graphs.setdefault(kind, {})[record.id] = named
    for kind, graph in graphs.items():
        yield from _cycle_findings(whole, kind, graph)


def actors_do_not_contain_each_other(whole: DatasetContext) -> Iterator[Finding]:
    """On no day can two actors each be part or branch of the other, whoever claims it."""
    links: list[Link] = [
        (actor.id, f"/relations/{n}/actor", relation.actor, (w.first, w.last) if (w := relation.when) else ANY_DAY)
        for actor in whole.records.actors
        for n, relation in enumerate(actor.relations)
        if relation.type in STRUCTURAL and relation.stance is Stance.ASSERTS
    ]
    if any(cycles_in(_graph(links))):
        # Windows that share a day share the first day of one of them.
        days = {held[0] or dt.date.min for *_, held in links}
        found = {finding for day in days for finding in _cycle_findings(whole, "actor", _graph(_on(day, links)))}
        yield from sorted(found)


def _on(day: dt.date, links: Iterable[Link]) -> Iterator[Link]:
    """The links that hold on a day."""
    for link in links:
        first, last = link[3]
        if (first or dt.date.min) <= day <= (last or dt.date.max):
            yield link


def _graph(links: Iterable[Link]) -> Graph:
    graph: dict[str, list[tuple[str, str]]] = {}
    for start, pointer, end, _ in links:
        graph.setdefault(start, []).append((pointer, end))
    return graph


def _cycle_findings(whole: DatasetContext, kind: str, graph: Graph) -> Iterator[Finding]:
    for pointer, cycle in cycles_in(graph):
        message = f"the references form a cycle: {' -> '.join(_short(cycle))}; remove one of them"
        yield whole.finding(kind, cycle[0].partition("#")[0], pointer, Code.REFERENCE_CYCLE, message)


def _short(cycle: list[str]) -> list[str]:
    return cycle if len(cycle) <= 8 else [*cycle[:4], "...", *cycle[-3:]]


def cycles_in(graph: Graph) -> Iterator[tuple[str, list[str]]]:
    """Each cycle of references, with the pointer of its first reference in its first record.

    A record that refers to itself is reported by another rule. Chains can be as long as the dataset, so there is no
    recursion.
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
