"""Tables whose records are made when they are asked for answer as those whose records are all there."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.contradictions import naming_by_address
from conflictdata.cli.record_view import render_record
from conflictdata.dataset import Dataset
from conflictdata.errors import IncompletePackage
from conflictdata.formats.json_document import document
from conflictdata.loading import load_trusted
from conflictdata.model import Records, Table
from tests.support.effort import effort
from tests.support.sample import sample

TABLES = ("sources", "actors", "places", "events")

ASKED: tuple[Callable[[Table[Any], int], object], ...] = (
    lambda table, n: table[n],
    lambda table, n: table[table.ids()[n]],
    lambda table, n: table.get(table.ids()[n]),
    lambda table, n: table[n:],
    lambda table, n: list(table)[n],
    lambda table, n: table.ids()[n] in table,
    lambda table, n: table.get("no-such-id"),
    lambda table, n: (len(table), table.ids(), repr(table)),
    lambda table, n: list(pickle.loads(pickle.dumps(table))),
)


@cache
def _document() -> bytes:
    return b"".join(document(sample()))


def _unread() -> Records:
    return load_trusted(_document(), "dataset.json")


@given(st.data())
@effort()
def test_whatever_is_asked_in_whatever_order_is_answered_as_by_a_table_of_records(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(TABLES))
    unread, held = getattr(_unread(), name), getattr(sample(), name)
    for ask in data.draw(st.lists(st.sampled_from(ASKED), max_size=5)):
        n = data.draw(st.integers(0, len(held) - 1))
        assert ask(unread, n) == ask(held, n)
    assert unread == held and hash(unread) == hash(held)


def test_an_event_is_shown_without_making_the_other_events() -> None:
    ds = Dataset(_unread())
    event = ds.events[ds.events.ids()[0]]
    assert list(render_record(ds, event)) == list(render_record(Dataset(sample()), Dataset(sample()).events[event.id]))
    assert 0 < len(list(ds.records.events._made())) < len(ds.events) / 4


def test_claims_that_name_others_are_found_before_their_events_are_made() -> None:
    whole = sample()
    for event in whole.events:
        unread = _unread() if naming_by_address(whole, event.id) else None
        assert unread is None or naming_by_address(unread, event.id) == naming_by_address(whole, event.id)


def test_a_record_that_is_asked_for_while_all_are_made_is_made_once_more_at_most() -> None:
    table = _unread().events
    ids, making = table.ids(), table._making
    assert making is not None
    make = making.make

    def asking(lines: Sequence[bytes]) -> list[Any]:
        if len(lines) > 1:
            table.get(ids[-1])  # as another thread may
        return make(lines)

    making.make = asking
    assert [event.id for event in table] == [*ids] and table == sample().events


def test_datasets_with_the_same_unread_events_each_answer_for_their_own() -> None:
    records = _unread()
    first, second = Dataset(records), Dataset(replace(records, places=Table((), lambda place: place.id)))
    here = next(event.id for event in sample().events if event.where is not None)
    assert (first.events[here].place is None, second.events[here].place) == (False, None)


@pytest.mark.parametrize(("before", "after"), [(b'"kind":', b'"no_such_member":'), (b'"claims":[', b'"claims":')])
def test_a_damaged_record_is_told_when_it_is_asked_for(before: bytes, after: bytes) -> None:
    start = _document().index(b'"id":"CD-')
    wrong = _document()[:start] + _document()[start:].replace(before, after, 1)
    records = load_trusted(wrong, "releases/2098.1.0/dataset.json")
    with pytest.raises(IncompletePackage, match=r"2098\.1\.0"):
        list(records.events)
    assert len(records.sources) == len(list(records.sources))


def test_a_document_that_ends_early_is_damaged() -> None:
    whole = _document()
    for end in (0, len(whole) // 2, len(whole) - 3):
        with pytest.raises(IncompletePackage):
            load_trusted(whole[:end], "dataset.json")
