"""Drafts from tables: all rows or none, and never over a record that is there."""

from __future__ import annotations

import csv
import json

import pytest

from tests.support.calling import call

LIST = [("id", "file", "by", "date", "title"), ("wire-2016-02-24", "a.txt", "wire", "2016-02-24", "A title")]


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Title\nA sentence.\n")
    (tmp_path / "records" / "sources").mkdir(parents=True)
    return tmp_path


def write(path, rows):
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def drafted(desk, rows, code=0):
    table = write(desk / "list.csv", rows)
    where = ("--texts", desk / "texts", "--records", desk / "records")
    return call("new", "source", "--from-list", table, *where, code=code)


def test_each_row_becomes_a_source_with_the_hash_of_its_text(desk):
    drafted(desk, LIST)
    record = json.loads((desk / "records" / "sources" / "wire-2016-02-24.json").read_text())
    assert record["paragraphs"] == 2 and len(record["sha256"]) == 64 and record["title"] == "A title"


@pytest.mark.parametrize(
    "bad",
    [
        ("Not a slug", "a.txt", "wire", "", ""),
        ("other", "b.txt", "wire", "", ""),
        ("other", "a.txt", "wire", "24 February", ""),
        ("wire-2016-02-24", "a.txt", "wire", "", ""),
    ],
)
def test_one_bad_row_and_nothing_is_written(desk, bad):
    assert ":3" in drafted(desk, [*LIST, bad], code=1).stderr
    assert list((desk / "records" / "sources").iterdir()) == []


def test_a_record_that_is_there_is_not_touched(desk):
    there = desk / "records" / "sources" / "wire-2016-02-24.json"
    there.write_text("by hand")
    drafted(desk, LIST, code=1)
    assert there.read_text() == "by hand"


def test_texts_are_written_once_and_never_over_others(desk):
    corpus = write(desk / "c.csv", [("unit_id", "article_title", "article_content"), ("7", "T", "One. Two.")])
    out = desk / "out"
    call("texts", "fa-kes", corpus, "-o", out)
    assert (out / "fa-kes-7.txt").read_bytes() == b"T\nOne.\nTwo.\n"
    call("texts", "fa-kes", corpus, "-o", out)
    (out / "fa-kes-7.txt").write_text("other")
    call("texts", "fa-kes", corpus, "-o", out, code=1)
    assert (out / "fa-kes-7.txt").read_text() == "other"
