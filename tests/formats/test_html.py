"""The explorer's page, driven in headless Chromium as a reader would use it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import conflictdata as cd
from conflictdata.formats.html.writer import HTML
from conflictdata.model import Records
from tests.support.explorer import opened, shown
from tests.support.small import small

pytestmark = pytest.mark.browser
HOSTILE = '<img src=x onerror="document.body.dataset.hacked=1"></script><script>document.body.dataset.hacked=1</script>'


def written(tmp_path: Path, records: Records) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(b"".join(HTML.content(records)))
    return path


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
