"""The picture of the explorer for the README: `python -m tests.robustness.screenshot FILE.png [--address "#view=..."]`.

Needs Debian's chromium. The carried dataset is shown at 1280 by 800 pixels.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import click
from PIL import Image
from playwright.sync_api import sync_playwright

import conflictdata as cd


@click.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--address", default="", help="What stands after the page's name, such as #view=event/CD-0053.")
@click.option("--data", default=None, help="A folder of records, or a release. Default: the installed dataset.")
def main(target: Path, address: str, data: str | None) -> None:
    """Write the picture to TARGET."""
    page_file = cd.load(data).explore().save(Path(tempfile.mkdtemp()) / "explorer.html")
    with sync_playwright() as play:
        flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.goto(page_file.as_uri() + address)
        page.wait_for_selector("body[data-ready]")
        page.wait_for_timeout(500)
        picture = Image.open(io.BytesIO(page.screenshot()))
        browser.close()
    picture.quantize(128).save(target, optimize=True)  # a third of the bytes, and no difference to see
    click.echo(f"wrote {target}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
