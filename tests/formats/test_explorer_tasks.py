"""Questions that a reader answers in the explorer with a few clicks of a mouse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import conflictdata as cd
from conflictdata.analysis.publication import first_publisher
from tests.support.explorer import opened, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


class Reader:
    """Someone who has only a mouse: counts what it clicks and chooses."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def choose(self, select: str, label: str) -> None:
        self.page.select_option(select, label=label)
        self._done()

    def click(self, what: str) -> None:
        self.page.click(what)
        self._done()

    def set(self, field: str, value: str) -> None:
        self.page.fill(field, value)
        self.page.dispatch_event(field, "change")
        self._done()

    def panel(self) -> str:
        return self.page.locator("#panel").inner_text()

    def _done(self) -> None:
        self.steps += 1
        self.page.wait_for_timeout(50)


def test_who_disputes_the_deadliest_strike_takes_four_steps(browser, real):
    ds = cd.load()
    strikes = [event for event in ds.events if event.type == "air_strike" and ds.disputed(event.id)]
    reader = Reader(opened(browser, real))
    reader.choose("#f-type", "Air strike")
    reader.click("#f-disputed")
    reader.choose("#sort", "Most killed")
    reader.click("ol.events a >> nth=0")
    assert reader.steps <= 4
    event = ds.events[re.search("event/(CD-[0-9]+)", reader.page.url.replace("%2F", "/")).group(1)]
    assert event in strikes
    sides = reader.page.locator(".group.disputed .sides > div")
    assert sides.count() >= 2 and all(sides.nth(n).locator(".who").count() for n in range(sides.count()))


def test_who_held_what_on_a_day_takes_two_steps(browser, real):
    reader = Reader(opened(browser, real))
    reader.click("text=Who held what")
    reader.set("#control-day", "2014-09-01")
    assert reader.steps <= 4
    first = reader.page.locator("#panel table").first
    assert "On whose word" in first.inner_text()
    for row in first.locator("tbody tr").all():
        place = row.locator("td a").first.inner_text()
        assert cd.load().control(place, on="2014-09-01").state.value != "not known", place


def publishers(ds: cd.Dataset, event: cd.Event) -> set[str | None]:
    sources = {piece.source for claim in event.claims for piece in claim.evidence}
    return {first_publisher(ds.sources[source]) for source in sources}


def test_what_one_outlet_alone_reports_takes_two_steps(browser, real):
    ds = cd.load()
    alone = {event.id for event in ds.events if event.withdrawn is None and publishers(ds, event) == {"al-alam"}}
    reader = Reader(opened(browser, real))
    reader.choose("#f-actor", "Al-Alam")
    reader.click("#pages a")
    assert reader.steps <= 4
    assert f"only its documents tell ({len(alone)})" in reader.panel()


def test_where_two_voices_differ_most_takes_three_steps(browser, real):
    reader = Reader(opened(browser, real))
    reader.click("text=Compare two voices")
    reader.choose(
        "#compare-a >> nth=0", reader.page.locator("#compare-a option", has_text="Airwars").first.inner_text()
    )
    coalition = reader.page.locator("#compare-b option", has_text="US-led coalition").first.inner_text()
    reader.choose("#compare-b", coalition)
    assert reader.steps <= 4
    gaps = [
        int(cell.replace(",", "")) for cell in reader.page.locator("#panel tbody tr td:nth-child(4)").all_inner_texts()
    ]
    assert gaps == sorted(gaps, reverse=True) and gaps[0] > 0


def test_what_happened_near_a_town_in_a_month_takes_four_steps(browser, real):
    reader = Reader(opened(browser, real))
    reader.choose("#f-place", "Tabqa")
    reader.set("#f-km", "20")
    reader.set("#f-from", "2017-04-01")
    reader.set("#f-to", "2017-04-30")
    assert reader.steps <= 4
    assert 0 < shown(reader.page) == reader.page.locator("ol.events li").count()
    assert reader.page.wrong == []
