"""A plugin of pytest: runs that go on side by side each have a temporary folder of their own, and leave none.

Otherwise they tidy up after one another, and a run that fails over that would count as a change that was noticed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Before anything runs: the folder, named for the process."""
    config.option.basetemp = str(Path(tempfile.gettempdir()) / f"conflictdata-{os.getpid()}")


def pytest_unconfigure(config: pytest.Config) -> None:
    """After everything has run: away with it."""
    shutil.rmtree(config.option.basetemp, ignore_errors=True)
