"""No sentence of a document stands in the project; the texts themselves are compared by `.ci/run`, which has them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.integration.copied_words import RUN, copied, document_titles, records, runs
from tests.support.effort import effort

words = st.lists(st.from_regex("[a-z]{1,6}", fullmatch=True), min_size=RUN, max_size=20)


@effort()
@given(words, words, st.sampled_from([" ", ", ", "\n", ' "']))
def test_a_run_is_found_wherever_it_stands_and_however_it_is_set(text: list[str], around: list[str], sign: str) -> None:
    written = " ".join(around) + " " + sign.join(text[:RUN]).upper() + "."
    assert [name for name, _ in copied([("a.json", written)], [" ".join(text)], [])] == ["a.json"]


@effort()
@given(words)
def test_fewer_words_are_none_and_a_title_may_be_cited(text: list[str]) -> None:
    whole = " ".join(text)
    assert not [*copied([("a.json", " ".join(text[: RUN - 1]))], [whole], [])]
    assert not [*copied([("README.md", whole)], [whole], [whole])]


def test_records_and_readmes_are_looked_at() -> None:
    names = {name for name, _ in records()}
    assert {"README.md", "schema/README.md", "conflictdata/records/exclusions.csv"} <= names
    assert "conflictdata/records/events/CD-0001.json" in names
    assert any(len(runs(title)) for title in document_titles())
