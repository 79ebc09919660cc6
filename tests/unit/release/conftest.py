"""What the tests of fetching and finding releases start from."""

from __future__ import annotations

import pytest

from tests.support.releases import two_releases
from tests.support.serving import served


@pytest.fixture(scope="package")
def shelf(tmp_path_factory):
    """Two releases of a small world, not to be changed."""
    return two_releases(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="package")
def web(shelf):
    """The server of those releases."""
    with served(shelf) as (address, asked):
        yield address, asked


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """An empty cache of the test's own, no configured place, and no proxy on the way."""
    monkeypatch.setenv("CONFLICTDATA_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("CONFLICTDATA_RELEASES", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path / "cache"
