"""Articles as text files: no word is lost or added, whatever the article holds, and the same bytes come every time."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.paragraph_digests import paragraphs
from conflictdata.curation.fa_kes_text_files import lay_out, read_articles
from conflictdata.errors import InvalidInput

TEXTS = st.text(st.characters(blacklist_categories=("Cs",))) | st.lists(
    st.sampled_from(["The U.S. army", "Mr. A", "said.", '"No."', "12", "people", "died!", "Why?", "\ufffd", "\n", "x."])
).map(" ".join)


@given(TEXTS, TEXTS)
def test_a_text_holds_the_printable_ascii_of_its_article_and_nothing_else(title, content):
    def printable(text):
        return "".join(character for character in text if "!" <= character <= "~")

    assert printable(lay_out(title, content)) == printable(title + content)


@given(TEXTS, TEXTS)
def test_every_line_is_a_paragraph_as_it_is_cited(title, content):
    text = lay_out(title, content)
    assert paragraphs(text) == tuple(text.splitlines())
    assert text == "" or text.endswith("\n")


@given(TEXTS)
def test_what_was_laid_out_is_laid_out_alike_again(content):
    once = lay_out("", content)
    assert lay_out("", once.replace("\n", " ")) == once


def test_a_sentence_ends_neither_behind_an_abbreviation_nor_behind_an_initial():
    text = lay_out(
        "T", 'Gen. Joseph L. Votel said. "We did." U.S. forces won in No. 4. It was 10 a.m. on Monday! (Why?)'
    )
    assert text.splitlines()[1:] == [
        "Gen. Joseph L. Votel said.",
        '"We did."',
        "U.S. forces won in No. 4.",
        "It was 10 a.m. on Monday!",
        "(Why?)",
    ]


def corpus(path, rows, heading=("unit_id", "article_title", "article_content")):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, *rows])
    return path


def test_an_article_in_several_rows_is_taken_from_the_first(tmp_path):
    path = corpus(tmp_path / "c.csv", [("7", "One", "First."), ("7", "One", "Second.")])
    assert read_articles(path) == {"fa-kes-7.txt": b"One\nFirst.\n"}


@pytest.mark.parametrize(
    ("rows", "heading", "place", "code"),
    [
        ([("7", "x", "y")], ("unit_id", "article_title", "text"), ":1", "missing-column"),
        ([("7", "x", "y"), ("seven", "x", "y")], None, ":3", "wrong-type"),
        ([("7", " ", "\u00e9")], None, ":2", "empty-string"),
        ([("7", "x")], None, ":2", "ragged-row"),
        ([], None, ":1", "empty-input"),
    ],
)
def test_a_corpus_that_is_none_is_refused_with_its_row(tmp_path, rows, heading, place, code):
    path = corpus(tmp_path / "c.csv", rows, heading or ("unit_id", "article_title", "article_content"))
    with pytest.raises(InvalidInput) as refused:
        read_articles(path)
    assert refused.value.finding.file.endswith(place)
    assert refused.value.finding.code == code
