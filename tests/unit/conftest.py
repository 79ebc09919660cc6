"""What tests of several modules start from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.inputs import BASES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound folder of records, to be damaged."""
    return Path(shutil.copytree(BASES["records"], tmp_path / "records"))
