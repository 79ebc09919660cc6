"""Records are dataclasses to whoever asks `dataclasses`, although that module is imported only then."""

from __future__ import annotations

import inspect
from dataclasses import FrozenInstanceError, dataclass, fields, is_dataclass, replace

import pytest

import conflictdata as cd
from conflictdata.model.event import InDataset
from conflictdata.model.record_base import Frozen, Immutable, Labelled
from tests.support.small import small

RECORDS = [
    value for name in cd.__all__ if isinstance(value := getattr(cd, name), type) and issubclass(value, Immutable)
]


@pytest.mark.parametrize("record", RECORDS)
def test_the_fields_of_a_record_are_the_arguments_that_it_takes(record):
    taken = inspect.signature(record).parameters
    assert is_dataclass(record) and [field.name for field in fields(record)] == list(taken)
    assert [field.type for field in fields(record)] == [one.annotation for one in taken.values()]


@pytest.mark.parametrize("base", [Immutable, Frozen, Labelled, InDataset])
def test_what_records_are_made_of_is_no_record(base):
    assert not is_dataclass(base)


def test_a_frozen_dataclass_may_add_fields_to_those_of_a_record():
    @dataclass(frozen=True, kw_only=True)
    class Weighed(cd.Days):
        weight: float

    days = Weighed(basis="One said so.", weight=0.5)
    assert replace(days, weight=1.0).weight == 1.0 and days.basis == "One said so."


def test_a_claim_and_its_event_are_matched_by_position():
    placed = small().claims[0]
    match placed:
        case cd.EventClaim(event, claim):
            assert (event, claim) == (placed.event, placed.claim)
        case _:
            raise AssertionError(placed)


def test_a_record_is_frozen_and_a_copy_may_differ():
    days = cd.Days(basis="One said so.")
    assert replace(days, basis=None) == cd.Days() == days.__replace__(basis=None)
    with pytest.raises(FrozenInstanceError):
        days.basis = "Another"
    with pytest.raises(TypeError, match="needs `place`"):
        cd.Where(precision=None)
    with pytest.raises(TypeError, match="has no `from`"):
        replace(days, **{"from": None})
