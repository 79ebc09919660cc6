"""What is printed for each bad input is what was read and found good; `python -m tests.printed` writes it anew."""

from __future__ import annotations

import pytest

from tests.inputs import cases
from tests.printed import golden, printed

CASES = {case.id: case for case in cases()}
GOLDEN = golden()


@pytest.mark.parametrize("case", CASES)
def test_a_case_prints_what_it_printed(case):
    assert printed(CASES[case]) == GOLDEN[case]


def test_nothing_else_is_kept():
    assert set(GOLDEN) == set(CASES)
