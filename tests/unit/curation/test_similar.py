"""Look-alikes: a copy is found first, what was told apart never, and nearness works both ways."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from conflictdata.curation.similar import similar
from conflictdata.errors import UnknownName
from conflictdata.model import Distinction, Records
from tests.support.small import small


def with_copy(of="CD-0002", **change):
    records = small()
    copy = replace(records.events[of], id="CD-9000", **change)
    return Records.of(records.sources, records.actors, records.places, [*records.events, copy])


def test_a_copy_of_an_event_is_the_likeliest():
    found = similar(with_copy(), "CD-0002")
    assert found[0].event.id == "CD-9000"
    assert (found[0].days, found[0].km) == (0, 0.0)


def test_what_the_curator_distinguished_is_left_out():
    apart = with_copy(distinct_from=(Distinction(event="CD-0002", reason="Another day."),))
    assert "CD-9000" not in [alike.event.id for alike in similar(apart, "CD-0002")]


def test_days_beyond_the_limit_are_left_out():
    when = small().events["CD-0002"].when
    later = replace(when, earliest=when.latest + dt.timedelta(9), latest=when.latest + dt.timedelta(9))
    records = with_copy(when=later)
    assert "CD-9000" not in [alike.event.id for alike in similar(records, "CD-0002", days=8)]
    assert "CD-9000" in [alike.event.id for alike in similar(records, "CD-0002", days=9)]


def test_likeness_is_mutual():
    records = with_copy()
    pairs = {(event.id, alike.event.id) for event in records.events for alike in similar(records, event.id)}
    assert {(b, a) for a, b in pairs} == pairs


def test_an_unknown_event_is_refused():
    with pytest.raises(UnknownName):
        similar(small(), "CD-9999")
