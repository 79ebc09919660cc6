"""Each case of tests/cases ends as it states; `python -m tests.inputs --fresh` runs each in a process of its own."""

from __future__ import annotations

import json

import pytest

from conflictdata.findings import Code
from tests.inputs import BASES, INPUTS, cases, wrong
from tests.support.case_releases import renewed
from tests.support.processes import fresh
from tests.support.releases import files_of

CASES = cases()
MEMBERS = {"about", "command", "base", "without", "replace", "make", "rehash", "exit", "findings"}
UNMET = {
    Code.MORE_WARNINGS,
    Code.NOT_READY,
    Code.NOT_REPRODUCED,
    Code.NOT_REBUILT,
    Code.REASON_WITHOUT_CHANGE,
    Code.RELEASED_ID_LOST,
    Code.RELEASED_ID_REUSED,
}
"""Codes that only building a release gives, which the tests of releases look at."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_ends_as_it_states(case):
    assert wrong(case) == []


@pytest.mark.parametrize("case", CASES[::150], ids=lambda case: case.id)
def test_a_case_ends_alike_in_a_process_of_its_own(case):
    # A process that is forked from a large one counts the other's memory as its own; `--fresh` measures it.
    assert [said for said in wrong(case, fresh) if not said.startswith("it held")] == []


def test_every_code_has_a_case_and_every_case_has_a_code_of_the_list():
    assert {code for case in CASES for _, _, code in case.findings} == set(Code) - UNMET


def test_a_folder_holds_one_case_and_one_input():
    for path in INPUTS.glob("*/*"):
        case = json.loads((path / "case.json").read_bytes())
        made = {made["path"].split("/")[0] for made in case.get("make", ())}
        inputs = made | {other.name for other in path.iterdir()} - {"case.json"}
        assert case.keys() <= MEMBERS, path
        assert case.get("base", "records") in BASES, path
        assert len(inputs) <= 1, path
        assert bool(inputs or "base" in case) == ("{}" in case["command"]), path


def test_the_releases_that_cases_change_are_those_of_this_version():
    assert files_of(BASES["releases"]) == renewed(), "python -m tests.support.case_releases writes what is meant"
