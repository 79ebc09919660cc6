"""What the data holds more of takes as much longer and no more: none of it makes anybody wait for the square of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from conflictdata.analysis.affiliation import top_level
from conflictdata.analysis.control import control
from conflictdata.analysis.disputes import disputes
from conflictdata.analysis.event_search import EventFilter
from conflictdata.analysis.figures.over_events import figures
from conflictdata.analysis.geography import admin, country, locate
from conflictdata.analysis.origins import origins
from conflictdata.analysis.paragraph_digests import digest
from conflictdata.findings import Code
from conflictdata.model import Records
from conflictdata.model.codes import ChangeKind
from conflictdata.publishing.change import Change, Edit, Shape
from conflictdata.publishing.change_reasons import Reason, explained, unexplained
from conflictdata.publishing.verify_hashes import hashed
from conflictdata.rules import check_records
from tests.support.builders import Object, actor, claim, count, event, place, records, relation, source

Work = Callable[[], object]
Make = Callable[[int], Callable[[], Work]]
"""Makes data of a size, and for each time that it is asked something the asking."""


def taken(make: Make, size: int) -> float:
    """The least of three times: what else the machine does only ever adds to one."""
    fresh = make(size)
    times = []
    for _ in range(3):
        work = fresh()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def asked(whole: Records, question: Callable[[Records], object]) -> Callable[[], Work]:
    """The question put to the records anew: what they remember of the last time is left out."""

    def fresh() -> Work:
        once = replace(whole)
        return lambda: question(once)

    return fresh


def days(first: str, last: str) -> Object:
    return {"earliest": first, "latest": last}


def day(number: int) -> str:
    return f"{2000 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"


def a_ring_that_never_closes(size: int) -> Callable[[], Work]:
    """Each actor is part of the next, the last of the first, though never all at once."""
    whens = [days("2014-01-01", "2014-12-31") if n else days("2015-01-01", "2015-12-31") for n in range(size)]
    links = [relation(1, f"a{(n + 1) % size}", when=when) for n, when in enumerate(whens)]
    whole = records((), [actor(f"a{n}", relations=[link]) for n, link in enumerate(links)])
    return asked(whole, lambda these: [top_level(these, each.id) for each in these.actors])


def a_chain_of_actors(size: int) -> Callable[[], Work]:
    claims = [claim(n + 1, claimant=f"a{n}") for n in range(size)]
    whole = records([event(1, claims)], [actor(f"a{n}", [f"a{n + 1}"] if n + 1 < size else []) for n in range(size)])
    return asked(whole, lambda these: origins(these, these.events[0]))


def things_of_their_own(size: int) -> Callable[[], Work]:
    """As many kinds of things recovered as there are incidents."""
    things = [count(1, 1, unit="item", of={"item": f"thing {n}"}) for n in range(size)]
    whole = records(event(n + 1, [claim(1, "recovered", count=thing)]) for n, thing in enumerate(things))
    return asked(whole, lambda these: figures(these, "recovered"))


def the_killed_of_many_actors(size: int) -> Callable[[], Work]:
    deaths = [count(1, 1, of={"actor": f"a{n}"}) for n in range(size)]
    whole = records(event(n + 1, [claim(1, "killed", count=dead)]) for n, dead in enumerate(deaths))
    return asked(whole, lambda these: figures(these, by="actor"))


def a_chain_of_contradictions(size: int) -> Callable[[], Work]:
    claims = [claim(n + 1, conflicts_with=[f"CD-0001#c{n}"] if n else []) for n in range(size)]
    return asked(records([event(1, claims)]), disputes)


def statements_of_who_held_a_place(size: int) -> Callable[[], Work]:
    holders = [{"place": "town", "holder": f"a{n}"} for n in range(size)]
    claims = [claim(n + 1, "control", control=holder) for n, holder in enumerate(holders)]
    whole = records([event(1, claims)], [actor(f"a{n}") for n in range(size)], [place("town")])
    return asked(whole, lambda these: str(control(these, "town", "2016-06-05")))


def places_that_lie_in_each_other(size: int) -> Callable[[], Work]:
    chain = [place(f"p{n}", f"p{n - 1}" if n else None, country="SYR" if not n else None) for n in range(size)]
    chain = [{name: value for name, value in each.items() if value is not None} for each in chain]
    where = {"place": f"p{size - 1}", "precision": "settlement"}
    whole = records([event(n + 1, [claim(1)], where=where) for n in range(size)], (), chain)

    def question(these: Records) -> None:
        for each in these.events:
            assert each.where is not None
            assert (country(these, each.where.place), admin(these, each.where.place, 1)) == ("SYR", None)
            assert locate(these, each.where) is None

    return asked(whole, question)


def operations_that_are_parts_of_each_other(size: int) -> Callable[[], Work]:
    chain = [event(n + 1, [claim(1)], **({"part_of": f"CD-{n:04}"} if n else {})) for n in range(size)]
    return asked(records(chain), lambda these: EventFilter(part_of="CD-0001").find(these))


def documents_in_their_own_voice(size: int) -> Callable[[], Work]:
    """Half the claims are a document's own, the others those of many voices that another one names."""
    own = {"attribution": "own_voice", "evidence": [{"source": "paper-1", "paragraph": 1, "digest": "0" * 16}]}
    claims = [claim(n + 1, claimant=f"a{n}", source="paper-2") | (own if n % 2 else {}) for n in range(size)]
    whole = records([event(1, claims)], [actor("paper")], (), [source("paper-1"), source("paper-2")])
    return asked(whole, lambda these: origins(these, these.events[0]))


def memberships_of_a_day(size: int) -> Callable[[], Work]:
    """Two actors that were part of each other on different days, and many memberships of one day each."""
    held = [relation(n + 1, "whole", when=days(day(n), day(n))) for n in range(size)]
    ring = [actor("one", relations=[relation(1, "two", when=days(day(0), day(0)))])]
    ring += [actor("two", relations=[relation(1, "one", when=days(day(9), day(9)))])]
    whole = records((), [actor("part", relations=held), actor("whole"), *ring])

    def question(these: Records) -> None:
        found = check_records(these, lambda kind, record_id: (f"{kind} {record_id}", ""))
        assert all(finding.code is not Code.REFERENCE_CYCLE for finding in found)

    return asked(whole, question)


def marks_without_order(size: int) -> Callable[[], Work]:
    """One above, one below, and so on: to normalise it is to sort it."""
    return lambda: lambda: digest("a" + "\u0301\u0316" * size)


class Files:
    """Files of a release, each there under a name that is not its own."""

    label = "release"

    def __init__(self, size: int) -> None:
        self.paths = [f"b{n}" for n in range(size)]

    def chunks(self, path: str) -> Iterator[bytes]:
        yield path.encode()


def renamed_files(size: int) -> Callable[[], Work]:
    sums = {f"a{n}": f"{n:064}" for n in range(size)}
    files: Any = Files(size)
    return lambda: lambda: hashed(files, sums, ())


def reasons_for_no_record_in_particular(size: int) -> Callable[[], Work]:
    why = [Reason(ChangeKind.REVISED, "Why.", frozenset(), (f"/n{n}",), ("f", f"/changes/{n}")) for n in range(size)]
    changes = [Change("event", f"CD-{n}", Shape.CHANGED, (Edit(f"/n{n}/x", 1, 2),)) for n in range(size)]

    def question() -> None:
        found = [*explained(changes, why)]
        assert all(because.reasons for because in found) and not [*unexplained(found, why)]

    return lambda: question


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (a_ring_that_never_closes, 40),
        (a_chain_of_actors, 100),
        (things_of_their_own, 150),
        (the_killed_of_many_actors, 150),
        (a_chain_of_contradictions, 400),
        (statements_of_who_held_a_place, 200),
        (places_that_lie_in_each_other, 200),
        (operations_that_are_parts_of_each_other, 300),
        (documents_in_their_own_voice, 200),
        (memberships_of_a_day, 400),
        (marks_without_order, 2000),
        (renamed_files, 2000),
        (reasons_for_no_record_in_particular, 500),
    ],
)
def test_four_times_as_much_takes_about_four_times_as_long(make: Make, size: int) -> None:
    once, more = taken(make, size), taken(make, 4 * size)
    assert more < 9 * once + 0.01, "the square of it would take sixteen times as long"


def test_places_that_nobody_speaks_of_make_no_sum_much_slower() -> None:
    """Whether one area holds another is asked of each two counts of an event."""

    def counts_in_places(size: int) -> Callable[[], Work]:
        areas = [place("land"), *(place(f"p{n}", "land") for n in range(size))]
        where = [{"place": "land" if n % 2 else f"p{n}", "precision": "area"} for n in range(80)]
        counts = [{"where": each, "window": days(day(0), day(n)), "count": count(1)} for n, each in enumerate(where)]
        whole = records([event(1, [claim(n + 1, "killed", **each) for n, each in enumerate(counts)])], (), areas)
        return asked(whole, lambda these: figures(these))

    assert taken(counts_in_places, 1600) < 4 * taken(counts_in_places, 100) + 0.1
