"""A version is found where releases lie: configured, carried or in the cache, and no network is asked without need."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

import conflictdata as cd
from conflictdata import loading
from conflictdata.errors import CannotFetch, DataNotFound
from conflictdata.model import Records
from conflictdata.release import catalog
from conflictdata.release.catalog import cache_folder
from conflictdata.release.download import fetch
from conflictdata.release.version import is_version, parse_version, release_of
from tests.support.calling import call
from tests.support.releases import FIRST, SECOND


def offline(monkeypatch):
    def refused(*given, **more):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)


def invented():
    """The releases at hand that these tests made."""
    return [(known.version, known.where) for known in cd.releases() if known.version in (FIRST, SECOND)]


def test_a_version_is_loaded_from_the_configured_folder_and_no_network_is_asked(shelf, monkeypatch):
    offline(monkeypatch)
    monkeypatch.setenv("CONFLICTDATA_RELEASES", str(shelf))
    for version in (FIRST, SECOND):
        dataset = cd.load(version)
        assert dataset.release.version == version
        assert dataset == cd.load(shelf / version)
    assert cd.load(FIRST) != cd.load(SECOND)
    assert [(k.version, k.where) for k in cd.releases() if k.version > "2090"] == [
        (FIRST, "folder"),
        (SECOND, "folder"),
    ]


def test_a_version_is_loaded_from_zips_alone(shelf, tmp_path, monkeypatch):
    for name in ("index.json", f"conflictdata-{FIRST}.zip"):
        shutil.copy(shelf / name, tmp_path)
    monkeypatch.setenv("CONFLICTDATA_RELEASES", str(tmp_path))
    assert cd.load(FIRST) == cd.load(shelf / FIRST)
    with pytest.raises(DataNotFound, match=f"release {SECOND} is not available"):
        cd.load(SECOND)
    assert invented() == [(FIRST, "folder")]


def test_a_version_is_loaded_from_the_cache_once_it_was_fetched(shelf, web, monkeypatch):
    with pytest.raises(DataNotFound, match=f"release {FIRST} is not available"):
        cd.load(FIRST)
    fetch(FIRST, f"{web[0]}/good")
    offline(monkeypatch)
    assert cd.load(FIRST) == cd.load(shelf / FIRST)
    assert invented() == [(FIRST, "cache")]


def test_a_version_is_fetched_from_the_configured_address_and_then_never_again(shelf, web, monkeypatch):
    address, asked = web
    monkeypatch.setenv("CONFLICTDATA_RELEASES", f"{address}/slow/")
    assert cd.load(SECOND) == cd.load(shelf / SECOND)
    before = len(asked)
    assert cd.load(SECOND).release.version == SECOND
    assert invented() == [(SECOND, "cache")]
    assert len(asked) == before


def test_what_the_package_carries_is_loaded_first_and_by_default(shelf, tmp_path, monkeypatch):
    carried = tmp_path / "_releases"
    for version in (FIRST, SECOND):
        (carried / version).mkdir(parents=True)
        for name in ("dataset.json", "CHANGES.jsonl"):
            shutil.copy(shelf / version / name, carried / version)
    shutil.copy(shelf / "index.json", carried)
    monkeypatch.setattr("conflictdata.resources._releases", lambda: str(carried))
    assert cd.load(FIRST).release.version == FIRST
    assert [(k.version, k.where) for k in cd.releases()] == [(FIRST, "carried"), (SECOND, "carried")]
    assert cd.load().release is None or cd.load().release.version not in (FIRST, SECOND)
    for software in (SECOND, f"{SECOND}.post1"):
        monkeypatch.setattr(loading, "__version__", software)
        assert cd.load().release.version == SECOND
        assert cd.load() == cd.load(shelf / SECOND)
    for software in (f"{SECOND}.dev0", "2091.13.0", "0.1"):
        monkeypatch.setattr(loading, "__version__", software)
        assert cd.load().release is None


def test_records_that_belong_to_no_release_say_so(shelf, tmp_path):
    shutil.copytree(shelf.parent / "records", tmp_path / "records")
    assert cd.load(tmp_path / "records").release is None
    assert "unreleased records" in repr(cd.load(tmp_path / "records"))
    assert FIRST in repr(cd.load(shelf / FIRST))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026.11.0", True), ("2026.1.12", True), ("2026.0.1", False), ("2026.13.0", False), ("2026.11", False)]
    + [(text, False) for text in ("2026.11.00", "26.11.0", "2026.11.0 ", "2026.11.0\n", "v2026.11.0", "", "1999.1.0")],
)
def test_a_version_is_distinguished_from_a_path(text, expected):
    assert is_version(text) is expected


@pytest.mark.parametrize(
    ("software", "release"),
    [("2026.11.0", "2026.11.0"), ("2026.11.0.post3", "2026.11.0"), ("2026.11.0rc1", "2026.11.0")]
    + [(text, None) for text in ("2026.11.0.dev0", "2026.11.0rc0", "2026.11.0+local", "2026.11.0.post", "1.0")],
)
def test_a_fix_of_software_carries_the_release_and_a_development_version_none(software, release):
    assert release_of(software) == release


def test_a_folder_that_is_named_like_a_version_is_loaded_as_a_path(shelf, monkeypatch):
    monkeypatch.chdir(shelf)
    assert cd.load(Path(FIRST)).release.version == FIRST
    assert cd.load(f"./{FIRST}").release.version == FIRST


LONG = "x" * 5000
"""No folder can have this name."""


def test_a_cache_that_cannot_be_looked_into_holds_nothing_and_is_reported_when_it_is_needed(shelf, monkeypatch):
    monkeypatch.setenv("CONFLICTDATA_CACHE", LONG)
    assert {known.where for known in cd.releases()} == {"carried"}
    with pytest.raises(DataNotFound):
        cd.load(FIRST)
    with pytest.raises(CannotFetch, match="File name too long"):
        fetch(FIRST, str(shelf))


def test_without_a_home_there_is_no_cache_and_that_is_reported_when_one_is_needed(shelf, monkeypatch):
    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("CONFLICTDATA_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(catalog.Path, "home", homeless)
    assert {known.where for known in cd.releases()} == {"carried"}
    with pytest.raises(DataNotFound, match="set CONFLICTDATA_CACHE"):
        fetch(FIRST, str(shelf))
    assert "CONFLICTDATA_CACHE" in call("get", FIRST, "--from", shelf, code=1).stderr


@pytest.mark.parametrize("name", ["nowhere", "file", "empty", LONG])
def test_a_configured_folder_without_releases_is_reported_and_not_passed_over(tmp_path, monkeypatch, name):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("CONFLICTDATA_RELEASES", str(tmp_path / name))
    for words in (("release", "list"), ("list", "--data", FIRST)):
        assert "CONFLICTDATA_RELEASES names" in call(*words, code=1).stderr


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/c"}, "/c/conflictdata"),
        ("linux", {"HOME": "/h"}, "/h/.cache/conflictdata"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/conflictdata"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/conflictdata/Cache"),
        ("linux", {"CONFLICTDATA_CACHE": "/mine"}, "/mine"),
    ],
)
def test_the_cache_lies_where_the_system_or_the_user_says(monkeypatch, platform, env, expected):
    for name in ("CONFLICTDATA_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(catalog.sys, "platform", platform)
    assert cache_folder().as_posix() == expected


def test_every_release_that_was_ever_made_loads_and_can_be_compared():
    for known in cd.releases():
        dataset = cd.load(known.version)
        assert dataset.release.version == known.version
        assert isinstance(dataset.records, Records) and len(dataset.events) > 0
        assert call("diff", known.version, known.version).stdout == ""


def test_versions_sort_by_their_numbers():
    versions = ["2026.11.0", "2026.2.10", "2026.2.9", "2025.12.0"]
    assert sorted(versions, key=parse_version) == versions[::-1]
