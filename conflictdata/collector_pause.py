"""Python's memory while a dataset is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused(*, loads: bool = False) -> Iterator[None]:
    """Without Python's search for garbage in circles, which records never form.

    With it, opening 100,000 events takes six times as long, because it looks at all of them again and again. `loads`
    says that most of what is made stays for long.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # Counting what a program froze passes all of it, which would take longer than most answers.
            if loads and not gc.get_freeze_count():
                # What was made counts as old now. As new, all of it would be looked at by the first search, which takes
                # a seventh of the time of loading.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
