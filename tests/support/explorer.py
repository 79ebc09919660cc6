"""The explorer's page in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


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


def shown(page: Page) -> int:
    """How many events the heading counts."""
    return int(page.locator("#panel h2").inner_text().split(" of ")[0])
