"""A release that is whole is verified and loads; each file altered, missing or added is named."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace

import pytest

from conflictdata.canonical.dump import dump
from conflictdata.errors import InvalidData
from conflictdata.findings import Code, Severity
from conflictdata.formats.json_document import JSON
from conflictdata.loading import load, load_trusted
from conflictdata.publishing.verify import verify
from conflictdata.publishing.verify_catalog import verify_releases
from conflictdata.release.checksums import SUMS
from conflictdata.resources import releases_folder
from tests.support.calling import call
from tests.support.releases import FIRST, SECOND, files_of, found_in, put, signed
from tests.support.small import small


def test_a_release_verifies_and_rebuilds_as_folder_and_as_zip(shelf):
    for version in (FIRST, SECOND):
        for path in (shelf / version, shelf / f"conflictdata-{version}.zip"):
            assert verify(path, rebuild=True).findings == ()
    assert [*verify_releases(shelf, rebuild=True)] == []


def test_a_release_moved_renamed_or_zipped_by_another_tool_is_still_one(shelf, tmp_path):
    put(tmp_path / "any name", files_of(shelf / FIRST))
    assert verify(tmp_path / "any name", rebuild=True).findings == ()
    with zipfile.ZipFile(tmp_path / "other.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("tables")
        for path, data in files_of(shelf / FIRST).items():
            archive.writestr(path, data)
    assert verify(tmp_path / "other.zip", rebuild=True).findings == ()


def test_a_release_of_another_maker_is_checked_but_not_rebuilt(shelf, tmp_path):
    files = files_of(shelf / FIRST)
    manifest = json.loads(files["manifest.json"])
    put(
        tmp_path / "r",
        signed(files | {"manifest.json": dump(manifest | {"software": "2091.1.0"}), "events.csv": b"x\n"}),
    )
    [finding] = verify(tmp_path / "r", rebuild=True).findings
    assert finding.code is Code.NOT_REBUILT and "conflictdata 2091.1.0" in finding.message
    assert "install its wheel" in finding.message
    older = {name: value for name, value in manifest.items() if name != "software"}
    put(tmp_path / "t", signed(files | {"manifest.json": dump(older)}))
    [finding] = verify(tmp_path / "t", rebuild=True).findings
    assert finding.code is Code.NOT_REBUILT and "no wheel" in finding.message
    put(
        tmp_path / "s",
        signed(files | {"manifest.json": dump(manifest | {"software": "2091.1.0"}), "dataset.json": b"{}"}),
    )
    assert {found.severity for found in verify(tmp_path / "s", rebuild=True).findings} == {Severity.ERROR}


def test_every_altered_file_is_named(shelf, folder):
    for path, data in files_of(shelf / FIRST).items():
        (folder / path).write_bytes(data + b" ")
        found = found_in(folder)
        assert any(file.startswith(path) for _, file in found), path
        if path != "SHA256SUMS":
            assert (Code.FILE_ALTERED, path) in found
        (folder / path).write_bytes(data)
    assert found_in(folder) == set()


def test_one_bit_anywhere_is_seen(shelf, folder):
    for path in ("dataset.json", "tables/claims.csv", "schema/README.md", "NOTES.md"):
        data = bytearray((folder / path).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / path).write_bytes(data)
        assert (Code.FILE_ALTERED, path) in found_in(folder)


def test_a_missing_an_added_and_a_renamed_file_are_distinguished(folder):
    (folder / "events.csv").unlink()
    (folder / "tables" / "more.csv").write_bytes(b"id\n")
    (folder / "acled.csv").rename(folder / "acled (1).csv")
    assert found_in(folder) == {
        (Code.FILE_MISSING, "events.csv"),
        (Code.FILE_ADDED, "tables/more.csv"),
        (Code.FILE_RENAMED, "acled.csv"),
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", Code.EMPTY_INPUT),
        (b"\xff\n", Code.ENCODING),
        (b"0123  dataset.json\n", Code.BAD_FORMAT),
        (b"A" * 64 + b"  dataset.json\n", Code.BAD_FORMAT),
        (b"a" * 64 + b" dataset.json\n", Code.BAD_FORMAT),
        (b"a" * 64 + b"  dataset.json\r\n", Code.BAD_FORMAT),
        ((b"a" * 64 + b"  dataset.json\n") * 2, Code.BAD_FORMAT),
        (b"a" * 64 + b"  ../dataset.json\n", Code.UNSAFE_PATH),
        (b"a" * 64 + b"  /etc/passwd\n", Code.UNSAFE_PATH),
        (b"a" * 64 + b"  C:\\dataset.json\n", Code.UNSAFE_PATH),
        (b"a" * 64 + b"  dataset.json\n" + b"b" * 64 + b"  Dataset.json\n", Code.CLASHING_PATHS),
    ],
)
def test_a_list_of_hashes_that_is_none_is_refused(folder, text, code):
    (folder / "SHA256SUMS").write_bytes(text)
    assert [found.code for found in verify(folder).findings] == [code]


def test_a_folder_without_a_list_of_hashes_is_no_release(tmp_path):
    (tmp_path / "dataset.json").write_bytes(b"{}")
    assert [found.code for found in verify(tmp_path).findings] == [Code.FILE_MISSING]


def test_an_altered_release_is_not_loaded(shelf, folder):
    assert (
        load(folder)
        == load(shelf / f"conflictdata-{FIRST}.zip")
        == load_trusted((folder / "dataset.json").read_bytes(), "d.json")
    )
    dataset = folder / "dataset.json"
    dataset.write_bytes(dataset.read_bytes().replace(b"Invented.", b"Imagined."))
    with pytest.raises(InvalidData, match=r"dataset\.json.*file-altered"):
        load(folder)


def test_a_release_whose_hashes_are_gone_is_not_taken_for_a_folder_with_a_document(folder):
    (folder / SUMS).unlink()
    with pytest.raises(InvalidData, match=r"SHA256SUMS.*file-missing"):
        load(folder)


def test_a_release_loads_equal_to_the_records_it_was_built_of(shelf):

    whole = load(shelf / FIRST)
    assert whole.release.version == FIRST
    assert whole == replace(small(), release=whole.release)
    assert b"".join(JSON.content(whole)) == (shelf / FIRST / "dataset.json").read_bytes()


def test_the_command_names_what_is_wrong_and_exits_so(shelf, folder):
    assert call("release", "verify", shelf, "--rebuild").stdout == ""
    call("release", "verify", shelf / FIRST)
    call("release", "verify", shelf / f"conflictdata-{SECOND}.zip")
    (folder / "events.csv").write_bytes(b"")
    told = call("release", "verify", folder, code=1)
    assert told.stdout.startswith(f"error: {folder}/events.csv:/: ") and "[file-altered]" in told.stdout
    assert told.stderr == f"1 error in {folder}\n"
    call("release", "verify", folder / "nowhere", code=2)
    assert "release 2031.1.0 is not available" in call("release", "verify", "2031.1.0", code=1).stderr


def test_what_was_checked_is_reported_and_what_was_not_where_it_may_have_been_meant(shelf, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    carried = releases_folder()
    assert call("release", "verify").stderr == f"0 errors in {carried}\n"
    assert call("release", "verify", "2026.11.0").stderr == f"0 errors in {carried / '2026.11.0'}\n"
    (tmp_path / "2026.11.0").mkdir()
    told = call("release", "verify", "2026.11.0").stderr.splitlines()
    assert told[0] == f"0 errors in {carried / '2026.11.0'}"
    assert "write ./2026.11.0" in told[1]
    assert "in 2026.11.0\n" in call("release", "verify", "./2026.11.0", code=1).stderr
    shutil.copytree(shelf, tmp_path / "releases")
    assert call("release", "verify").stderr == "0 errors in releases\n"
    assert call("release", "verify", SECOND).stderr == f"0 errors in releases/{SECOND}\n"
    monkeypatch.chdir(carried)
    assert call("release", "verify", "2026.11.0").stderr.count("\n") == 1
