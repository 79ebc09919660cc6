"""A release is fetched from a server or a folder, kept only if its hash fits, and never half."""

from __future__ import annotations

import json
import os
import shutil
import sys
import traceback
from contextlib import nullcontext

import pytest
import requests

import conflictdata as cd
from conflictdata.errors import CannotFetch, ConflictDataError, DataNotFound, InvalidInput, MissingExtra
from conflictdata.findings import Code
from conflictdata.publishing.verify import verify
from conflictdata.release import download
from conflictdata.release.download import fetch
from conflictdata.text import without_password
from tests.support.calling import call
from tests.support.releases import FIRST, SECOND, files_of, signed, zipped
from tests.support.serving import ANSWERS


@pytest.mark.parametrize("manner", ["good", "slow", "redirected", "flaky"])
def test_a_server_that_serves_what_was_released_is_enough(shelf, web, cache, manner):
    heard = []
    path = fetch(FIRST, f"{web[0]}/{manner}", progress=lambda so_far, of: heard.append((so_far, of)))
    whole = (shelf / f"conflictdata-{FIRST}.zip").read_bytes()
    assert path == cache / f"conflictdata-{FIRST}.zip" and path.read_bytes() == whole
    assert heard[-1] == (len(whole), len(whole)) and heard == sorted(heard)
    assert [entry.name for entry in cache.iterdir()] == [path.name]


BAD = {
    "truncated": "IncompleteRead|hash",
    "short": "hash",
    "long": "IncompleteRead|hash",
    "altered": "hash",
    "failing": "500 Server Error",
    "missing": "404 Client Error",
    "silent": "timed out",
    "page": "json-syntax",
    "packed": "json-syntax|encoding|empty-input",
    "elsewhere": "file:///etc/passwd",
    "garbled": "banana|BadStatusLine",
}


def test_every_way_in_which_the_server_answers_is_tried():
    assert {*BAD, "good", "slow", "redirected", "flaky"} == {*ANSWERS}


@pytest.mark.parametrize(("manner", "tries"), [("failing", 2), ("page", 1), ("altered", 1), ("missing", 1)])
def test_what_broke_off_is_tried_once_more_with_a_word_and_what_is_wrong_is_not(web, manner, tries):
    heard = []
    before = len(web[1])
    with pytest.raises(ConflictDataError):
        fetch(FIRST, f"{web[0]}/{manner}", announce=heard.append)
    last = [path for path in web[1][before:] if path == web[1][-1]]
    assert (len(last), len(heard)) == (tries, tries - 1)
    assert all("trying once more" in word for word in heard)


@pytest.mark.parametrize("manner", BAD)
def test_a_password_in_an_address_is_in_no_message(web, cache, manner, monkeypatch):
    monkeypatch.setattr(download, "TIMEOUT", 0.3)
    heard = []
    address = f"{web[0].replace('://', '://me:s3cret@')}/{manner}"
    with pytest.raises(ConflictDataError) as refused:
        fetch(FIRST, address, announce=heard.append)
    told = "".join(traceback.format_exception(refused.value)) + str(vars(refused.value)) + "".join(heard)
    assert "s3cret" not in told and "127.0.0.1" in told
    assert "s3cret" not in call("get", FIRST, "--from", address, code=1).stderr


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:pw@host/x", "https://host/x"),
        ("https://token@host/x?y=1", "https://host/x?y=1"),
        ("get http://me:p/w@host:1/x now", "get http://host:1/x now"),
        ("http://host/x", "http://host/x"),
        ("me@host", "me@host"),
    ],
)
def test_only_the_name_and_password_go(address, shown):
    assert without_password(address) == shown


@pytest.mark.parametrize(
    ("url", "location", "refused"),
    [
        ("https://host/a", "http://host/a", True),
        ("https://host/a", "//other/a", False),
        ("https://host/a", "/b", False),
        ("http://host/a", "https://host/a", False),
        ("http://host/a", "http://other/a", False),
    ],
)
def test_no_redirect_leads_from_an_encrypted_address_to_another(url, location, refused):
    response = requests.Response()
    response.url, response.status_code, response.headers["location"] = url, 302, location
    with pytest.raises(CannotFetch, match="not encrypted") if refused else nullcontext():
        download._expect_encryption(response)


@pytest.mark.parametrize("manner", BAD)
@pytest.mark.parametrize("before", ["nothing", "an older copy"])
def test_a_server_that_misbehaves_leaves_the_cache_as_it_was(web, cache, manner, before, monkeypatch):
    monkeypatch.setattr(download, "TIMEOUT", 0.3)
    kept = cache / f"conflictdata-{FIRST}.zip"
    if before != "nothing":
        cache.mkdir()
        kept.write_bytes(b"older")
    with pytest.raises(ConflictDataError, match=BAD[manner]) as refused:
        fetch(FIRST, f"{web[0]}/{manner}")
    assert isinstance(refused.value, CannotFetch | InvalidInput)
    left = {entry.name: entry.read_bytes() for entry in cache.iterdir()} if cache.exists() else {}
    assert left == ({} if before == "nothing" else {kept.name: b"older"})


def test_a_release_is_fetched_from_a_folder_by_the_same_rules(shelf, tmp_path, cache):
    for name in ("index.json", f"conflictdata-{FIRST}.zip"):
        shutil.copy(shelf / name, tmp_path)
    archive = tmp_path / f"conflictdata-{FIRST}.zip"
    whole = archive.read_bytes()
    for content in (whole[:-1], whole + b"\0", whole[:-1] + b"x", b""):
        archive.write_bytes(content)
        with pytest.raises(CannotFetch, match="its hash"):
            fetch(FIRST, str(tmp_path))
        assert [*cache.iterdir()] == []
    archive.unlink()
    with pytest.raises(CannotFetch, match="No such file"):
        fetch(FIRST, str(tmp_path))
    archive.write_bytes(whole)
    assert fetch(FIRST, str(tmp_path)).read_bytes() == whole


@pytest.mark.parametrize("kind", ["a pipe", "a folder", "a device"])
def test_an_archive_in_a_folder_that_is_no_plain_file_is_refused_and_not_waited_for(shelf, tmp_path, kind):
    shutil.copy(shelf / "index.json", tmp_path)
    archive = tmp_path / f"conflictdata-{FIRST}.zip"
    match kind:
        case "a pipe":
            os.mkfifo(archive)
        case "a folder":
            archive.mkdir()
        case "a device":
            archive.symlink_to("/dev/zero")
    with pytest.raises(CannotFetch, match="cannot be read"):
        fetch(FIRST, str(tmp_path))


def test_a_hash_that_was_asked_for_stands_above_the_index(shelf, cache):
    right = json.loads((shelf / "index.json").read_bytes())["releases"][0]["sha256"]
    fetch(FIRST, str(shelf), sha256=right)
    with pytest.raises(InvalidInput, match="the hash that was asked for"):
        fetch(FIRST, str(shelf), sha256="0" * 64)


def test_an_index_that_contradicts_what_the_package_knows_is_refused(shelf, tmp_path, cache, monkeypatch):
    files = signed(files_of(shelf / FIRST) | {"CHANGELOG.md": b"# Other\n"})
    archive = zipped(tmp_path / f"conflictdata-{FIRST}.zip", files).read_bytes()
    index = json.loads((shelf / "index.json").read_bytes())
    index["releases"][0] |= {"bytes": len(archive), "sha256": download.hashlib.sha256(archive).hexdigest()}
    (tmp_path / "index.json").write_bytes(json.dumps(index).encode())
    assert verify(fetch(FIRST, str(tmp_path))).findings == ()
    monkeypatch.setattr("conflictdata.resources._releases", lambda: str(shelf))
    with pytest.raises(InvalidInput, match="the hash that this package has") as refused:
        fetch(FIRST, str(tmp_path))
    assert refused.value.finding.code is Code.INDEX_MISMATCH


def test_a_cache_that_was_damaged_is_fetched_again_and_never_used(shelf, cache):
    path = fetch(FIRST, str(shelf))
    path.write_bytes(path.read_bytes().replace(b"Invented.", b"Imagined."))
    with pytest.raises(ConflictDataError, match="damaged-archive"):
        cd.load(FIRST)
    path.write_bytes(b"not even a zip")
    assert not [known for known in cd.releases() if known.where == "cache"]
    fetch(FIRST, str(shelf))
    assert cd.load(FIRST).release.version == FIRST


def test_a_release_under_another_version_is_not_loaded(shelf, cache):
    cache.mkdir()
    shutil.copy(shelf / f"conflictdata-{FIRST}.zip", cache / f"conflictdata-{SECOND}.zip")
    with pytest.raises(DataNotFound):
        cd.load(SECOND)
    assert cd.load(FIRST).release.version == FIRST


def test_an_index_without_the_version_says_what_it_has(shelf):
    with pytest.raises(CannotFetch, match=f"the index there lists {FIRST}, {SECOND}"):
        fetch("2091.1.0", str(shelf))


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/x", "file:///etc", "gopher://127.0.0.1"])
def test_only_http_and_https_are_spoken(address):
    with pytest.raises(CannotFetch, match="only http and https"):
        fetch(FIRST, address)


def test_without_pooch_a_web_address_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(MissingExtra, match=r"pip install 'conflictdata\[get\]'"):
        fetch(FIRST, "http://127.0.0.1:9/releases")


def test_an_address_that_nobody_answers_is_reported(cache):
    with pytest.raises(CannotFetch, match=r"cannot fetch http://127\.0\.0\.1:9"):
        fetch(FIRST, "http://127.0.0.1:9/releases")
    assert not cache.exists()


def test_a_cache_that_cannot_be_made_is_reported(shelf, tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("CONFLICTDATA_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(CannotFetch, match=r"Not a directory|File exists"):
        fetch(FIRST, str(shelf))
