"""The explorer's page, driven in headless Chromium as a reader would use it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

import conflictdata as cd
from conflictdata.formats.html.writer import HTML
from conflictdata.model import Records
from tests.support.small import small

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
HOSTILE = '<img src=x onerror="document.body.dataset.hacked=1"></script><script>document.body.dataset.hacked=1</script>'


@pytest.fixture(scope="module")
def browser():
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
    assert "denies" in sides.nth(1).inner_text()


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
