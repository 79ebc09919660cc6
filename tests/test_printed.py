"""What is printed for each faulty record is what was read and found good, within this process too."""

from __future__ import annotations

import pytest

from tests.inputs import cases
from tests.printed import golden, printed

AREAS = ("bytes", "json", "lines", "meaning", "records", "text")
"""Those that reach the gate, the schema and the rules; `test_inputs.py` holds all others to what they printed."""
CASES = {case.id: case for case in cases() if case.area in AREAS}
GOLDEN = golden()


@pytest.mark.parametrize("case", CASES)
def test_a_case_prints_what_it_printed(case):
    assert printed(CASES[case]) == GOLDEN[case]
