"""Releases beside one another are verified against their index and against the release before."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conflictdata.errors import InvalidInput
from conflictdata.findings import Code
from conflictdata.publishing.verify import verify
from conflictdata.publishing.verify_catalog import verify_releases
from conflictdata.release.checksums import sha256_of
from tests.support.calling import call
from tests.support.releases import FIRST, SECOND, files_of, put, signed, zipped


def codes_of(folder, version=None):
    return [found.code for found in verify_releases(folder, version)]


def test_a_zip_that_is_not_the_listed_one_is_found(copied):
    archive = copied / f"conflictdata-{FIRST}.zip"
    archive.write_bytes(archive.read_bytes() + b"\0")
    found = [*verify_releases(copied)]
    assert [(f.code, f.file) for f in found] == [(Code.INDEX_MISMATCH, str(archive))]
    assert codes_of(copied, SECOND) == []


def test_a_folder_altered_with_all_its_hashes_is_not_what_the_index_lists(copied):
    files = signed(files_of(copied / FIRST) | {"CHANGELOG.md": b"# Nothing\n"})
    put(copied / FIRST, files)
    assert verify(copied / FIRST).findings == ()
    assert codes_of(copied, FIRST) == [Code.INDEX_MISMATCH]


def test_a_release_is_held_against_the_one_before_where_that_is_only_a_zip(copied):
    files = files_of(copied / SECOND)
    line = json.loads(files["CHANGES.jsonl"])
    files = signed(files | {"CHANGES.jsonl": json.dumps(line | {"edits": []}).encode() + b"\n"})
    put(copied / SECOND, files)
    archive = zipped(copied / f"conflictdata-{SECOND}.zip", files, SECOND).read_bytes()
    index = json.loads((copied / "index.json").read_bytes())
    index["releases"][1] |= {"bytes": len(archive), "sha256": sha256_of(iter([archive]))[0]}
    (copied / "index.json").write_bytes(json.dumps(index).encode())
    shutil.rmtree(copied / FIRST)
    assert codes_of(copied) == [Code.NOT_REPRODUCED]
    (copied / f"conflictdata-{FIRST}.zip").unlink()
    assert codes_of(copied, SECOND) == []


@pytest.mark.parametrize("content", [b"{}", b"", b'{"sources":['])
def test_a_damaged_release_is_reported_and_so_is_that_the_next_cannot_be_held_against_it(copied, content):
    (copied / FIRST / "dataset.json").write_bytes(content)
    found = [*verify_releases(copied)]
    assert [(f.code, f.file.removeprefix(f"{copied}/")) for f in found] == [
        (Code.FILE_ALTERED, f"{FIRST}/dataset.json"),
        (Code.INDEX_MISMATCH, SECOND),
    ]


def test_an_index_that_lists_what_is_no_dataset_is_reported(copied):
    index = json.loads((copied / "index.json").read_bytes())
    (copied / FIRST / "dataset.json").write_bytes(b"{}")
    index["releases"][0]["dataset"] = sha256_of(iter([b"{}"]))[0]
    (copied / "index.json").write_bytes(json.dumps(index).encode())
    assert codes_of(copied, SECOND) == [Code.INDEX_MISMATCH]


def test_a_release_that_the_index_does_not_list_is_found(copied):
    put(copied / "2091.12.1", files_of(copied / FIRST))
    (copied / "conflictdata-2092.1.0.zip").write_bytes(b"")
    assert [found.file.rpartition("/")[2] for found in verify_releases(copied)] == [
        "2091.12.1",
        "conflictdata-2092.1.0.zip",
    ]


def test_changes_that_do_not_lead_to_the_release_are_found(copied):
    index = json.loads((copied / "index.json").read_bytes())
    for change in (
        lambda line: line | {"edits": [line["edits"][0] | {"new": "Another title"}]},
        lambda line: line | {"edits": [line["edits"][0] | {"old": "Another title"}]},
        lambda line: line | {"edits": []},
    ):
        files = files_of(copied / SECOND)
        line = json.loads(files["CHANGES.jsonl"])
        files = signed(files | {"CHANGES.jsonl": json.dumps(change(line)).encode() + b"\n"})
        put(copied / SECOND, files)
        archive = zipped(copied / f"conflictdata-{SECOND}.zip", files, SECOND).read_bytes()
        index["releases"][1] |= {"bytes": len(archive), "sha256": sha256_of(iter([archive]))[0]}
        (copied / "index.json").write_bytes(json.dumps(index).encode())
        assert codes_of(copied) == [Code.NOT_REPRODUCED]


def test_a_change_that_gives_no_reason_is_found(copied):
    files = files_of(copied / SECOND)
    line = json.loads(files["CHANGES.jsonl"])
    del line["reason"]
    put(copied / SECOND, signed(files | {"CHANGES.jsonl": json.dumps(line).encode() + b"\n"}))
    assert Code.CHANGE_WITHOUT_REASON in codes_of(copied)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.EMPTY_INPUT),
        (b"{}", Code.MISSING_MEMBER),
        (b'{"$schema":"urn:conflictdata:schema:1.0.0:index","releases":[{}]}', Code.MISSING_MEMBER),
    ],
)
def test_an_index_that_is_none_is_refused(copied, content, code):
    (copied / "index.json").write_bytes(content)
    with pytest.raises(InvalidInput) as refused:
        codes_of(copied)
    assert refused.value.finding.code is code


def test_an_index_out_of_order_or_with_a_release_twice_is_refused(copied):
    index = json.loads((copied / "index.json").read_bytes())
    for releases in (index["releases"][::-1], [index["releases"][0]] * 2):
        (copied / "index.json").write_bytes(json.dumps(index | {"releases": releases}).encode())
        with pytest.raises(InvalidInput, match="order of version"):
            codes_of(copied)


def test_what_is_carried_without_its_files_is_checked_by_the_index(copied):
    for path in copied.glob("conflictdata-*.zip"):
        path.unlink()
    for path in [*(copied / FIRST).rglob("*"), *(copied / SECOND).rglob("*")]:
        if path.is_file() and path.name not in ("dataset.json", "CHANGES.jsonl"):
            path.unlink()
    assert codes_of(copied) == []
    dataset = copied / SECOND / "dataset.json"
    dataset.write_bytes(dataset.read_bytes() + b"\n")
    assert codes_of(copied) == [Code.INDEX_MISMATCH]


def test_a_folder_or_a_zip_that_the_index_lists_and_that_is_not_there_is_said_not_to_be_checked(copied):
    zipped, folder = copied / f"conflictdata-{FIRST}.zip", copied / SECOND
    zipped.unlink()
    shutil.rmtree(folder)
    unchecked = [f"{path} is not here and was not checked" for path in (zipped, folder)]
    assert call("release", "verify", copied).stderr.splitlines() == [f"0 errors in {copied}", *unchecked]


def test_a_folder_of_releases_that_is_not_there_holds_nothing_wrong(tmp_path: Path) -> None:
    assert [*verify_releases(tmp_path / "releases")] == []
