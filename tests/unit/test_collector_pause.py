"""Python's search for garbage while a dataset is read, and after."""

from __future__ import annotations

import gc

import pytest

from conflictdata.collector_pause import collector_paused


def test_the_collector_runs_afterwards_as_it_did_before():
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_collector_runs_again_after_an_error():
    with pytest.raises(ValueError, match="wrong"), collector_paused():
        raise ValueError("wrong")
    assert gc.isenabled()


def test_circles_made_meanwhile_are_found():
    class Circle:
        """Refers to itself."""

    with collector_paused(loads=True):
        circle = Circle()
        circle.self = circle
    before = sum(type(each) is Circle for each in gc.get_objects())
    del circle
    gc.collect()
    assert sum(type(each) is Circle for each in gc.get_objects()) == before - 1


def test_what_a_user_froze_stays_frozen():
    gc.freeze()
    try:
        with collector_paused(loads=True):
            pass
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
