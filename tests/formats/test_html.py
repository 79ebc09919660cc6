"""The explorer's page, driven in headless Chromium as a reader would use it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import conflictdata as cd
from conflictdata.analysis.origins import first_publisher
from conflictdata.formats.html.writer import HTML
from conflictdata.model import Records
from tests.support.small import small

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
HOSTILE = '<img src=x onerror="document.body.dataset.hacked=1"></script><script>document.body.dataset.hacked=1</script>'


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        started = play.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "explorer.html"
    path.write_bytes(b"".join(HTML.content(cd.load().records)))
    return path


def opened(browser: Browser, path: Path, address: str = "", *, width: int = 1280, dark: bool = False) -> Page:
    """The page, ready; anything that it asks of a network and any error in it fails the test."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: asked.url.startswith(("file:", "data:")) or page.wrong.append(asked.url))
    page.goto(path.as_uri() + address)
    page.wait_for_selector("body[data-ready]")
    return page


def written(tmp_path: Path, records: Records) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(b"".join(HTML.content(records)))
    return path


def shown(page: Page) -> int:
    """How many events the heading counts."""
    return int(page.locator("#panel h2").inner_text().split(" of ")[0])


@pytest.mark.parametrize(
    ("address", "width", "dark"),
    [
        ("", 1280, False),
        ("", 375, True),
        ("#view=event/CD-0053", 1280, True),
        ("#view=event/CD-0053", 375, False),
        ("#view=control", 1280, False),
        ("#view=compare", 375, False),
        ("#view=place/raqqa", 1280, True),
    ],
)
def test_no_request_no_error_and_no_serious_fault_of_accessibility(browser, real, width, dark, address):
    page = opened(browser, real, address, width=width, dark=dark)
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    assert [fault["id"] for fault in found if fault["impact"] in ("serious", "critical")] == []
    assert page.wrong == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_page_of_the_carried_dataset_is_small(real):
    events = len(cd.load().events)
    assert real.stat().st_size < 1_500_000 * max(1, events / 1000)


def test_every_filter_leaves_the_events_that_fit_it(browser, real):
    ds = cd.load()
    page = opened(browser, real)
    everything = shown(page)
    assert everything == sum(event.withdrawn is None for event in ds.events)
    page.fill("#f-text", "armenian church")
    page.wait_for_url(re.compile("text="))
    assert 0 < shown(page) < everything
    page.click("#clear")
    page.select_option("#f-place", "raqqa")
    inside = {place.id for place in ds.places if place.id == "raqqa" or place.within == "raqqa"}
    assert shown(page) >= sum(event.where is not None and event.where.place in inside for event in ds.events)
    page.click("#clear")
    page.check("#f-disputed")
    assert shown(page) == sum(bool(ds.disputed(event.id)) for event in ds.events)
    assert page.wrong == []


def test_a_brush_on_the_timeline_selects_days(browser, real):
    page = opened(browser, real)
    everything = shown(page)
    box = page.locator("#timeline").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + 60, steps=5)
    page.mouse.up()
    page.wait_for_url(re.compile("from="))
    assert 0 < shown(page) < everything
    assert page.input_value("#f-from") < page.input_value("#f-to")


def test_an_address_shows_what_its_sender_saw_and_the_way_back_works(browser, real):
    page = opened(browser, real)
    page.click("ol.events a >> nth=0")
    page.wait_for_url(re.compile("view=event"))
    title = page.locator("#panel h2").inner_text()
    again = opened(browser, real, page.evaluate("location.hash"))
    assert again.locator("#panel h2").inner_text() == title
    page.go_back()
    page.wait_for_url(re.compile("^(?!.*view=event)"))
    assert " of " in page.locator("#panel h2").inner_text()


def test_an_event_shows_its_claims_and_those_that_contradict_side_by_side(browser, real):
    page = opened(browser, real, "#view=event/CD-0053")
    assert page.locator(".claim").count() == len(cd.load().events["CD-0053"].claims)
    sides = page.locator(".group.disputed .sides > div")
    assert sides.count() == 2
    assert ["denies" in text for text in sides.all_inner_texts()].count(True) == 1


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


def test_from_an_event_the_reader_comes_back_to_the_same_row(browser, real):
    page = opened(browser, real)
    row = page.locator("ol.events a").nth(40)
    row.scroll_into_view_if_needed()
    event = row.get_attribute("data-event")
    row.click()
    page.wait_for_url(re.compile("view=event"))
    page.click("text=← All selected events")
    page.wait_for_url(re.compile("^(?!.*view=event)"))
    assert page.evaluate("document.activeElement.dataset.event") == event
    assert page.evaluate("document.getElementById('panel').scrollTop") > 0


def test_a_date_that_is_being_typed_selects_nothing_yet(browser, real):
    page = opened(browser, real)
    page.fill("#f-from", "0201-01-01")
    page.dispatch_event("#f-from", "change")
    page.wait_for_timeout(50)
    assert "from=" not in page.url and page.wrong == []


def test_on_a_narrow_screen_the_filters_open_on_demand(browser, real):
    page = opened(browser, real, "#type=air_strike", width=375)
    assert not page.locator("#f-type").is_visible()
    page.click("#filter-box summary")
    assert page.locator("#f-type").is_visible()
    assert "1 in use" in page.locator("#filter-box summary").inner_text()


def test_what_records_say_is_text_and_only_a_web_address_is_a_link(browser, tmp_path):
    records = small()
    event = records.events[0]
    hostile = replace(event, title=HOSTILE, summary=HOSTILE, notes=HOSTILE)
    source = records.sources[0]
    trap = {"url": "javascript:document.body.dataset.hacked=1"}
    steps = tuple(replace(step, **trap) for step in source.chain)
    bad = Records.of(
        [replace(source, title=HOSTILE, chain=steps), *records.sources[1:]],
        records.actors,
        records.places,
        [hostile, *records.events[1:]],
    )
    page = opened(browser, written(tmp_path, bad), f"#view=event/{event.id}")
    assert page.locator("#panel h2").inner_text() == HOSTILE
    assert page.evaluate("document.body.dataset.hacked") is None
    assert page.locator("a[href^='javascript']").count() == 0
    page.goto(page.url.split("#")[0] + f"#view=document/{source.id}")
    page.wait_for_timeout(200)
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.wrong == []


def test_a_dataset_without_events_says_so(browser, tmp_path):
    page = opened(browser, written(tmp_path, Records.of()))
    assert "no events" in page.locator("#panel").inner_text()
    assert page.wrong == []


def test_an_event_without_place_or_day_opens(browser, tmp_path):
    records = small()
    never = dict.fromkeys(("earliest", "latest", "started", "ended"))
    bare = [replace(event, where=None, when=replace(event.when, **never)) for event in records.events]
    page = opened(browser, written(tmp_path, Records.of(records.sources, records.actors, records.places, bare)))
    assert shown(page) == sum(event.withdrawn is None for event in bare)
    assert page.wrong == []


def test_a_copied_event_is_json(browser, real):
    page = opened(browser, real, "#view=event/CD-0053")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("text=Copy as JSON")
    page.wait_for_selector("text=Copied")
    copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert copied["id"] == "CD-0053" and len(copied["claims"]) == 4
