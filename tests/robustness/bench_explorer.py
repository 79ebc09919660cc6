"""How quickly the explorer shows and pans 5,000 events: `python -m tests.robustness.bench_explorer`.

Needs Debian's chromium. Prints the time to the first view, and the frames while the map is dragged.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

from conflictdata.formats.html.writer import HTML
from conflictdata.model import Records
from conflictdata.model.codes import PlacePrecision, PointStanding
from conflictdata.model.values import Point, When, Where
from tests.support.small import small

EVENTS = 5000
_FRAMES = """
() => {
  window.frames_ = [];
  let last = performance.now();
  const step = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(step); };
  requestAnimationFrame(step);
}
"""


def many(count: int) -> Records:
    """The small dataset's live events, again and again, each at a place and a day of its own."""
    records, draw = small(), random.Random(1)
    live = [event for event in records.events if event.withdrawn is None]
    place = records.places[0].id
    events = []
    for number in range(count):
        event = live[number % len(live)]
        lat, lon = round(draw.uniform(34.3, 37), 5), round(draw.uniform(38, 41.5), 5)
        point = Point(lat=lat, lon=lon, radius_m=500, source="drawn", standing=PointStanding.APPROXIMATE)
        day = dt.date(2014, 1, 1) + dt.timedelta(days=draw.randrange(1400))
        change = {
            "id": f"CD-{10000 + number}",
            "part_of": None,
            "where": Where(place=place, precision=PlacePrecision.EXACT, point=point),
            "when": When(earliest=day, latest=day + dt.timedelta(days=draw.choice((0, 0, 1, 30)))),
        }
        events.append(replace(event, **change))
    return Records.of(records.sources, records.actors, records.places, events)


def main() -> None:
    """Write the page, open it, drag the map, print the figures."""
    page_file = Path(tempfile.mkdtemp()) / "page.html"
    page_file.write_bytes(b"".join(HTML.content(many(EVENTS))))
    click.echo(f"page of {EVENTS} events: {page_file.stat().st_size / 1e6:.2f} MB")
    with sync_playwright() as play:
        flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        for width in (1280, 375):
            page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
            begun = time.perf_counter()
            page.goto(page_file.as_uri())
            page.wait_for_selector("body[data-ready]")
            click.echo(f"width {width}: first view after {time.perf_counter() - begun:.2f} s")
            box = page.locator("#map-canvas").bounding_box()
            assert box is not None
            page.evaluate(_FRAMES)
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            page.mouse.move(x, y)
            page.mouse.down()
            for step in range(60):
                page.mouse.move(x + (step % 30) * 4 - 60, y + (step % 20) * 3 - 30)
            page.mouse.up()
            frames = page.evaluate("window.frames_")[2:]
            middle, longest = statistics.median(frames), max(frames)
            click.echo(f"width {width}: {len(frames)} frames, median {middle:.1f} ms, longest {longest:.1f} ms")
        browser.close()


if __name__ == "__main__":
    main()
