"""Figures as of a day leave out the claims that were made after it."""

from __future__ import annotations

from conflictdata.analysis.figures.over_events import figures
from tests.support.builders import claim, count, event, records, source
from tests.support.figures import dated


def test_a_claim_was_made_when_the_first_of_its_documents_appeared_and_else_nobody_knows_when() -> None:
    papers = [
        source("paper-1", day="2016-06-10"),
        source("paper-2", day="2016-06-20"),
        source("paper-3", day="2016-06-01"),
    ]
    del papers[2]["chain"][0]["date"]
    told = claim(2, "killed", count=count(3, 3))
    told["evidence"].append(told["evidence"][0] | {"source": "paper-2"})
    undated = claim(3, "killed", count=count(9, 9), source="paper-3")
    built = records([event(1, [told]), event(2, [undated])], sources=papers)
    assert [figures(built, as_of=day).low for day in ("2016-06-09", "2016-06-10", "2017-01-01")] == [None, 3, 3]
    assert figures(built).low == 12


def test_a_claim_was_certainly_made_once_any_of_its_documents_certainly_was() -> None:
    papers = [dated("paper-1", "2016-06-01", "2016-06-30"), dated("paper-2", "2016-06-10", "2016-06-12")]
    told = claim(2, "killed", count=count(3, 3))
    told["evidence"].append(told["evidence"][0] | {"source": "paper-2"})
    built = records([event(1, [told])], sources=papers)
    assert [figures(built, as_of=day).low for day in ("2016-06-11", "2016-06-12")] == [None, 3]


def test_a_day_on_which_a_claim_was_made_counts_before_that_of_its_document() -> None:
    told = claim(2, "killed", count=count(3, 3), stated_on={"earliest": "2016-06-06", "latest": "2016-06-07"})
    built = records([event(1, [told])])
    assert [figures(built, as_of=day).low for day in ("2016-06-06", "2016-06-07")] == [None, 3]


def test_a_part_counts_until_the_claim_that_includes_it_was_made() -> None:
    part = claim(2, "killed", count=count(4, 4))
    whole = claim(3, "killed", source="paper-2", count=count(9, 9, of={"actor": "army"}, includes=["CD-0001#c2"]))
    papers = [source("paper-1"), source("paper-2", day="2016-06-20")]
    built = records([event(1, [part, whole])], sources=papers)
    assert [figures(built, as_of=day).low for day in ("2016-06-10", "2016-06-19", "2016-06-20")] == [4, 4, 9]
