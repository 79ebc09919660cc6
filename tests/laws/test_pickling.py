"""What crosses from one process to another is the same on the other side: every error, every answer, every record."""

from __future__ import annotations

import copy
import inspect
import multiprocessing
import pickle
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictdata import errors
from conflictdata.analysis.selection import subset
from conflictdata.dataset import Dataset
from conflictdata.errors import ConflictDataError
from conflictdata.findings import Code, Finding
from tests.support.draw.values import texts
from tests.support.effort import effort
from tests.support.small import small

FINDINGS = st.builds(Finding, texts(40), st.just("/id"), st.sampled_from(Code), texts(80), st.none() | st.integers(0))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "findings": st.lists(FINDINGS, min_size=1, max_size=3),
    "path": texts(20).map(Path),
    "folder": texts(20).map(Path),
    "near": st.lists(texts(20), max_size=3),
    "choices": st.lists(texts(20), max_size=3),
    "shared": st.booleans(),
    "given": st.none() | st.integers() | st.lists(st.integers()),
    "extra": st.none() | texts(10),
    "position": st.integers(),
    "count": st.integers(0),
}
"""What the parameters of exceptions take; every other takes text."""
ERRORS = sorted(
    {each for each in vars(errors).values() if inspect.isclass(each) and issubclass(each, ConflictDataError)},
    key=lambda each: each.__name__,
)


@st.composite
def raised(draw: st.DrawFn, kinds: Sequence[type[ConflictDataError]] = ERRORS) -> ConflictDataError:
    """An exception of any of these classes, by default of any that the package has."""
    kind = draw(st.sampled_from(kinds))
    if not any("__init__" in vars(each) for each in kind.__mro__ if each.__module__ == errors.__name__):
        return kind(draw(texts(40)))
    positional: list[Any] = []
    named: dict[str, Any] = {}
    for name, parameter in inspect.signature(kind).parameters.items():
        value = draw(VALUES.get(name, texts(40)))
        if parameter.kind is parameter.VAR_POSITIONAL:
            positional += value if name == "findings" else [value]
        elif parameter.kind is parameter.KEYWORD_ONLY:
            named[name] = value
        elif parameter.kind is not parameter.VAR_KEYWORD:
            positional.append(value)
    return kind(*positional, **named)


@effort(3)
@given(raised())
def test_every_exception_is_pickled_and_copied(error):
    for again in (*(pickle.loads(pickle.dumps(error, n)) for n in range(2, 6)), copy.copy(error), copy.deepcopy(error)):
        assert type(again) is type(error) and str(again) == str(error)
        assert (again.args, again.__dict__) == (error.args, error.__dict__)


def test_a_selection_and_what_is_found_are_pickled_with_what_they_say():
    whole = Dataset(small())
    found = whole.find(place="exampleton", start="2016-01-01")
    again = pickle.loads(pickle.dumps(found))
    assert (again, again.filter, again.open_windows) == (found, found.filter, found.open_windows)
    part = subset(whole.records, found, found.filter)
    assert pickle.loads(pickle.dumps(part)) == copy.deepcopy(part) == part


def asked(what: str) -> object:
    """What a worker does: it fails, or it answers."""
    whole = Dataset(small())
    if what == "place":
        return whole.places["Nowhere"]
    if what == "day":
        return whole.control("mill", "2016-02-30")
    return whole.find(place="exampleton")


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_a_pool_is_told_what_went_wrong_and_does_not_hang(method):
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(method)) as pool:
        for what in ("place", "day"):
            with pytest.raises(ConflictDataError):
                pool.submit(asked, what).result(timeout=60)
        assert pool.submit(asked, "events").result(timeout=60) == asked("events")
    with multiprocessing.get_context(method).Pool(1) as other, pytest.raises(ConflictDataError):
        other.apply_async(asked, ("place",)).get(timeout=60)


def fail(error: ConflictDataError) -> None:
    raise error


@pytest.mark.slow
@settings(effort(), max_examples=1)  # joblib starts its processes anew after each failure
@given(st.tuples(*(raised([kind]) for kind in ERRORS)))
def test_joblib_and_dask_raise_every_exception_where_the_work_was_asked_for(errors):
    import dask
    import joblib

    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawned) as pool, dask.config.set(scheduler="processes", pool=pool):
        assert dask.compute(dask.delayed(asked)("events")) == (asked("events"),)
        for error in errors:
            with pytest.raises(type(error)) as met:
                dask.compute(dask.delayed(fail)(error))
            assert str(error) in str(met.value)  # dask adds the traceback of the other process
    with joblib.parallel_config(backend="loky", n_jobs=2):
        assert joblib.Parallel()([joblib.delayed(asked)("events")] * 2) == [asked("events")] * 2
        for error in errors:
            with pytest.raises(type(error)) as met:
                joblib.Parallel()(joblib.delayed(fail)(each) for each in (error, error))
            assert (str(met.value), met.value.args) == (str(error), error.args)
