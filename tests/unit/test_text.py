"""Text that is compared as people read it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.text import fold_text, truncate_line


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@given(st.text(st.characters(categories=("L", "M", "N", "Zs"), max_codepoint=0x24F), max_size=40))
def test_composed_and_decomposed_text_and_any_letter_case_are_the_same(text: str) -> None:
    folded = fold_text(text)
    for form in ("NFC", "NFD", "NFKC"):
        assert fold_text(unicodedata.normalize(form, text)) == folded
    assert fold_text(text.casefold()) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "deir\u00a0 EZ\u2011ZOR"),
        ("People's Protection Units", "People\u2019s Protection Units"),
        ("Da'esh", "DAESH"),
        ("Raqqa", "\uff32\uff41\uff51\uff51\uff41"),
        ("Hasakah", "\u1e24asak\u0101h"),
        ("\u0627\u0644\u0631\u0642\u0629", "\u0627\u0644\u0631\u0651\u0642\u0651\u0629"),
    ],
)
def test_what_people_read_as_the_same_is_the_same(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other)


@given(st.text(), st.integers(10, 50))
def test_a_cut_text_is_one_line_of_at_most_the_length(text: str, length: int) -> None:
    line = truncate_line(text, length)
    assert "\n" not in line
    assert len(line) <= length
