"""What is said of a release that is wrong, refused or changed, word for word where somebody has to act on it."""

from __future__ import annotations

import json
import shutil

import pytest

from conflictdata.canonical import MAX_BYTES
from conflictdata.canonical.dump import dump
from conflictdata.errors import ChecksumMismatch, InvalidInput
from conflictdata.findings import Code, Finding
from conflictdata.publishing.history_check import known_releases
from conflictdata.publishing.verify import verify, verify_files
from conflictdata.publishing.verify_catalog import verify_releases
from conflictdata.publishing.verify_hashes import hashed
from conflictdata.release.archive import CHUNK, Folder
from conflictdata.release.checksums import sha256_of
from tests.support.releases import FIRST, SECOND, files_of, put, relisted, signed, zipped


def told(folder, findings):
    """The place and code of each finding, which has to be of that folder, from there on."""
    lines = [f"{found.description.split(': ')[0]}: {found.severity}: {found.code}" for found in findings]
    assert all(line.startswith(f"{folder}/") for line in lines)
    return [line.removeprefix(f"{folder}/") for line in lines]


def test_a_file_of_many_pieces_is_hashed_and_measured_whole(tmp_path):
    data = bytes(range(256)) * (CHUNK // 128) + b"x"
    (tmp_path / "large").write_bytes(data)
    held, findings = hashed(Folder(tmp_path), {"large": sha256_of(iter([data]))[0]}, {"large"})
    assert (held.sizes, dict(held.files), findings) == ({"large": len(data)}, {"large": data}, [])


def test_only_what_is_listed_and_wanted_is_kept_and_one_fault_hides_no_other(shelf, tmp_path):
    sums = {path: sha256_of(iter([data]))[0] for path, data in files_of(shelf / FIRST).items() if path != "SHA256SUMS"}
    put(tmp_path / "r", files_of(shelf / FIRST) | {"NOTES.md": b"other", "LICENSE": b"other", "more.txt": b"more"})
    held, findings = hashed(Folder(tmp_path / "r"), sums, {"dataset.json", "LICENSE", "more.txt"})
    assert [*held.files] == ["dataset.json"]
    assert told(tmp_path / "r", findings) == [
        "LICENSE:/: error: file-altered",
        "NOTES.md:/: error: file-altered",
        "more.txt:/: error: file-added",
    ]


def test_what_is_not_where_it_was_is_reported_by_its_old_and_its_new_name(shelf, tmp_path):
    files = files_of(shelf / FIRST)
    files["renamed.md"] = files.pop("NOTES.md")
    del files["events.csv"]
    put(tmp_path / "r", files)
    assert told(tmp_path / "r", verify(tmp_path / "r").findings) == [
        "NOTES.md:/: error: file-renamed",
        "events.csv:/: error: file-missing",
    ]


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("dataset.json", "dataset.json:/: error: file-missing"),
        ("manifest.json", "manifest.json:/: error: file-missing"),
    ],
)
def test_a_release_without_what_makes_it_one_is_reported(shelf, tmp_path, missing, words):
    files = signed(files_of(shelf / FIRST))
    del files[missing]
    listed = {path: sha256_of(iter([data]))[0] for path, data in sorted(files.items()) if path != "SHA256SUMS"}
    files["SHA256SUMS"] = "".join(f"{digest}  {path}\n" for path, digest in listed.items()).encode()
    put(tmp_path / "r", files)
    assert words in told(tmp_path / "r", verify(tmp_path / "r").findings)


def test_what_does_not_come_out_again_says_how_and_by_which_method_it_was_made(shelf, tmp_path):
    files = files_of(shelf / FIRST)
    put(tmp_path / "r", signed(files | {"events.csv": b"other\n"}))
    otherwise = "events.csv:/: error: not-reproduced"
    assert otherwise in told(tmp_path / "r", verify(tmp_path / "r", rebuild=True).findings)
    manifest = json.loads(files["manifest.json"])
    put(tmp_path / "s", signed(files | {"manifest.json": dump(manifest | {"method": "0.9.0"}), "tables/more.csv": b""}))
    found = told(tmp_path / "s", verify(tmp_path / "s", rebuild=True).findings)
    assert "tables/more.csv:/: error: not-reproduced" in found
    assert "manifest.json:/: error: not-reproduced" in found


def test_what_the_index_lists_is_held_against_what_lies_there(copied):
    sha = "0" * 64
    before = (copied / "index.json").read_bytes()
    relisted(copied, 0, sha256=sha)
    assert told(copied, verify_releases(copied, FIRST)) == [
        f"conflictdata-{FIRST}.zip:/: error: index-mismatch",
        f"{FIRST}:/: error: index-mismatch",
    ]
    (copied / "index.json").write_bytes(before)
    relisted(copied, 0, dataset=sha)
    wrong = f"{FIRST}/dataset.json:/: error: index-mismatch"
    assert told(copied, verify_releases(copied, FIRST)) == [wrong]
    (copied / f"conflictdata-{FIRST}.zip").unlink()
    for path in (copied / FIRST).iterdir():
        if path.name != "dataset.json":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert told(copied, verify_releases(copied, FIRST)) == [wrong]  # as the package carries it
    (copied / "index.json").write_bytes(before)
    relisted(copied, 1, release={"version": SECOND, "date": "2026-11-21", "stage": "candidate"})
    assert told(copied, verify_releases(copied, SECOND)) == [f"{SECOND}:/: error: index-mismatch"]


def test_what_does_not_follow_from_the_release_before_is_reported_with_why(copied):
    def put_second(**members):
        files = signed(files_of(copied / SECOND) | members.pop("files", {}))
        if members:
            manifest = json.loads(files["manifest.json"]) | members
            files = signed(files | {"manifest.json": dump(manifest)})
        put(copied / SECOND, files)
        archive = zipped(copied / f"conflictdata-{SECOND}.zip", files, SECOND).read_bytes()
        relisted(copied, 1, bytes=len(archive), sha256=sha256_of(iter([archive]))[0])
        return told(copied, verify_releases(copied, SECOND))

    kept = files_of(copied / SECOND)
    line = json.loads(kept["CHANGES.jsonl"])
    place = f"{SECOND}/CHANGES.jsonl:/: error: not-reproduced"
    old = line | {"edits": [line["edits"][0] | {"old": "Another"}]}
    assert put_second(files={"CHANGES.jsonl": json.dumps(old).encode() + b"\n"}) == [place]
    new = line | {"edits": [line["edits"][0] | {"new": "Another"}]}
    assert put_second(files={"CHANGES.jsonl": json.dumps(new).encode() + b"\n"}) == [place]
    assert put_second(files=kept, previous="2091.10.0") == [f"{SECOND}:/: error: index-mismatch"]


def put_and_list(folder, place, version, files):
    """Put another release into the folder, as whoever alters one with its zip and the index would."""
    put(folder / version, files)
    archive = zipped(folder / f"conflictdata-{version}.zip", files, version).read_bytes()
    relisted(
        folder,
        place,
        bytes=len(archive),
        sha256=sha256_of(iter([archive]))[0],
        dataset=sha256_of(iter([files["dataset.json"]]))[0],
    )


def test_a_release_that_names_none_before_it_or_cannot_be_applied_is_reported_in_one_line(copied):
    kept = files_of(copied / SECOND)
    manifest = json.loads(kept["manifest.json"])
    del manifest["previous"]
    manifest["changes"] = dict.fromkeys(manifest["changes"], 0)
    files = {path: data for path, data in kept.items() if path != "CHANGES.jsonl"}
    put_and_list(copied, 1, SECOND, signed(files | {"manifest.json": dump(manifest), "CHANGES.jsonl": b""}))
    wrong = f"{SECOND}:/: error: index-mismatch"
    assert wrong in told(copied, verify_releases(copied, SECOND))
    line = json.loads(kept["CHANGES.jsonl"])
    line["edits"][0]["new"] = 5
    put_and_list(copied, 1, SECOND, signed(kept | {"CHANGES.jsonl": json.dumps(line).encode() + b"\n"}))
    [finding] = verify_releases(copied, SECOND)
    assert finding.code is Code.NOT_REPRODUCED and "\n" not in finding.message and " " in finding.message


def test_a_folder_of_releases_is_rebuilt_where_that_is_asked_for(copied):
    put_and_list(copied, 0, FIRST, signed(files_of(copied / FIRST) | {"events.csv": b"other\n"}))
    assert told(copied, verify_releases(copied, FIRST)) == []
    otherwise = f"{FIRST}/events.csv:/: error: not-reproduced"
    assert otherwise in told(copied, verify_releases(copied, FIRST, rebuild=True))


def test_a_zip_and_a_document_may_be_larger_than_a_record(copied):
    put_and_list(copied, 0, FIRST, signed(files_of(copied / FIRST) | {"CHANGELOG.md": b"x\n" * MAX_BYTES}))
    shutil.rmtree(copied / FIRST)
    assert told(copied, verify_releases(copied, FIRST)) == []
    (copied / f"conflictdata-{FIRST}.zip").unlink()
    (copied / FIRST).mkdir()
    (copied / FIRST / "dataset.json").write_bytes(data := b"x" * (MAX_BYTES + 1))
    relisted(copied, 0, dataset=sha256_of(iter([data]))[0])
    assert told(copied, verify_releases(copied, FIRST)) == []
    with pytest.raises(ChecksumMismatch):
        known_releases(copied, carried=False)[0].records()


def test_of_a_release_that_is_only_checked_no_more_is_kept_than_is_looked_into(shelf, tmp_path):
    put(tmp_path / "r", signed(files_of(shelf / FIRST) | {"events.csv": b"other\n"}))
    for verified in (verify(tmp_path / "r"), verify_files(Folder(tmp_path / "r"))):
        assert verified.findings == ()
        assert {"dataset.json", "manifest.json"} <= verified.files.keys()
        assert not {"events.csv", "NOTES.md", "tables/claims.csv"} & verified.files.keys()


def test_a_file_that_cannot_be_read_hides_no_other():
    class Torn:
        label, paths = "r", ("a", "b")

        def chunks(self, path):
            raise InvalidInput(Finding(f"r/{path}", "", Code.UNREADABLE_FILE, "cannot be read: it is torn"))

        def close(self):
            pass

    assert [found.file for found in hashed(Torn(), {}, ())[1]] == ["r/a", "r/b"]


def test_what_is_wrong_inside_a_release_is_reported_with_its_place(shelf, tmp_path):
    files = files_of(shelf / FIRST)
    manifest = json.loads(files["manifest.json"])
    document = json.loads(files["dataset.json"])
    del document["events"][0]["id"]
    schema = files["schema/event.schema.json"].replace(b'"type": "object"', b'"type": "array"', 1)
    year = manifest | {"release": manifest["release"] | {"date": "1999-12-31"}}
    cases = {
        "events": ({"dataset.json": dump(document)}, "dataset.json:/events/0: error: missing-member"),
        "schema": (
            {"schema/event.schema.json": schema},
            "schema/event.schema.json:/: error: file-altered",
        ),
        "year": (
            {"manifest.json": dump(year)},
            "manifest.json:/release/date: error: manifest-mismatch",
        ),
        "changelog": (
            {"CHANGELOG.md": b"# caf\xe9\n"},
            "CHANGELOG.md:@5: error: encoding",
        ),
    }
    for name, (changed, words) in cases.items():
        put(tmp_path / name, signed(files | changed))
        assert words in told(tmp_path / name, verify(tmp_path / name, rebuild=True).findings)
    path = zipped(tmp_path / "r.zip", files, "2091.1.0")
    assert "r.zip:/: error: manifest-mismatch" in told(tmp_path, verify(path).findings)


@pytest.mark.parametrize("members", [{"change": "changed"}, {"reason": ""}])
def test_a_change_without_its_kind_or_its_reason_is_reported(shelf, tmp_path, members):
    files = files_of(shelf / SECOND)
    line = json.loads(files["CHANGES.jsonl"]) | members
    put(tmp_path / "r", signed(files | {"CHANGES.jsonl": json.dumps(line).encode() + b"\n"}))
    wrong = "CHANGES.jsonl:1:/: error: change-without-reason"
    assert wrong in told(tmp_path / "r", verify(tmp_path / "r").findings)
