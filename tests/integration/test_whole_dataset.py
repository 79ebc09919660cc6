"""All the records that the package carries: what other tests ask of a sample of them holds for each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conflictdata.dataset import Dataset
from conflictdata.formats.json_document import validate_dataset
from conflictdata.formats.records_folder.folder import validate_folder
from conflictdata.formats.registry import FORMATS
from conflictdata.loading import load_bundled, load_path
from conflictdata.model import Records
from conflictdata.resources import records_folder
from conflictdata.validation import errors_only
from tests.support.exported import folder_of, rows, written

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def whole() -> Records:
    """The records, of no release."""
    return replace(load_bundled(), release=None)


def test_they_have_no_error_and_load_unvalidated_as_they_load_validated(whole: Records) -> None:
    judged, findings = validate_folder(records_folder())
    assert errors_only(findings) == []
    assert judged == whole


def test_lossless_formats_bring_them_back(whole: Records, tmp_path: Path) -> None:
    again, findings = validate_dataset(written("json", whole), "dataset.json")
    assert errors_only(findings) == [] and again == whole
    assert load_path(folder_of(tmp_path / "tables", whole)) == whole


@pytest.mark.parametrize(("layout", "column"), [("acled", "event_id_cnty"), ("ged", "relid")])
def test_each_event_has_a_row_in_a_layout_or_a_reason(whole: Records, layout: str, column: str) -> None:
    with_row = {row[column] for row in rows(written(layout, whole))}
    assert with_row | {skip.event_id for skip in FORMATS[layout].skips(whole)} == {*whole.events.ids()}


def test_each_answer_rests_on_claims_that_are_there_and_fits_a_screen(whole: Records) -> None:
    ours = Dataset(whole)
    for placed in ours.claims:
        assert len(repr(placed)) <= 200
    for event_id in ours.events.ids():
        answer = ours.explain(event_id)
        assert all(claim_id in ours.claims for ground in answer.grounds for claim_id in ground.claim_ids)
        lines = str(answer).splitlines()
        assert len(lines) <= 60, event_id
        for claim in answer.claims[:20]:  # the number that a claim gives is never cut off
            stated = claim.count and claim.count.as_stated
            assert not stated or any(line.startswith(f"    {claim.id} ") and stated in line for line in lines), claim
