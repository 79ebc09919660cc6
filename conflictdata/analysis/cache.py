"""Remember the answer of a view of all records beside the records, which never change."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Hashable
from typing import Generic, TypeVar, cast

from conflictdata.model import Records

T = TypeVar("T")
C = TypeVar("C", bound=Collection[object])

MOST = 500_000
"""How many things the answers that are kept of one kind may hold together: some 50 MB."""


def once(view: Callable[[Records], T]) -> Callable[[Records], T]:
    """Compute `view` once for each `Records` object."""
    key = f"{view.__module__}.{view.__qualname__}"

    @functools.wraps(view)
    def remembered(records: Records) -> T:
        memory = vars(records)  # as functools.cached_property does: hashing all records would cost more than the view
        if key not in memory:
            memory[key] = view(records)
        return cast(T, memory[key])

    return remembered


class Answers(Generic[C]):
    """Answers to be kept beside the records, by what was asked; all are forgotten where they become too many.

    The answers to every question can be together as large as the square of the data.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, C] = {}
        self._size = 0

    def of(self, asked: Hashable, answer: Callable[[], C]) -> C:
        """What is known of `asked`, else what `answer` says."""
        known = self._known.get(asked)
        if known is None:
            known = answer()
            self._size += len(known)
            if self._size > MOST:
                self._known.clear()
                self._size = len(known)
            self._known[asked] = known
        return known
