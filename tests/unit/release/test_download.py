"""A release is loaded by its version from wherever it lies, and what is fetched is what was released, or nothing."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import traceback
from contextlib import nullcontext
from pathlib import Path

import pytest
import requests

import conflictdata as cd
from conflictdata import loading
from conflictdata.errors import CannotFetch, ConflictDataError, DataNotFound, InvalidInput, MissingExtra
from conflictdata.findings import Code
from conflictdata.model import Records
from conflictdata.publishing.verify import verify
from conflictdata.release import catalog, download
from conflictdata.release.catalog import cache_folder
from conflictdata.release.download import fetch
from conflictdata.release.version import is_version, parse_version, release_of
from conflictdata.text import without_password
from tests.support.calling import call, run_on_terminal
from tests.support.releases import FIRST, SECOND, files_of, signed, two_releases, zipped
from tests.support.serving import ANSWERS, served


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Two releases of a small world, not to be changed."""
    return two_releases(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
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


def offline(monkeypatch):
    def refused(*given, **more):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)


def invented():
    """The releases at hand that these tests made."""
    return [(known.version, known.where) for known in cd.releases() if known.version in (FIRST, SECOND)]


# By version.


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
    for module in ("conflictdata.resources", "conflictdata.release.catalog"):
        monkeypatch.setattr(f"{module}.releases_folder", lambda: carried)
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


# Fetched.


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
    monkeypatch.setattr("conflictdata.resources.releases_folder", lambda: shelf)
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


# From the command line.


def test_get_puts_a_release_into_the_cache_and_verifies_it(shelf, web, cache, monkeypatch):
    got = call("get", FIRST, "--from", f"{web[0]}/good")
    assert got.stdout == f"{cache / f'conflictdata-{FIRST}.zip'}\n"
    assert "0 errors" in got.stderr
    assert f"{FIRST}" in call("release", "list").stdout
    assert call("list", "events", "--data", FIRST).stdout == call("list", "events", "--data", shelf / FIRST).stdout
    monkeypatch.setenv("CONFLICTDATA_RELEASES", str(shelf))
    call("get", SECOND)
    call("release", "verify", SECOND)


def test_get_refuses_in_a_sentence(shelf, web, cache):
    assert "hash" in call("get", FIRST, "--from", f"{web[0]}/altered", code=1).stderr
    assert "the hash that was asked for" in call("get", FIRST, "--from", shelf, "--sha256", "0" * 64, code=1).stderr
    assert "--from" in call("get", FIRST, code=2).stderr
    assert "is not a version" in call("get", "latest", "--from", shelf, code=2).stderr
    assert not cache.exists() or not [*cache.iterdir()]


def test_get_names_what_is_wrong_in_an_archive_that_fits_its_index(shelf, tmp_path):
    files = files_of(shelf / FIRST) | {"more.csv": b"id\n"}
    archive = zipped(tmp_path / f"conflictdata-{FIRST}.zip", files).read_bytes()
    index = json.loads((shelf / "index.json").read_bytes())
    index["releases"][0] |= {"bytes": len(archive), "sha256": download.hashlib.sha256(archive).hexdigest()}
    (tmp_path / "index.json").write_bytes(json.dumps(index).encode())
    assert "file-added" in call("get", FIRST, "--from", tmp_path, code=1).stdout


def test_an_archive_that_is_listed_as_another_release_is_refused_and_not_kept(shelf, tmp_path, cache):
    archive = tmp_path / f"conflictdata-{SECOND}.zip"
    shutil.copy(shelf / f"conflictdata-{FIRST}.zip", archive)
    index = json.loads((shelf / "index.json").read_bytes())
    del index["releases"][0]
    data = archive.read_bytes()
    index["releases"][0] |= {"bytes": len(data), "sha256": download.hashlib.sha256(data).hexdigest()}
    (tmp_path / "index.json").write_bytes(json.dumps(index).encode())
    told = call("get", SECOND, "--from", tmp_path, code=1).stderr
    assert "manifest-mismatch" in told and f"the index lists release {SECOND}" in told
    assert [*cache.iterdir()] == []


def test_a_bar_is_shown_where_a_person_waits(shelf, web, tmp_path):
    status, sent = run_on_terminal(
        "get", FIRST, "--from", f"{web[0]}/slow", CONFLICTDATA_CACHE=str(tmp_path / "c"), NO_PROXY="127.0.0.1"
    )
    assert status == 0, sent
    assert f"release {FIRST}" in sent and "100%" in sent


def test_diff_tells_what_changed_by_record_and_field_with_the_reason(shelf, monkeypatch):
    monkeypatch.setenv("CONFLICTDATA_RELEASES", str(shelf))
    told = call("diff", FIRST, SECOND).stdout
    assert told.splitlines()[:2] == ["corrected (the record was wrong): 1", "  event/CD-0002"]
    assert f"because: {SECOND}: The title said more." in told
    assert "/title: was Northern Brigade takes" in told and ", now The mill district changes hands" in told
    as_json = json.loads(call("diff", FIRST, SECOND, "--format", "json").stdout)
    assert (as_json["from"], as_json["to"]) == (FIRST, SECOND)
    assert as_json["changes"][0]["edits"][0]["pointer"] == "/title"
    assert call("diff", FIRST, FIRST).stdout == ""
    assert "changed (no reason given): 1" in call("diff", SECOND, FIRST).stdout


def test_every_release_that_was_ever_made_loads_and_can_be_compared():
    for known in cd.releases():
        dataset = cd.load(known.version)
        assert dataset.release.version == known.version
        assert isinstance(dataset.records, Records) and len(dataset.events) > 0
        assert call("diff", known.version, known.version).stdout == ""


def test_versions_sort_by_their_numbers():
    versions = ["2026.11.0", "2026.2.10", "2026.2.9", "2025.12.0"]
    assert sorted(versions, key=parse_version) == versions[::-1]


def test_a_place_without_a_name_and_a_hash_that_is_none_are_misuse(shelf, cache):
    assert "path is empty" in call("get", FIRST, "--from", "", code=2).stderr
    for text in ("XYZ", "", "0" * 63, "0" * 65, "g" * 64, f"{'0' * 64}\n"):
        assert "is not a SHA-256" in call("get", FIRST, "--from", shelf, "--sha256", text, code=2).stderr
    right = json.loads((shelf / "index.json").read_bytes())["releases"][0]["sha256"]
    call("get", FIRST, "--from", shelf, "--sha256", right.upper())
