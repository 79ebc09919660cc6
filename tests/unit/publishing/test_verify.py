"""Verifying a release finds whatever is wrong with it, and names the file; no archive can do more than be refused."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import struct
import subprocess
import tarfile
import time
import unicodedata
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from conflictdata.canonical.dump import dump
from conflictdata.errors import InvalidArchive, InvalidData, InvalidInput
from conflictdata.findings import MAX_FINDINGS, Code, Severity
from conflictdata.formats.json_document import JSON
from conflictdata.loading import load, load_trusted
from conflictdata.publishing.verify import verify
from conflictdata.publishing.verify_catalog import verify_releases
from conflictdata.release.archive import MAX_FILES, MAX_RATIO, Folder, Zip, read
from conflictdata.release.checksums import SUMS, sha256_of, sums_of
from conflictdata.release.path_checks import MAX_PATH, check_paths, unsafe
from conflictdata.resources import releases_folder
from tests.support.calling import call
from tests.support.releases import FIRST, SECOND, files_of, put, signed, two_releases, zipped
from tests.support.small import small


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Two releases of a small world, not to be changed."""
    return two_releases(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def folder(shelf, tmp_path):
    """A copy of the first release to alter."""
    target = tmp_path / FIRST
    put(target, files_of(shelf / FIRST))
    return target


def found_in(path, **how):
    return {(found.code, found.file.removeprefix(f"{path}").lstrip("/")) for found in verify(path, **how).findings}


# What was released is found to be so.


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


# Files.


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


# What is inside, where whoever altered it made the hashes fit.


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


# Beside one another.


@pytest.fixture
def copied(shelf, tmp_path):
    put(tmp_path / "releases", files_of(shelf))
    return tmp_path / "releases"


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


# Archives.


def archive_of(path, *members, **more):
    """A zip of (name or info, content) pairs."""
    with zipfile.ZipFile(path, "w", **more) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_a_folder_that_another_program_packs_beside_a_release_is_what_is_reported(shelf, tmp_path):
    members = [(f"conflictdata-{FIRST}/{path}", data) for path, data in files_of(shelf / FIRST).items()]
    [finding] = verify(archive_of(tmp_path / "r.zip", *members, ("__OTHER/x", b""))).findings
    assert finding.code is Code.FILE_MISSING
    assert f'"conflictdata-{FIRST}"' in finding.message


def info(name, mode=stat.S_IFREG | 0o644):
    made = zipfile.ZipInfo("x")
    made.filename = name  # as it is, without what zipfile would put right
    made.create_system = 3
    made.external_attr = mode << 16
    return made


NAMES = [
    "../evil", "a/../../evil", "/etc/passwd", "\\\\server\\share", "C:\\evil", "c:evil", "a\\b", "a//b", "./a", "a/.",
    "con", "CON.json", "nul.tar.csv", "com1", "aux .txt", "LPT9", "a.", "a ", " a", "a\x1bb", "a\tb", "a\nb", "a:b",
    "a\u202eb", "a\u200bb", "a|b", "a?b", "a*b", 'a"b', "a<b", "\ufeffa", "x" * (MAX_PATH + 1), "a\ud800b", "a\x7fb",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_an_unsafe_name_is_refused_wherever_it_stands(name, tmp_path):
    assert unsafe(name)
    assert Code.UNSAFE_PATH in [found.code for found in check_paths(["top/ok", name], "within")]
    if "\ud800" not in name:
        path = archive_of(tmp_path / "evil.zip", (info(name), b"x"), ("ok", b"x"))
        assert Code.UNSAFE_PATH in [found.code for found in verify(path).findings]
        assert [entry.name for entry in tmp_path.iterdir()] == ["evil.zip"]
    for found in check_paths([name], "within"):
        assert str(found).isprintable()


@pytest.mark.parametrize(
    "name", ["a", "a.b/c-d_e", "é/ü", "كتاب", "constant", "com", "nulls.csv", "a b", "x" * MAX_PATH]
)
def test_an_ordinary_name_is_not_refused(name):
    assert unsafe(name) is None
    assert [*check_paths([name], "within")] == []


CLASHES = [
    ("a", "a"), ("a", "A"), ("Straße", "STRASSE"), ("é", unicodedata.normalize("NFD", "é")), ("a/b", "A/c"),
    ("a", "a/b"), ("a/b", "a"), ("ａ", "a"), ("ﬁle", "file"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), CLASHES)
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_names_that_some_system_cannot_tell_apart_are_refused(one, other, tmp_path):
    path = archive_of(tmp_path / "clash.zip", (info(one), b"1"), (info(other), b"2"))
    assert Code.CLASHING_PATHS in [found.code for found in verify(path).findings]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK])
def test_a_link_or_a_device_in_a_zip_is_refused(kind, tmp_path):
    path = archive_of(tmp_path / "special.zip", (info("dataset.json", kind | 0o777), b"/etc/passwd"))
    assert [found.code for found in verify(path).findings] == [Code.SPECIAL_FILE]


def test_a_link_or_a_pipe_in_a_folder_is_refused(folder):
    (folder / "events.csv").unlink()
    (folder / "events.csv").symlink_to("/etc/passwd")
    assert [found.code for found in verify(folder).findings] == [Code.SPECIAL_FILE]
    (folder / "events.csv").unlink()
    os.mkfifo(folder / "events.csv")
    assert [found.code for found in verify(folder).findings] == [Code.SPECIAL_FILE]
    (folder / "tables" / "loop").symlink_to(folder)
    assert [found.code for found in verify(folder).findings] == [Code.SPECIAL_FILE] * 2


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_refused_before_it_goes_off(packing, tmp_path):
    path = archive_of(tmp_path / "bomb.zip", ("dataset.json", bytes(50 << 20)), compression=packing)
    assert path.stat().st_size < 1 << 20
    start = time.process_time()
    findings = verify(path).findings
    assert time.process_time() - start < 1
    assert {found.code for found in findings} & {Code.TOO_LARGE, Code.DAMAGED_ARCHIVE}


def patched(path, **fields):
    """The first member's headers changed, in the list at the end and where the member stands."""
    places = {"size": (24, 22, "<I"), "packed": (20, 18, "<I"), "method": (10, 8, "<H"), "flags": (8, 6, "<H")}
    data = bytearray(path.read_bytes())
    listed = data.rfind(b"PK\1\2") if data.count(b"PK\1\2") == 1 else data.find(b"PK\1\2")
    for name, value in fields.items():
        in_list, in_place, kind = places[name]
        struct.pack_into(kind, data, listed + in_list, value)
        struct.pack_into(kind, data, in_place, value)
    path.write_bytes(data)
    return path


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path):
    bomb = zlib.compress(bytes(50 << 20), 9)[2:-4]
    path = archive_of(tmp_path / "liar.zip", ("dataset.json", b"x"), compression=zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(path) as archive:
        header = archive.infolist()[0]
        length = header.header_offset + 30 + len(header.filename)
    data = path.read_bytes()
    end = data.find(b"PK\1\2")
    path.write_bytes(data[:length] + bomb + data[end:])
    grown = bytearray(path.read_bytes())
    listed = grown.find(b"PK\1\2", length + len(bomb))
    struct.pack_into("<I", grown, listed + 20, len(bomb))
    struct.pack_into("<I", grown, grown.rfind(b"PK\5\6") + 16, listed)
    path.write_bytes(grown)
    with pytest.raises(InvalidInput) as refused:
        read(Zip(path), "dataset.json")
    assert refused.value.finding.code is Code.DAMAGED_ARCHIVE


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"flags": 1}, Code.ENCRYPTED_ARCHIVE),
        ({"flags": 0x41}, Code.ENCRYPTED_ARCHIVE),
        ({"method": 99}, Code.DAMAGED_ARCHIVE),
        ({"method": 14}, Code.DAMAGED_ARCHIVE),
        ({"size": (512 << 20) + 1}, Code.TOO_LARGE),
        ({"size": (1 << 20) * MAX_RATIO}, Code.TOO_LARGE),
        ({"size": 7}, Code.DAMAGED_ARCHIVE),
        ({"size": 700}, Code.DAMAGED_ARCHIVE),
        ({"packed": 3}, Code.DAMAGED_ARCHIVE),
    ],
)
def test_a_header_that_lies_is_refused(fields, code, tmp_path):
    path = archive_of(tmp_path / "a.zip", ("SHA256SUMS", b"x" * 100), compression=zipfile.ZIP_DEFLATED)
    assert [found.code for found in verify(patched(path, **fields)).findings] == [code]


def test_files_that_share_their_bytes_are_refused(tmp_path):
    path = archive_of(tmp_path / "a.zip", ("one", b"x" * 1000), ("two", b"y" * 1000))
    data = bytearray(path.read_bytes())
    second = data.find(b"PK\1\2", data.find(b"PK\1\2") + 4)
    struct.pack_into("<I", data, second + 42, 10)
    path.write_bytes(data)
    assert Code.DAMAGED_ARCHIVE in [found.code for found in verify(path).findings]


def test_a_member_that_is_called_otherwise_where_it_stands_is_refused(shelf, tmp_path):
    path = archive_of(tmp_path / "a.zip", ("SHA256SUMS", b"x"))
    data = path.read_bytes()
    path.write_bytes(data.replace(b"SHA256SUMS", b"sha256sums", 1))
    assert [found.code for found in verify(path).findings] == [Code.DAMAGED_ARCHIVE]


def test_a_zip_cut_off_anywhere_is_refused(shelf, tmp_path):
    whole = (shelf / f"conflictdata-{FIRST}.zip").read_bytes()
    path = tmp_path / "cut.zip"
    for length in [*range(0, len(whole), len(whole) // 40), len(whole) - 1]:
        path.write_bytes(whole[:length])
        assert [found.code for found in verify(path).findings] == [Code.DAMAGED_ARCHIVE], length


def test_a_zip_damaged_anywhere_is_refused_or_reads_the_same(shelf, tmp_path):
    whole = (shelf / f"conflictdata-{FIRST}.zip").read_bytes()
    path = tmp_path / "damaged.zip"
    silent = 0
    for at in range(7, len(whole), len(whole) // 60):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        silent += verify(path).findings == ()
    assert silent < 6, "only times, versions and attributes may change without notice"


def test_an_archive_in_an_archive_is_refused(tmp_path):
    inner = io.BytesIO()
    archive_of(inner, ("dataset.json", b"{}"))
    for name in ("more.zip", "more.tar.gz", "MORE.7Z"):
        path = archive_of(tmp_path / "outer.zip", (name, inner.getvalue()))
        assert [found.code for found in verify(path).findings] == [Code.NESTED_ARCHIVE]


def test_too_many_files_are_refused_in_time(tmp_path):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_050):
            archive.writestr(f"t/{number}", b"")
    start = time.process_time()
    assert [found.code for found in verify(path).findings] == [Code.TOO_LARGE]
    assert time.process_time() - start < 1


def test_folders_are_counted_and_may_lie_in_one_another_however_deep(tmp_path):
    (tmp_path / SUMS).write_bytes(b"")
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=descriptor)
        inner = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)
    found = verify(tmp_path).findings
    subprocess.run(["rm", "-r", str(tmp_path / "d")], check=True)  # pytest could not
    assert [one.code for one in found] == [Code.UNSAFE_PATH]
    for number in range(MAX_FILES + 1):
        (tmp_path / str(number)).mkdir()
    assert [found.code for found in verify(tmp_path).findings] == [Code.TOO_LARGE]


def test_what_is_no_zip_is_refused(tmp_path):
    tar = tmp_path / "release.tar"
    with tarfile.open(tar, "w") as archive:
        archive.addfile(tarfile.TarInfo("../evil"), io.BytesIO())
    text = tmp_path / "text.zip"
    text.write_bytes(b"id,kind\n" * 1000)
    empty = tmp_path / "empty.zip"
    empty.write_bytes(b"")
    for path in (tar, text, empty):
        assert [found.code for found in verify(path).findings] == [Code.DAMAGED_ARCHIVE]
    os.mkfifo(tmp_path / "pipe.zip")
    assert [found.code for found in verify(tmp_path / "pipe.zip").findings] == [Code.UNREADABLE_FILE]
    with pytest.raises(InvalidArchive):
        Zip(tmp_path / "none.zip")


def test_nothing_is_ever_written_while_archives_are_read(shelf, tmp_path, monkeypatch):
    def forbidden(*given, **more):
        raise AssertionError(f"written: {given}")

    for name in ("mkdir", "rename", "replace", "unlink", "symlink", "chmod"):
        monkeypatch.setattr(os, name, forbidden)
    opening = os.open

    def reading(path, flags, *more, **rest):
        assert not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT), path
        return opening(path, flags, *more, **rest)

    monkeypatch.setattr(os, "open", reading)
    assert verify(shelf / f"conflictdata-{FIRST}.zip", rebuild=True).findings == ()


def test_a_file_that_changes_while_it_is_read_is_refused(folder):
    files = Folder(folder)
    pieces = files.chunks("dataset.json")
    next(pieces)
    with (folder / "dataset.json").open("ab") as stream:
        stream.write(b"more")
    with pytest.raises(InvalidInput, match="changed while it was read"):
        list(pieces)


# Loading what is altered.


def test_an_altered_release_is_not_loaded(shelf, folder, tmp_path):
    assert (
        load(folder)
        == load(shelf / f"conflictdata-{FIRST}.zip")
        == load_trusted((folder / "dataset.json").read_bytes())
    )
    dataset = folder / "dataset.json"
    dataset.write_bytes(dataset.read_bytes().replace(b"Invented.", b"Imagined."))
    with pytest.raises(InvalidData, match=r"dataset\.json.*file-altered"):
        load(folder)
    with pytest.raises(InvalidData, match="unsafe-path"):
        load(archive_of(tmp_path / "evil.zip", (info("../evil"), b"x")))


def test_a_release_whose_hashes_are_gone_is_not_taken_for_a_folder_with_a_document(folder):
    (folder / SUMS).unlink()
    with pytest.raises(InvalidData, match=r"SHA256SUMS.*file-missing"):
        load(folder)


def test_a_release_loads_equal_to_the_records_it_was_built_of(shelf):

    whole = load(shelf / FIRST)
    assert whole.release.version == FIRST
    assert whole == replace(small(), release=whole.release)
    assert b"".join(JSON.content(whole)) == (shelf / FIRST / "dataset.json").read_bytes()


# From the command line.


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


def test_a_folder_or_a_zip_that_the_index_lists_and_that_is_not_there_is_said_not_to_be_checked(copied):
    zipped, folder = copied / f"conflictdata-{FIRST}.zip", copied / SECOND
    zipped.unlink()
    shutil.rmtree(folder)
    unchecked = [f"{path} is not here and was not checked" for path in (zipped, folder)]
    assert call("release", "verify", copied).stderr.splitlines() == [f"0 errors in {copied}", *unchecked]


def test_a_folder_of_releases_that_is_not_there_holds_nothing_wrong(tmp_path: Path) -> None:
    assert [*verify_releases(tmp_path / "releases")] == []
