"""Every bad input ends as stated, run as a user would run it, quickly and in little memory."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from conflictdata.findings import Code
from tests.inputs import INPUTS, cases, made
from tests.support.calling import ROOT

CASES = cases()
ANEW = """
import json
from dataclasses import asdict
from tests.inputs import cases, outcome
from tests.support.processes import fresh
for case in cases()[::250]:
    print(json.dumps(asdict(outcome(case, fresh))))
"""


@pytest.fixture(scope="module")
def outcomes(request):
    """What each case came to, run from a small process: a child starts with the memory of its parent on its account."""
    chosen = {item.callspec.params["case"] for item in request.session.items if "outcomes" in item.fixturenames}
    areas = sorted({case.partition("/")[0] for case in chosen})
    process = subprocess.run(
        [sys.executable, "-m", "tests.inputs", "--json", *areas], cwd=ROOT, capture_output=True, text=True, timeout=900
    )
    assert process.stderr == ""
    return {one["case"]: one for one in map(json.loads, process.stdout.splitlines())}


@pytest.mark.parametrize("case", [case.id for case in CASES])
def test_a_case_ends_as_stated(outcomes, case):
    assert outcomes[case]["wrong"] == []


def test_a_case_started_anew_ends_alike():
    process = subprocess.run([sys.executable, "-c", ANEW], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert process.stderr == ""
    for one in map(json.loads, process.stdout.splitlines()):
        assert one["wrong"] == []


def test_there_are_enough_cases_and_no_two_of_one_name():
    assert len({case.id for case in CASES}) == len(CASES) >= 200


def test_every_file_beside_the_cases_is_one_and_every_case_has_an_input():
    for area in INPUTS.iterdir():
        here = [case for case in CASES if case.area == area.name]
        lying = {path.name for path in area.iterdir()} - {"cases.csv", "made.csv"}
        assert lying <= {case.name for case in here}
        assert {case.name for case in here if not case.without} <= lying | set(made(area.name))


def test_every_code_is_one_of_the_codelist():
    assert {code for case in CASES for _, _, code in case.findings} <= set(Code)
