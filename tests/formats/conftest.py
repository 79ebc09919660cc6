"""The records that exports are tested with, and the browser that opens the explorer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conflictdata.formats.html.writer import HTML
from conflictdata.loading import load_bundled
from conflictdata.model import Records
from tests.support.sample import sample
from tests.support.small import small

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session", params=[small, pytest.param(sample, marks=pytest.mark.slow)])
def whole(request: pytest.FixtureRequest) -> Records:
    """The small invented dataset, which fills every table; among the slow tests a sample of the records as well."""
    made: Records = request.param()
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        started = play.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the dataset that the package carries."""
    path = tmp_path_factory.mktemp("page") / "explorer.html"
    path.write_bytes(b"".join(HTML.content(load_bundled())))
    return path
