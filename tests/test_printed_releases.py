"""What is printed for each faulty release is what was read and found good, within this process too."""

from __future__ import annotations

import pytest

from tests.inputs import cases
from tests.printed import golden, printed

CASES = {case.id: case for case in cases() if case.area == "releases"}
GOLDEN = golden()


@pytest.mark.parametrize("case", CASES)
def test_a_release_prints_what_it_printed(case):
    assert printed(CASES[case]) == GOLDEN[case]
