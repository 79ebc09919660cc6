"""Schema, validators and model agree: two judges give one verdict, and what they accept the model holds unchanged."""

from __future__ import annotations

import collections

import pytest
from hypothesis import event, given

from conflictdata.schema.validate import fast_validator, slow_validator
from tests.robustness import agreement
from tests.support.damage import TRAPS
from tests.support.draw.values import spelled
from tests.support.effort import EXAMPLES, effort
from tests.support.models import held
from tests.support.strategies import DEFINITIONS, near_misses, valid

NAMED = pytest.mark.parametrize(
    ("document", "definition"), DEFINITIONS, ids=[f"{document}-{inner or 'itself'}" for document, inner in DEFINITIONS]
)


def accepted(document, definition, value):
    """The one verdict of both judges."""
    verdicts = {judge(document, definition).is_valid(value) for judge in (slow_validator, fast_validator)}
    assert len(verdicts) == 1, "the judges disagree"
    return verdicts.pop()


@NAMED
def test_the_strategy_draws_what_the_definition_allows_and_the_model_holds_it(document, definition):
    seen = collections.Counter()

    @given(valid(document, definition))
    @effort(0.125)
    def holds(value):
        seen.update(["drawn"])
        assert accepted(document, definition, value)
        assert spelled(held(document, definition, value)) == spelled(value)

    holds()
    assert seen["drawn"]


@pytest.mark.slow
@NAMED
def test_near_misses_get_one_verdict_and_the_model_holds_what_is_accepted(document, definition):
    seen = collections.Counter()

    @given(near_misses(document, definition))
    @effort(2)
    def agree(value):
        allowed = accepted(document, definition, value)
        seen.update([allowed])
        event(f"accepted: {allowed}")
        if allowed:
            assert spelled(held(document, definition, value)) == spelled(value)

    agree()
    assert seen[True], "nothing was ever accepted, so nothing was shown"


@NAMED
def test_every_trap_gets_one_verdict_and_the_model_holds_what_is_accepted(document, definition):
    allowed = [value for value in TRAPS if accepted(document, definition, value)]
    assert len(allowed) < len(TRAPS)
    for value in allowed:
        assert spelled(held(document, definition, value)) == spelled(value)


def test_the_agreement_of_the_validators_on_damaged_records_can_be_counted(capsys, monkeypatch):
    monkeypatch.setattr(agreement, "DRAWN", dict.fromkeys(agreement.DRAWN, 5))
    agreement.sound.cache_clear()
    assert agreement.main(["--count", str(EXAMPLES), "--seed", "1", "--jobs", "1"]) == 0
    printed = capsys.readouterr().out
    assert f"documents {EXAMPLES}" in printed and "disagreements 0" in printed
    assert agreement.main(["--count", str(EXAMPLES), "--seed", "1", "--jobs", "1"]) == 0
    assert capsys.readouterr().out.split("seconds")[0] == printed.split("seconds")[0], "a seed is a run"
