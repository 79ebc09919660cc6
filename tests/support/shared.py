"""Drawn datasets and worlds that tests share: drawing them takes longer than most of what is asked of them."""

from __future__ import annotations

import json
from functools import cache
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conflictdata.model import Records
from tests.support.draw.records import datasets
from tests.support.draw.values import Strategy
from tests.support.effort import ASKED
from tests.support.exported import records_of, sure_rows, worlds

T = TypeVar("T")


def shared_documents() -> Strategy:
    """Datasets as `datasets` draws them: the same few in every test, or new ones where CONFLICTDATA_EXAMPLES is set.

    The smallest come first, so that a failing test shows the smallest that it fails with.
    """
    return datasets() if ASKED else st.deferred(lambda: st.sampled_from(_documents())).map(json.loads)


def shared_records() -> st.SearchStrategy[Records]:
    """The shared datasets as records, each made once: what is derived of them is remembered beside them."""
    return datasets().map(records_of) if ASKED else st.deferred(lambda: st.sampled_from(_records()))


def shared_worlds() -> st.SearchStrategy[Records]:
    """Worlds as `worlds` draws them: the same in every test, or new ones where CONFLICTDATA_EXAMPLES is set."""
    return worlds() if ASKED else st.deferred(lambda: st.sampled_from(drawn_worlds()))


@cache
def _documents() -> list[str]:
    """The shared datasets as JSON; of those without an event, which are half of what is drawn, two are shared."""
    drawn = _draw(datasets(), 24)
    chosen = [each for each in drawn if not each["events"]][:2] + [each for each in drawn if each["events"]]
    return sorted({json.dumps(each) for each in chosen}, key=lambda text: (len(text), text))


@cache
def _records() -> list[Records]:
    return [records_of(json.loads(text)) for text in _documents()]


@cache
def drawn_worlds() -> list[Records]:
    """The shared worlds, those of few events first; what is drawn depends on which modules are loaded."""
    return sorted([*_draw(worlds(), 60), sure_rows()], key=lambda world: len(world.events))


def _draw(strategy: st.SearchStrategy[T], number: int) -> list[T]:
    """So many examples of a strategy, the same in every run."""
    drawn: list[T] = []

    @settings(
        max_examples=number, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    @given(strategy)
    def draw(each: T) -> None:
        drawn.append(each)

    draw()
    return drawn
