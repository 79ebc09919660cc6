"""An event without what a row in the layout of UCDP GED needs is left out with a reason."""

from __future__ import annotations

import pytest

from conflictdata.formats.registry import FORMATS
from tests.support.builders import claim, count
from tests.support.fights import fight, world


def reasons(whole):
    """Why events have no row."""
    return {skip.reason for skip in FORMATS["ged"].skips(whole)}


DAYS = {"earliest": "2016-12-30", "latest": "2017-01-02", "basis": "Paragraph 1."}
REFUSED = {
    "operation": {"kind": "operation", "type": "battle"},
    "withdrawn": {"withdrawn": {"reason": "Told twice."}},
    "no-violence-type": {"type": "announcement"},
    "window-open": {"when": {"started": {"earliest": "2016-06-05"}, "basis": "Paragraph 1."}},
    "crosses-years": {"when": DAYS},
    "window-too-wide": {"when": {**DAYS, "earliest": "2015-01-01"}},
    "no-place": {"where": None},
    "no-point": {"where": {"place": "nowhere", "precision": "settlement"}},
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_a_row_needs_is_refused_where_it_is_missing(reason):
    made = fight("sdf", "is", **{key: value for key, value in REFUSED[reason].items() if value is not None})
    for key in [key for key, value in REFUSED[reason].items() if value is None]:
        del made[key]
    assert reason in reasons(world(made))


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ([claim(1)], "no-deaths"),
        ([claim(1, "killed", count=count(0, 0))], "no-deaths"),
        ([claim(1, "killed", None, count=count(3, 3))], "no-origin"),
        ([claim(1, "killed", count=count(3, 3)), claim(2, claimant="is", stance="denies")], "occurrence-disputed"),
    ],
)
def test_what_nobody_counts_or_somebody_contests_is_refused(claims, reason):
    assert reason in reasons(world(fight("sdf", "is", *claims)))
