"""FA-KES articles as text files: the title, then one sentence a line, by a rule that anyone can repeat.

The rule, for the title and for the content:

1. Every run of characters that are no printable ASCII (line breaks, U+FFFD, typographic quotes) becomes one space; then
runs of spaces become one space, and spaces at both ends go. 2. The content is cut behind each full stop, question mark
or exclamation mark, with the quotes and brackets that close there, where a space and then a capital letter, a digit, a
quote or a bracket follow; but not behind an abbreviation of `ABBREVIATIONS` and not behind a single capital letter. 3.
If an article is in several rows, the first row is used. 4. The title is the first line, each piece of the content one
further line; every line ends with LF.
"""

from __future__ import annotations

import re
from pathlib import Path

from conflictdata.curation.table_file import read_rows
from conflictdata.findings import Code
from conflictdata.text import quote

ABBREVIATIONS = frozenset(
    [
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "St",
        "Gen",
        "Lt",
        "Col",
        "Maj",
        "Brig",
        "Capt",
        "Sgt",
        "Adm",
        "Sen",
        "Rep",
        "Gov",
        "No",
        "vs",
        "etc",
        "approx",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "U.S",
        "U.N",
        "U.K",
        "a.m",
        "p.m",
        "i.e",
        "e.g",
    ]
)
"""Words behind whose full stop no sentence ends."""

_NOT_PRINTABLE_ASCII = re.compile(r"[^\x20-\x7E]+")
_SPACES = re.compile(r" {2,}")
_CUT = re.compile(r"""(?<=[.!?])(["')\]]*) (?=["'(\[]?[A-Z0-9])""")
_LAST_WORD = re.compile(r"([A-Za-z.]+)\.$")


COLUMNS = ("unit_id", "article_title", "article_content")


def read_articles(corpus: Path) -> dict[str, bytes]:
    """The text file of each article of the dataset's CSV file, by name (`fa-kes-UNIT_ID.txt`).

    Raises `InvalidInput`, with the row, where a column is missing or an article has no text.
    """
    files: dict[str, bytes] = {}
    for row in read_rows(corpus, COLUMNS):
        unit, title, content = (row.cells[name] for name in COLUMNS)
        if not (unit.isascii() and unit.isdigit()):
            raise row.wrong("unit_id", Code.WRONG_TYPE, f"{quote(unit)} is not the number of an article; correct it")
        text = lay_out(title, content)
        if not text:
            raise row.wrong("article_content", Code.EMPTY_STRING, "the article has no text; delete the row")
        files.setdefault(f"fa-kes-{unit}.txt", text.encode("ascii"))
    return files


def lay_out(title: str, content: str) -> str:
    """The text of one article: its title, then one sentence a line."""
    return "".join(f"{line}\n" for line in (_folded(title), *_sentences(_folded(content))) if line)


def _folded(text: str) -> str:
    return _SPACES.sub(" ", _NOT_PRINTABLE_ASCII.sub(" ", text)).strip(" ")


def _sentences(text: str) -> list[str]:
    sentences: list[str] = []
    start = 0
    for cut in _CUT.finditer(text):
        end = cut.end(1)
        if not _is_abbreviation(text[start : cut.start(1)]):
            sentences.append(text[start:end])
            start = cut.end()
    return [*sentences, text[start:]]


def _is_abbreviation(sentence: str) -> bool:
    """Whether a piece of text ends with a word that keeps its full stop within a sentence."""
    word = _LAST_WORD.search(sentence)
    return word is not None and (word[1] in ABBREVIATIONS or re.fullmatch(r"[A-Z]", word[1]) is not None)
