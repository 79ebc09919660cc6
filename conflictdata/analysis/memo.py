"""Results that are computed once for a set of records and kept with it; records never change."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Hashable
from typing import Generic, TypeVar

from conflictdata.model import Event, Records

T = TypeVar("T")
C = TypeVar("C", bound=Collection[object])

MOST = 500_000
"""The most items that all kept answers of one kind may hold together, about 50 MB."""


def once(view: Callable[[Records], T]) -> Callable[[Records], T]:
    """Compute `view` once for each `Records` object."""
    key = f"{view.__module__}.{view.__qualname__}"

    @functools.wraps(view)
    def remembered(records: Records) -> T:
        # Like functools.cached_property: hashing all records would take longer than computing the result.
        memory = vars(records)
        if key not in memory:
            memory[key] = view(records)
        kept: T = memory[key]  # a call of `cast` would be a third of the time
        return kept

    return remembered


def once_an_event(view: Callable[[Records, Event], T]) -> Callable[[Records, Event], T]:
    """Compute `view` once for each event of each `Records` object, when it is asked for."""
    key = f"{view.__module__}.{view.__qualname__}"

    @functools.wraps(view)
    def remembered(records: Records, event: Event) -> T:
        memory, name = vars(records), event.id
        if key not in memory:
            memory[key] = {}
        known: dict[str, T] = memory[key]
        if name not in known:
            known[name] = view(records, records.all_events[name])
        return known[name]

    return remembered


class Answers(Generic[C]):
    """Answers that are kept with the records, by question. When they become too many, all are dropped.

    All answers together can grow with the square of the data.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, C] = {}
        self._size = 0

    def of(self, asked: Hashable, answer: Callable[[], C]) -> C:
        """The kept answer for `asked`; if there is none, that of `answer`, which is then kept."""
        known = self._known.get(asked)
        if known is None:
            known = answer()
            self._size += len(known)
            if self._size > MOST:
                self._known.clear()
                self._size = len(known)
            self._known[asked] = known
        return known
