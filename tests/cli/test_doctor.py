"""`conflictdata doctor` says what is installed, and exits 1 where something is damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import conflictdata
from tests.support.calling import call
from tests.support.releases import FIRST, SECOND, two_releases


def looked_at(code: int = 0) -> dict[str, tuple[str, str]]:
    """Each thing that was looked at, with its state and what was found."""
    told = json.loads(call("doctor", "--format", "json", code=code).stdout)
    return {row["what"]: (row["state"], row["found"]) for row in told}


def test_what_is_installed_and_where_the_data_comes_from_is_reported() -> None:
    found = looked_at()
    assert conflictdata.__version__ in found["conflictdata"][1]
    assert str(Path(conflictdata.__file__).parent) in found["package"][1]
    live = [event for event in conflictdata.load().events if event.withdrawn is None]
    assert f"{len(live)} events" in found["data"][1]
    assert {f"release {known.version}" for known in conflictdata.releases()} <= found.keys()
    assert found["extra polars"][0] == "ok"


def test_an_extra_that_is_not_there_is_missing_and_not_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conflictdata.cli.commands.doctor._version_of", lambda library: None)
    state, told = looked_at()["extra plot"]
    assert state == "missing" and "conflictdata[plot]" in told


def test_a_release_that_was_damaged_is_reported_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    releases = two_releases(tmp_path)
    monkeypatch.setattr("conflictdata.resources._releases", lambda: str(releases))
    assert looked_at()[f"release {SECOND}"][0] == "ok"
    (releases / FIRST / "dataset.json").write_bytes(b"{}")
    found = looked_at(code=1)
    assert (found[f"release {FIRST}"][0], found[f"release {SECOND}"][0]) == ("wrong", "ok")


def test_records_that_cannot_be_read_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conflictdata.loading.read_records", lambda kind: [b"{"])
    monkeypatch.setattr("conflictdata.loading.__version__", "2026.12.0.dev0")  # which carries no release
    assert looked_at(code=1)["data"][0] == "wrong"
