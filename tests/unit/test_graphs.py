"""What leads to each other and back, whatever the links: rings, and on which days links lead into one."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from conflictdata.graphs import strongly_connected_components
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
@effort(2)
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
    length = 10_000
    chain = {str(n): [str(n + 1)] for n in range(length)}
    assert len(list(strongly_connected_components("0", lambda node: chain.get(node, ())))) == length + 1
    chain[str(length)] = ["0"]
    assert [len(ring) for ring in strongly_connected_components("0", lambda node: chain[node])] == [length + 1]
