"""Dates that cannot be true together are found, and no others: of an event, its claims and its documents."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import event as note
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.findings import Code
from conflictdata.model import Event
from conflictdata.rules import check_record
from conflictdata.validation import to_record
from tests.support import builders
from tests.support.effort import effort
from tests.support.rule_findings import FEW_DAYS, sorted_findings

ENDS = st.fixed_dictionaries({}, optional={end: st.sampled_from(FEW_DAYS) for end in ("earliest", "latest")})
LASTING = st.fixed_dictionaries({}, optional={"started": ENDS.filter(bool), "ended": ENDS.filter(bool)}).filter(bool)


@given(LASTING)
@effort(2)
def test_a_lasting_window_is_reversed_exactly_where_no_two_days_fit_it(when):
    """It began and ended within their windows, not the other way round, and was going on on `ended.earliest`."""

    def possible(end: str) -> list[str]:
        window = when.get(end, {})
        return [day for day in FEW_DAYS if window.get("earliest", "") <= day <= window.get("latest", "9")]

    going_on = when.get("ended", {}).get("earliest", "9")
    fits = any(start <= min(end, going_on) for start, end in product(possible("started"), possible("ended")))
    event = to_record(builders.event(1, [builders.claim(1)], when={**when, "basis": "Drawn."}), "event")
    reversed_ = [finding for finding in check_record(event, "x") if finding.code is Code.WINDOW_REVERSED]
    note("fits" if fits else "reversed")
    assert (reversed_ == []) == fits


@pytest.mark.parametrize(
    ("composition", "days", "last_day"),
    [
        ("whole", ["2016-02-10"], "2016-02-10"),
        ("whole", ["2016-02-10", "2016-02-20"], "2016-02-10"),
        ("whole", [None, "2016-02-20"], "2016-02-20"),
        ("altered", ["2016-02-10", "2016-02-20"], "2016-02-20"),
        ("spliced", ["2016-02-10", None], None),
        ("whole", [None], None),
    ],
)
def test_an_event_and_what_is_said_of_it_lie_no_later_than_the_text_was_written(composition, days, last_day):
    """A whole text was written before it was first dated; a later hand may have altered any other."""
    chain = [
        {"step": step, "by": "paper", **({"date": {"earliest": "2016-01-01", "latest": day}} if day else {})}
        for step, day in zip(("first_published", "republished"), days, strict=False)
    ]
    source = builders.source("paper-1", composition=composition, chain=chain)
    for day in ("2016-02-10", "2016-02-11", "2016-02-20", "2016-02-21"):
        when = {"earliest": day, "latest": day}
        happened = builders.event(1, [builders.claim(1)], when=when | {"basis": "Drawn."})
        stated = builders.event(1, [builders.claim(1, stated_on=when)], when={"latest": day, "basis": "Drawn."})
        late = last_day is not None and day > last_day
        for event, code in ((happened, Code.EVENT_AFTER_DOCUMENT), (stated, Code.STATED_ON_MISMATCH)):
            found = [each for each in sorted_findings(builders.records([event], sources=[source])) if each[2] == code]
            assert len(found) == late, (day, code)


PLAN = builders.claim(2, "occurred", stance="plans", fate="not_known")
OBJECTIVE = {"statement": {"topic": "objective", "text": "They want the mill."}}


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ([builders.claim(1)], True),
        ([builders.claim(1, stance="denies")], False),
        ([builders.claim(1, stance="doubts")], False),
        ([PLAN], False),
        ([builders.claim(1, "date", date={"earliest": "2016-07-01"}, stance="plans", fate="not_known")], False),
        ([builders.claim(1, "statement", **OBJECTIVE)], True),
        ([builders.claim(1, "statement", **OBJECTIVE), PLAN], False),
        ([builders.claim(1), PLAN], True),
        ([builders.claim(1, window={"earliest": "2016-06-01", "latest": "2016-06-01"})], False),
        ([builders.claim(1, source="paper-2")], False),
        ([builders.claim(1, source="paper-3")], False),
    ],
)
def test_only_what_a_claim_reports_as_done_must_have_been_done(claims, told):
    """The event is of July; the one document of June, the other of August, the third of no known day."""
    sources = [builders.source("paper-1", day="2016-06-10"), builders.source("paper-2", day="2016-08-10")]
    sources.append(builders.source("paper-3", chain=[{"step": "first_published", "by": "paper"}]))
    event = builders.event(1, claims, when={"earliest": "2016-07-01", "latest": "2016-07-01", "basis": "Drawn."})
    found = [
        each
        for each in sorted_findings(builders.records([event], sources=sources))
        if each[2] == Code.EVENT_AFTER_DOCUMENT
    ]
    assert len(found) == told


def test_the_latest_of_several_documents_counts():
    claim = builders.claim(1)
    claim["evidence"] = [claim["evidence"][0], claim["evidence"][0] | {"source": "paper-2"}]
    when = {"earliest": "2016-07-01", "latest": "2016-07-01", "basis": "Drawn."}
    event = builders.event(1, [claim], when=when)
    for day, told in (("2016-08-10", 0), ("2016-06-20", 1)):
        sources = [builders.source("paper-1", day="2016-06-10"), builders.source("paper-2", day=day)]
        found = [each[2] for each in sorted_findings(builders.records([event], sources=sources))]
        assert found.count(Code.EVENT_AFTER_DOCUMENT) == told


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ({}, True),
        ({"stance": "denies"}, False),
        ({"stance": "doubts"}, False),
        ({"stance": "plans", "fate": "late"}, False),
        ({"what": "statement", **OBJECTIVE}, False),
        ({"what": "strength", "count": builders.count(5)}, False),
        ({"what": "killed", "count": builders.count(5)}, True),
        ({"window": {"latest": "2016-06-01"}}, False),
        ({"window": {"started": {"earliest": "2016-06-03"}}}, True),
    ],
)
def test_only_what_has_happened_cannot_have_been_said_before(claim, told):
    """The event is of 5 June, and the claim was stated on the second."""
    event = builders.event(
        1, [builders.claim(1, **claim, stated_on={"latest": "2016-06-02"})], kind="operation", type="battle"
    )
    codes = [finding.code for finding in check_record(Event.from_object(event), "x")]
    assert codes == [Code.STATED_ON_MISMATCH] * told
