"""Releases are built here as if the package carried none; a test that asks for carried releases puts its own there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def _no_release_carried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Otherwise each build would read every release that there ever was."""
    nowhere = Path(tmp_path_factory.mktemp("carried"), "none")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("conflictdata.publishing.history_check.releases_folder", lambda: nowhere)
        yield
