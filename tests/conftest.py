"""No test reaches beyond this machine, and what tests robustness is marked slow."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.support.effort import effort

ROBUSTNESS = Path(__file__).parent / "robustness"
settings.register_profile("default", effort())
settings.load_profile("default")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """A connection to anywhere but the loopback is refused."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_wait_for_the_disk() -> Iterator[None]:
    """What a test writes need not outlive a power cut, and to wait for the disk takes longer than all else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture(scope="module")
def installed_sample() -> Iterator[None]:
    """A sample of the records in place of all that the package carries, loaded once."""
    from tests.support.sample import sample

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("conflictdata.loading.load_bundled", sample)
        yield


@pytest.fixture(scope="module")
def installed_small() -> Iterator[None]:
    """The small invented dataset in place of all that the package carries."""
    from tests.support.small import small

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("conflictdata.loading.load_bundled", small)
        yield


def pytest_collection_finish() -> None:
    """What was imported stays to the end; Python's garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in `robustness/` takes long."""
    for item in items:
        if item.path.is_relative_to(ROBUSTNESS):
            item.add_marker(pytest.mark.slow)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where slow tests are left out, `robustness/` is not imported either."""
    return True if collection_path == ROBUSTNESS and "not slow" in config.option.markexpr else None
