"""What the tests of releases share: two small releases, one of real records, and a package that carries none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conflictdata.publishing.build import Built
from conflictdata.resources import records_folder
from tests.support.calling import write_records
from tests.support.releases import FIRST, REAL, first_of, two_releases
from tests.support.sample import sample


@pytest.fixture(autouse=True, scope="session")
def _no_release_carried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Each build would read every release that the package carries; a test that asks for some puts its own there."""
    nowhere = Path(tmp_path_factory.mktemp("carried"), "none")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("conflictdata.publishing.history_check.releases_folder", lambda: nowhere)
        yield


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases of a small world, not to be changed."""
    return two_releases(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def copied(shelf: Path, tmp_path: Path) -> Path:
    """A copy of the two releases, to alter."""
    return Path(shutil.copytree(shelf, tmp_path / "releases"))


@pytest.fixture
def folder(shelf: Path, tmp_path: Path) -> Path:
    """A copy of the first release, to alter."""
    return Path(shutil.copytree(shelf / FIRST, tmp_path / FIRST))


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A release of a sample of the records as they are, as if the package carried none before; not to be changed."""
    home = tmp_path_factory.mktemp("real")
    write_records(home / "records", sample())
    heading, *rows = (records_folder() / "exclusions.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [row for row in rows if row.partition(",")[0] in sample().sources]
    (home / "records" / "exclusions.csv").write_text("".join([heading, *kept]), "utf-8")
    return first_of(home / "records", home / "releases", REAL)
