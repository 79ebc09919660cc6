"""What is inside a release is verified, also where whoever altered it made the hashes fit."""

from __future__ import annotations

import json

import pytest

from conflictdata.canonical.dump import dump
from conflictdata.findings import MAX_FINDINGS, Code
from conflictdata.publishing.verify import verify
from conflictdata.publishing.verify_catalog import verify_releases
from conflictdata.release.checksums import SUMS, sha256_of, sums_of
from tests.support.releases import FIRST, files_of, found_in, put, signed


def altered(files, **members):
    manifest = json.loads(files["manifest.json"])
    return signed(files | {"manifest.json": json.dumps(manifest | members).encode()})


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"schema": "1.0.0"}, "/schema"),
        ({"release": {"version": "2091.11.1", "date": "2026-11-20", "stage": "final"}}, "/release"),
        ({"release": {"version": FIRST, "date": "2026-11-21", "stage": "final"}}, "/release"),
        ({"release": {"version": FIRST, "date": "2026-11-20", "stage": "candidate"}}, "/release"),
        ({"changes": {"revised": 1, "corrected": 0, "added": 0, "withdrawn": 0}}, "/changes"),
        ({"completeness": []}, "/completeness"),
    ],
)
def test_a_manifest_that_says_something_else_than_the_dataset_is_found(shelf, tmp_path, members, pointer):
    put(tmp_path / "r", altered(files_of(shelf / FIRST), **members))
    assert pointer in [found.pointer for found in verify(tmp_path / "r").findings]


def test_every_count_is_counted_again(shelf, tmp_path):
    files = files_of(shelf / FIRST)
    counts = json.loads(files["manifest.json"])["counts"]
    for name in counts:
        path = tmp_path / name
        put(path, altered(files, counts=counts | {name: counts[name] + 1}))
        assert [(found.code, found.pointer) for found in verify(path).findings] == [(Code.MANIFEST_MISMATCH, "/counts")]


def with_hashes(files):
    """The files with a list of hashes that fits them, whatever the manifest says."""
    rest = {path: data for path, data in files.items() if path != SUMS}
    return rest | {SUMS: sums_of({path: sha256_of(iter([data]))[0] for path, data in rest.items()})}


def relisted(files, change):
    """The files with a manifest that a function has changed, and hashes that fit."""
    manifest = json.loads(files["manifest.json"])
    change(manifest)
    return with_hashes(files | {"manifest.json": dump(manifest)})


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda manifest: manifest["files"].pop(0), "/files"),
        (lambda manifest: manifest["files"][0].update(bytes=1), "/files/0/bytes"),
        (lambda manifest: manifest["files"][1].update(sha256="0" * 64), "/files/1"),
        (lambda manifest: manifest["files"].append(manifest["files"][0]), "/files/"),
        (lambda manifest: manifest["number_words"].pop(), "/number_words"),
        (lambda manifest: manifest["files"][0].update(path="../../etc/passwd"), "/files/0/path"),
        (lambda manifest: manifest.update(more=1), "/more"),
        (lambda manifest: manifest.pop("method"), ""),
    ],
)
def test_a_manifest_that_lists_other_files_is_found(shelf, tmp_path, change, pointer):
    put(tmp_path / "r", relisted(files_of(shelf / FIRST), change))
    assert any(found.pointer.startswith(pointer) for found in verify(tmp_path / "r").findings)


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        ("dataset.json", b'"part_of":"CD-0001"', b'"part_of":"CD-0404"', Code.DANGLING_REFERENCE),
        ("dataset.json", b'"kind":"incident"', b'"kind":"accident"', Code.NOT_IN_CODELIST),
        ("dataset.json", b'"kind":"incident"', b'"kind":"incident","kind":"incident"', Code.DUPLICATE_MEMBER),
        ("dataset.json", b"{", b"{{", Code.JSON_SYNTAX),
        ("manifest.json", b"{", b"", Code.JSON_SYNTAX),
        ("schema/event.schema.json", b'"type": "object"', b'"type": "array"', Code.FILE_ALTERED),
        ("acled.csv", None, b'"', Code.CSV_SYNTAX),
        ("acled.csv", None, b"a\n\xff\n", Code.ENCODING),
        ("acled-skipped.csv", None, b"a,b\nc\rd\n", Code.CSV_SYNTAX),
        ("CHANGES.jsonl", None, b"{}\n", Code.WRONG_TYPE),
        ("CHANGES.jsonl", None, b"[]\n", Code.NOT_AN_OBJECT),
    ],
)
def test_a_file_altered_with_its_hash_is_still_validated(shelf, tmp_path, path, old, new, code):
    files = files_of(shelf / FIRST)
    files[path] = new if old is None else files[path].replace(old, new, 1)
    put(tmp_path / "r", with_hashes(files) if path == "manifest.json" else signed(files))
    assert (code, path) in {(code, file.partition(":")[0]) for code, file in found_in(tmp_path / "r")}


def test_of_the_changes_no_more_than_a_thousand_faults_are_reported(shelf, tmp_path):
    put(tmp_path / "r", signed(files_of(shelf / FIRST) | {"CHANGES.jsonl": b"{}\n" * 3000}))
    found = verify(tmp_path / "r").findings
    assert (len(found), found[-1].code) == (MAX_FINDINGS + 1, Code.TOO_MANY_ITEMS)


def test_a_record_larger_than_a_file_may_be_is_found(shelf, tmp_path):
    files = files_of(shelf / FIRST)
    document = json.loads(files["dataset.json"])
    claims = document["events"][0]["claims"]
    claims += [claims[0] | {"id": f"c{n}", "notes": "x" * 4000} for n in range(100, 380)]
    put(tmp_path / "r", signed(files | {"dataset.json": json.dumps(document).encode()}))
    assert (Code.TOO_LARGE, "/events/0") in [(found.code, found.pointer) for found in verify(tmp_path / "r").findings]


def test_a_release_without_a_dataset_document_is_none(shelf, tmp_path):
    files = files_of(shelf / FIRST)
    del files["dataset.json"]
    put(tmp_path / "r", signed(files))
    assert found_in(tmp_path / "r", rebuild=True) == {(Code.FILE_MISSING, "dataset.json")}


def test_a_cell_of_any_length_is_counted(shelf, tmp_path):
    files = files_of(shelf / FIRST)
    heading, row = files["acled.csv"].split(b"\n")[:2]
    long = b"%s\n%s,%s\n" % (heading, row.rpartition(b",")[0], b"x" * 140_000)
    put(tmp_path / "r", signed(files | {"acled.csv": long}))
    assert found_in(tmp_path / "r") == {(Code.MANIFEST_MISMATCH, "manifest.json")}  # there were more rows


def test_a_changelog_that_is_not_utf_8_cannot_be_rebuilt(shelf, tmp_path):
    put(tmp_path / "r", signed(files_of(shelf / FIRST) | {"CHANGELOG.md": b"# caf\xe9\n"}))
    assert found_in(tmp_path / "r") == set()
    assert found_in(tmp_path / "r", rebuild=True) == {(Code.ENCODING, "CHANGELOG.md")}


def test_a_release_is_of_a_year_that_a_zip_can_be_dated(copied):
    release = {"version": FIRST, "date": "1970-01-01", "stage": "final"}
    put(copied / FIRST, altered(files_of(copied / FIRST), release=release))
    assert ("/release/date", Code.MANIFEST_MISMATCH) in {(f.pointer, f.code) for f in verify_releases(copied, FIRST)}


def test_rebuilding_names_each_file_that_the_records_do_not_give(shelf, tmp_path):
    files = files_of(shelf / FIRST)
    made = (
        "events.jsonl",
        "events.csv",
        "acled.csv",
        "acled-skipped.csv",
        "tables/claims.csv",
        "NOTES.md",
        "CITATION.cff",
    )
    for path in made:
        put(tmp_path / path, signed(files | {path: files[path].replace(b"e", b"f", 1)}))
        assert verify(tmp_path / path).findings == ()
        assert (Code.NOT_REPRODUCED, path) in found_in(tmp_path / path, rebuild=True)
    put(tmp_path / "more", signed(files | {"tables/more.csv": b"id\n"}))
    assert (Code.NOT_REPRODUCED, "tables/more.csv") in found_in(tmp_path / "more", rebuild=True)
