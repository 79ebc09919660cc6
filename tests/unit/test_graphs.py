"""What leads to each other and back, whatever the links: rings, and on which days links lead into one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from operator import itemgetter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conflictdata.dates import Window, covers
from conflictdata.graphs import strongly_connected_components
from conflictdata.rules.cycles import Link, circling, cycles_in
from tests.laws.test_rules_laws import FEW_DAYS
from tests.support.effort import effort

NODES = "abcdef"
LINKS = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=14)


def reached(links: Iterable[tuple[str, str]], start: str) -> set[str]:
    """The node and all that it leads to."""
    found: set[str] = set()
    following = {start}
    while following:
        found |= following
        following = {end for begin, end in links if begin in found} - found
    return found


@given(LINKS, st.sampled_from(NODES))
@effort(4)
def test_a_ring_is_what_leads_to_each_other_and_comes_after_what_it_leads_to(links, start):
    found = list(strongly_connected_components(start, lambda node: [end for begin, end in links if begin == node]))
    passed: set[str] = set()
    for ring in found:
        for node in ring:
            assert {other for other in reached(links, node) if node in reached(links, other)} == set(ring)
            assert reached(links, node) - set(ring) <= passed
        passed |= set(ring)
    assert sorted(node for ring in found for node in ring) == sorted(reached(links, start))
    assert start in found[-1]


@given(LINKS, st.permutations(NODES))
@effort(2)
def test_rings_asked_for_one_after_the_other_are_those_of_the_whole_each_once(links, order):
    done: dict[str, None] = {}
    found = []
    for start in order:
        if start not in done:
            for ring in strongly_connected_components(
                start, lambda node: [end for begin, end in links if begin == node], done
            ):
                found.append(frozenset(ring))
                done |= dict.fromkeys(ring)
    both = {frozenset(o for o in NODES if o in reached(links, n) and n in reached(links, o)) for n in NODES}
    assert len(found) == len(both) and set(found) == both


def test_a_ring_as_long_as_a_dataset_is_found_without_recursion():
    length = 50_000
    chain = {str(n): [str(n + 1)] for n in range(length)}
    assert len(list(strongly_connected_components("0", lambda node: chain.get(node, ())))) == length + 1
    chain[str(length)] = ["0"]
    assert [len(ring) for ring in strongly_connected_components("0", lambda node: chain[node])] == [length + 1]


HELD = st.tuples(st.none() | st.sampled_from(FEW_DAYS), st.none() | st.sampled_from(FEW_DAYS))


@pytest.mark.parametrize("together", [1, 2, 1024])
@given(links=st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), HELD), max_size=10))
@example(links=[("a", "b", (FEW_DAYS[1], None)), ("b", "a", (None, None)), ("c", "a", (FEW_DAYS[2], None))])
@effort()
def test_the_days_looked_at_are_those_with_a_circle_and_show_the_circles_of_each(together, links):
    held: list[Link] = [
        (start, f"/{n}", end, window(ends)) for n, (start, end, ends) in enumerate(sorted(links, key=itemgetter(0)))
    ]
    days = {link[3][0] or dt.date.min for link in held}
    by_day = [[link for link in held if covers(link[3], day)] for day in sorted(days)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("conflictdata.rules.cycles._TOGETHER", together)
        looked_at = list(circling(held))
    assert circles(looked_at) == circles(by_day)
    leading = [{link for link in each if into_a_circle(link, each)} for each in by_day]
    assert [set(each) for each in looked_at if each] == [
        each for n, each in enumerate(leading) if each and (n % together == 0 or each != leading[n - 1])
    ]


def window(ends: Window) -> Window:
    return tuple(dt.date.fromisoformat(str(end)) if end else None for end in ends)  # type: ignore[return-value]


def into_a_circle(link: Link, links: list[Link]) -> bool:
    edges = [(start, end) for start, _, end, _ in links if start != end]
    after = reached(edges, link[2])
    return link[0] != link[2] and any(start in reached(edges, end) for start, end in edges if start in after)


def circles(each: Iterable[list[Link]]) -> set[tuple[str, str]]:
    """Every circle that a rule would tell of those links, with the reference that it would tell it at."""
    graphs: list[dict[str, list[tuple[str, str]]]] = []
    for links in each:
        graphs.append({})
        for start, pointer, end, _ in links:
            graphs[-1].setdefault(start, []).append((pointer, end))
    return {(pointer, "".join(circle)) for graph in graphs for pointer, circle in cycles_in(graph)}
