"""Static figures: every event that has a day or a place is drawn once, and the citation stands in the margin."""

from __future__ import annotations

import pytest

import conflictdata as cd
from conflictdata.analysis.event_dates import event_dates
from conflictdata.errors import UnknownName
from tests.support.small import small


@pytest.fixture(scope="module")
def ds():
    return cd.Dataset(small())


def test_the_timeline_has_a_bar_for_each_event_with_a_day(ds):
    axes = ds.plot_timeline().axes[0]
    live = [event for event in ds.events if event.withdrawn is None]
    dated = [event for event in live if any(event_dates(ds.records, event).window)]
    assert len(axes.patches) == len(dated)


def test_the_map_has_a_mark_for_each_located_event(ds):
    figure = ds.plot_map()
    marks = sum(len(drawn.get_offsets()) for drawn in figure.axes[0].collections)
    assert 0 < marks <= len(ds.events)


def test_the_citation_stands_in_the_margin(ds):
    for figure in (ds.plot_timeline(), ds.plot_map()):
        assert any(ds.citation in text.get_text() for text in figure.texts)


def test_an_unknown_event_is_refused(ds):
    with pytest.raises(UnknownName):
        ds.plot_map(["CD-9999"])
