"""Remember the answer of a view of all records beside the records, which never change."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar, cast

from conflictdata.model import Records

T = TypeVar("T")


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
