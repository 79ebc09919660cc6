"""Drawn datasets that tests share: drawing one takes longer than most of what is asked of it."""

from __future__ import annotations

import json
from functools import cache

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conflictdata.model import Records
from tests.support.draw.records import datasets
from tests.support.draw.values import Json, Strategy
from tests.support.effort import ASKED
from tests.support.exported import records_of

DRAWN = 36
"""How many are drawn; of those without an event, which are half of them, two are shared."""


def shared_documents() -> Strategy:
    """Datasets as `datasets` draws them: the same few in every test, or new ones where CONFLICTDATA_EXAMPLES is set.

    The smallest come first, so that a failing test shows the smallest that it fails with.
    """
    if ASKED:
        return datasets()
    return st.deferred(lambda: st.sampled_from(_drawn())).map(json.loads)


def shared_records() -> st.SearchStrategy[Records]:
    """The shared datasets as records, each made once: what is derived of them is remembered beside them."""
    if ASKED:
        return datasets().map(records_of)
    return st.deferred(lambda: st.sampled_from(_drawn())).map(_records)


@cache
def _records(text: str) -> Records:
    return records_of(json.loads(text))


@cache
def _drawn() -> list[str]:
    """The shared datasets as JSON, each drawn once in a run."""
    drawn: list[Json] = []

    @settings(
        max_examples=DRAWN, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    @given(datasets())
    def draw(document: Json) -> None:
        drawn.append(document)

    draw()
    chosen = [each for each in drawn if not each["events"]][:2] + [each for each in drawn if each["events"]]
    return sorted({json.dumps(each) for each in chosen}, key=lambda text: (len(text), text))
