"""`conflictdata get` fetches and verifies a release, and `diff` says what changed between two."""

from __future__ import annotations

import json
import shutil

from conflictdata.release import download
from tests.support.calling import call, run_on_terminal
from tests.support.releases import FIRST, SECOND, files_of, zipped


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


def test_a_place_without_a_name_and_a_hash_that_is_none_are_misuse(shelf, cache):
    assert "path is empty" in call("get", FIRST, "--from", "", code=2).stderr
    for text in ("XYZ", "", "0" * 63, "0" * 65, "g" * 64, f"{'0' * 64}\n"):
        assert "is not a SHA-256" in call("get", FIRST, "--from", shelf, "--sha256", text, code=2).stderr
    right = json.loads((shelf / "index.json").read_bytes())["releases"][0]["sha256"]
    call("get", FIRST, "--from", shelf, "--sha256", right.upper())
