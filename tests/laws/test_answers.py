"""What is derived of any records: windows that only narrow, claims that attest, sums that count nobody twice."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.attesting_claims import attesting_claims
from conflictdata.analysis.control import control, control_series
from conflictdata.analysis.control_spans import ControlState, Phase
from conflictdata.analysis.event_dates import BoundBasis, event_dates
from conflictdata.analysis.figures.count_claims import FLOWS, is_total
from conflictdata.analysis.figures.over_events import figures
from conflictdata.analysis.possible_days import possible
from conflictdata.date_windows import contains, in_order, span_days
from conflictdata.model import Records
from conflictdata.model.codes import EventKind, Stance
from tests.support.builders import Object, World, claim, event, records, source
from tests.support.effort import effort
from tests.support.shared import shared_records

DATA = shared_records()
DAYS = st.dates(dt.date(2016, 1, 1), dt.date(2016, 3, 31))


@st.composite
def whens(draw: st.DrawFn, *, lasting: bool) -> Object:
    """A window of any shape, either end of which may be open."""
    first, last = sorted((draw(DAYS), draw(DAYS)))
    ends = draw(st.sampled_from([("earliest", "latest"), ("earliest",), ("latest",)]))
    days = {name: str(day) for name, day in (("earliest", first), ("latest", last)) if name in ends}
    if not lasting:
        return days | {"basis": "1"}
    shapes = ({"started": days}, {"started": {"earliest": str(first)}, "ended": {"latest": str(last)}}, {"ended": days})
    return draw(st.sampled_from(shapes)) | {"basis": "1"}


@st.composite
def told(draw: st.DrawFn) -> World:
    """An incident in an operation in another, and documents that tell of it."""
    papers = [source(f"paper-{n}", day=str(day)) for n, day in enumerate(draw(st.lists(DAYS, min_size=2, max_size=4)))]
    claims = [claim(n + 1, source=each["id"]) for n, each in enumerate(papers)]
    lasting = draw(st.booleans())
    events = [
        event(1, claims, when=draw(whens(lasting=lasting)), part_of="CD-0002"),
        event(2, claims, when=draw(whens(lasting=True)), kind="operation", type="battle", part_of="CD-0003"),
        event(3, claims, when=draw(whens(lasting=True)), kind="operation", type="offensive"),
    ]
    return events, papers


@effort()
@given(DATA)
def test_an_effective_window_never_widens_the_stated_one(whole: Records) -> None:
    narrower(whole)


@effort()
@given(told())
def test_a_window_is_narrowed_by_the_operation_around_it_or_by_none_of_it(
    world: World,
) -> None:
    events, papers = world
    built = records(events, sources=papers)
    narrower(built)
    inner, outer = (event_dates(built, built.events[each]) for each in ("CD-0001", "CD-0002"))
    stated = possible(built.events["CD-0001"].when)
    assert inner.start == (outer.start if inner.start_basis is BoundBasis.INHERITED else stated[0])
    if BoundBasis.INHERITED in (inner.start_basis, inner.end_basis) and outer.start is not None:
        assert inner.start is not None and outer.start <= inner.start


def narrower(whole: Records) -> None:
    for each in whole.events:
        dates = event_dates(whole, each)
        assert in_order(dates.window) or not in_order(possible(each.when))
        assert contains(possible(each.when), dates.window)
        assert dates.precision == span_days(dates.window)
        assert (dates.start_basis is BoundBasis.OPEN) == (dates.start is None)
        assert (dates.end_basis is BoundBasis.OPEN) == (dates.end is None)
        assert dates.best is None or contains(dates.window, (dates.best, dates.best))


@effort()
@given(told(), st.sampled_from([0, 1, 2]))
def test_another_document_never_widens_a_window(world: World, where: int) -> None:
    events, papers = world
    fewer = [dict(each) for each in events]
    fewer[where]["claims"] = fewer[where]["claims"][:-1]
    before, after = records(fewer, sources=papers), records(events, sources=papers)
    for each in before.events.ids():
        old, new = (event_dates(built, built.events[each]).window for built in (before, after))
        assert contains(old, new)


@effort()
@given(DATA)
def test_attesting_claims_are_live_and_say_so_themselves_where_they_do_not_assert(whole: Records) -> None:
    for each in whole.events:
        for said in attesting_claims(each):
            assert said.live and said in each.claims
            assert said.attests or said.stance is Stance.ASSERTS


@effort()
@given(DATA, st.sampled_from(sorted(FLOWS)), st.sampled_from([None, "claimant", "causer", "month", "event"]))
def test_nothing_is_in_a_sum_twice(whole: Records, what: str, by: str | None) -> None:
    found = figures(whole, what, by=by)
    groups = found.groups if by is not None else found.whole
    summed = [said for group in groups for figure in group.figures for said in figure.claims]
    ids = [said.id for said in summed]
    assert len(ids) == len(set(ids))
    operations = {said.id for figure in found.statements for said in figure.claims}
    assert not operations & set(ids)
    for said in summed:
        assert said.event.kind is EventKind.INCIDENT and not is_total(said.count)
        if by != "claimant":
            assert not set(said.count.includes) & set(ids), "a part beside its whole"


@effort()
@given(DATA)
def test_on_the_days_before_and_of_a_capture_a_place_is_not_the_takers(whole: Records) -> None:
    for where in whole.places:
        spans = [span for span in control_series(whole, where.id) if span.place == where.id]
        if len(spans) != 3 or [span.phase for span in spans] != [Phase.BEFORE, Phase.CHANGE, Phase.AFTER]:
            continue
        before, change, _ = spans
        assert before.start is not None and change.start is not None
        answer = control(whole, where.id, before.start)
        assert change.holder not in {span.holder for span in answer.held}
        changing = control(whole, where.id, change.start)
        assert changing.state is ControlState.CHANGING and not changing.held
