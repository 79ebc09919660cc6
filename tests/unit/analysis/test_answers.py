"""Every answer: one line as a repr, an escaped table in a notebook, a dictionary, rows and data frames."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pandas
import pytest

from conflictdata.analysis.answer_base import Answer, html_table
from conflictdata.dataset import Dataset
from tests.support.sample import sample

OURS = Dataset(sample())
ASKS: dict[str, Callable[[Dataset], Any]] = {
    "disputes": lambda ds: ds.disputes(),
    "dispute": lambda ds: ds.disputes()[0],
    "no disputes": lambda ds: ds.disputes("CD-0001"),
    "positions": lambda ds: ds.positions("CD-0053"),
    "position": lambda ds: ds.positions("CD-0053")[0],
    "trace": lambda ds: ds.trace("CD-0043"),
    "piece": lambda ds: ds.trace("CD-0043#c18")[0],
    "timeline": lambda ds: ds.timeline("islamic-state"),
    "entry": lambda ds: ds.timeline("islamic-state")[0],
    "strength": lambda ds: ds.strength("islamic-state"),
    "control": lambda ds: ds.control("raqqa", "2017-08-01"),
    "control not known": lambda ds: ds.control("mosul", "2013-08-01"),
    "series": lambda ds: ds.control_series("raqqa"),
    "span": lambda ds: ds.control_series("raqqa").spans[0],
    "grade": lambda ds: ds.grade("CD-0043"),
    "matrix": lambda ds: ds.capture_matrix(),
    "figures": lambda ds: ds.figures("killed"),
    "figures by year": lambda ds: ds.figures("killed", by="year", best="lowest"),
    "figures of things": lambda ds: ds.figures("destroyed", by="claimant"),
    "explanation": lambda ds: ds.explain("CD-0043"),
    "events": lambda ds: ds.find(place="raqqa"),
    "claims": lambda ds: ds.claims.find(property="killed"),
}


@pytest.mark.parametrize("name", ASKS)
def test_an_answer_is_one_line_a_dictionary_a_table_and_a_frame(name: str) -> None:
    answer = ASKS[name](OURS)
    assert "\n" not in repr(answer)
    assert len(repr(answer)) <= 200 * 3
    json.dumps(answer.to_dict(), default=str)
    frame, other = answer.to_pandas(), answer.to_polars()
    assert isinstance(frame, pandas.DataFrame)
    assert [*frame.columns] == other.columns
    assert len(frame) == other.height
    assert answer._repr_html_().startswith("<table>")
    if isinstance(answer, Answer):
        assert [*frame.columns] == [*answer.columns]
        assert len(frame) == len(answer.rows())


@pytest.mark.parametrize("name", ASKS)
def test_an_answer_is_pickled_and_copied(name: str) -> None:
    answer = ASKS[name](OURS)
    assert pickle.loads(pickle.dumps(answer)) == answer
    assert copy.copy(answer) == answer


def test_what_a_notebook_shows_is_escaped_and_short() -> None:
    shown = html_table(["<a>"], [["<script>"]] * 50, caption="&")
    assert "<script>" not in shown
    assert "<a>" not in shown
    assert "20 of 50 rows" in shown
    for each in (OURS, OURS.events, OURS.claims, OURS.places, OURS.events[0], OURS.claims[0], OURS.actors[0]):
        assert "<table>" in each._repr_html_()
        assert "\n" not in repr(each)
        assert len(repr(each)) <= 220


def test_nested_values_have_short_reprs() -> None:
    for placed in OURS.claims:
        assert len(repr(placed)) <= 200
        assert len(repr(placed.claim)) <= 200
        assert "=None" not in repr(placed.claim)


def test_an_explanation_rests_on_claims_of_the_dataset_and_fits_a_screen() -> None:
    for event_id in OURS.events.ids():
        answer = OURS.explain(event_id)
        for ground in answer.grounds:
            assert all(claim_id in OURS.claims for claim_id in ground.claim_ids)
        assert len(str(answer).splitlines()) <= 60, event_id
        assert {claim.id for claim in answer.claims} == {claim.id for claim in OURS.events[event_id].claims}
        assert {"dates", "place", "grade", "origins"} <= {ground.aspect for ground in answer.grounds}
        grades = {ground.value for ground in answer.grounds if ground.aspect == "grade"}
        assert grades == {str(OURS.grade(event_id))}
        heard = [ground for ground in answer.grounds if ground.aspect == "origins" and ground.claim_ids]
        assert tuple(ground.value for ground in heard) == OURS.origins(event_id)
        by_origin = [claim_id for ground in heard for claim_id in ground.claim_ids]
        assert len(by_origin) == len(set(by_origin))
        if OURS.grade(event_id) in ("fair", "confirmed"):
            assert {*OURS.grade(event_id).claims} == {*by_origin}
        assert sum(ground.aspect == "disputes" for ground in answer.grounds) == len(OURS.disputes(event_id))
