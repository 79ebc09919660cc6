"""Each change since the last release has a reason, and comparing gives the reasons back."""

from __future__ import annotations

import json

import pytest

from conflictdata.canonical import MAX_BYTES
from conflictdata.errors import ConflictDataError, NotReleasable
from conflictdata.findings import Code
from conflictdata.loading import load
from conflictdata.publishing.explained_diff import changes_of, compared, state
from conflictdata.publishing.patch import applied
from conflictdata.publishing.verify_catalog import verify_releases
from tests.support.calling import call
from tests.support.releases import FIRST, SECOND, reasoned, records_folder, released, rewritten, two_releases


def test_a_change_without_a_reason_is_refused_and_one_with_it_is_reported(tmp_path):
    released(tmp_path)
    folder = tmp_path / "records"
    rewritten(folder, "event/CD-0002", title="Another title")
    with pytest.raises(NotReleasable, match="no reason is given") as refused:
        released(tmp_path, SECOND)
    assert [(f.code, f.file, f.pointer) for f in refused.value.findings] == [
        (Code.CHANGE_WITHOUT_REASON, "event/CD-0002", "/title")
    ]
    reasoned(folder, SECOND, {"kind": "revised", "records": ["event/CD-0002"], "reason": "Clearer."})
    built = released(tmp_path, SECOND)
    assert [(c.path, c.reason) for c in built.changes] == [("event/CD-0002", "Clearer.")]
    (line,) = (built.folder / "CHANGES.jsonl").read_bytes().splitlines()
    assert json.loads(line)["reason"] == "Clearer."
    assert json.loads((built.folder / "manifest.json").read_bytes())["changes"] == {
        "revised": 1, "corrected": 0, "added": 0, "withdrawn": 0,
    }  # fmt: skip


def test_a_change_of_the_largest_records_is_released_verified_and_reported(tmp_path):
    folder = records_folder(tmp_path)
    claims = json.loads((folder / "events" / "CD-0003.json").read_bytes())["claims"]
    for letter, version in (("x", FIRST), ("y", SECOND)):
        large = [claims[0] | {"id": f"c{n}", "notes": letter * 4000} for n in range(5, 205)]
        rewritten(folder, "event/CD-0003", claims=claims + large)
        reasoned(folder, SECOND, {"kind": "corrected", "records": ["event/CD-0003"], "reason": "All were misread."})
        built = released(tmp_path, version)
    assert len((built.folder / "CHANGES.jsonl").read_bytes()) > MAX_BYTES
    assert [*verify_releases(tmp_path / "releases", rebuild=True)] == []
    before, after = (state(tmp_path / "releases" / version) for version in (FIRST, SECOND))
    assert [len(change.edits) for change in compared(before, after)] == [200]


def test_a_reason_for_nothing_is_refused(tmp_path):
    released(tmp_path)
    reasoned(tmp_path / "records", SECOND, {"kind": "revised", "records": ["event/CD-0002"], "reason": "Clearer."})
    with pytest.raises(NotReleasable) as refused:
        released(tmp_path, SECOND)
    assert [found.code for found in refused.value.findings] == [Code.REASON_WITHOUT_CHANGE]


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"$schema":"urn:conflictdata:schema:1.0.0:changes","version":"2026.12.0"}', b"\xff"],
)
def test_a_change_file_that_cannot_be_read_is_refused(tmp_path, content):
    released(tmp_path)
    reasoned(tmp_path / "records", SECOND)
    (tmp_path / "records" / "changes" / f"{SECOND}.json").write_bytes(content)
    with pytest.raises(ConflictDataError, match=f"{SECOND}.json"):
        released(tmp_path, SECOND)


def test_an_id_is_held_against_every_release_there_was(tmp_path):
    released(tmp_path)
    folder = tmp_path / "records"
    path = folder / "events" / "CD-0005.json"
    tombstone = path.read_bytes()
    rewritten(folder, "event/CD-0005", withdrawn=None)
    reasoned(folder, SECOND, {"kind": "revised", "records": ["event/CD-0005"], "reason": "It was one after all."})
    with pytest.raises(NotReleasable) as refused:
        released(tmp_path, SECOND)
    assert Code.RELEASED_ID_REUSED in [found.code for found in refused.value.findings]
    path.unlink()
    with pytest.raises(NotReleasable) as refused:
        released(tmp_path, SECOND)
    assert Code.RELEASED_ID_LOST in [found.code for found in refused.value.findings]
    path.write_bytes(tombstone)
    reasoned(folder, SECOND)
    released(tmp_path, SECOND)


def test_the_changes_of_a_release_lead_from_the_one_before_to_it(shelf):
    before, after = load(shelf / FIRST), load(shelf / SECOND)
    assert applied(changes_of(shelf / SECOND), before, after.release) == after
    assert (shelf / FIRST / "CHANGES.jsonl").read_bytes() == b""


def test_comparing_releases_gives_the_reasons_that_they_carry(shelf, tmp_path):
    for new in (shelf / SECOND, shelf / f"conflictdata-{SECOND}.zip"):
        (change,) = compared(state(shelf / FIRST), state(new))
        assert (change.path, change.called, change.reason) == (
            "event/CD-0002", "corrected", f"{SECOND}: The title said more."
        )  # fmt: skip
    (backwards,) = compared(state(shelf / SECOND), state(shelf / FIRST))
    assert (backwards.called, backwards.reason) == ("changed", None)


def test_validating_records_also_validates_the_reasons_beside_them(tmp_path):
    folder = records_folder(tmp_path)
    reasoned(folder, SECOND, {"kind": "revised", "records": ["event/CD-0002"], "reason": "Clearer."})
    call("validate", folder)
    reasoned(folder, SECOND, {"kind": "revised", "records": ["event/CD-0002"]})
    assert "[missing-member]" in call("validate", folder, code=1).stdout
    reasoned(folder, SECOND)
    (folder / "changes" / f"{SECOND}.json").rename(folder / "changes" / "2091.12.9.json")
    assert "[wrong-file-name]" in call("validate", folder, code=1).stdout


def test_comparing_with_records_gives_the_reasons_that_wait_for_the_next_release(tmp_path):
    releases = two_releases(tmp_path)
    folder = tmp_path / "records"
    rewritten(folder, "event/CD-0003", title="Another title")
    (bare,) = compared(state(releases / SECOND), state(folder))
    reasoned(folder, "2092.1.0", {"kind": "revised", "records": ["event/CD-0003"], "reason": "Clearer."})
    (told,) = compared(state(releases / SECOND), state(folder))
    assert (bare.called, told.called, told.reason) == ("changed", "revised", "Clearer.")


@pytest.mark.parametrize("name", ["exclusions.csv", "changes"])
def test_what_lies_beside_the_records_is_validated_before_it_is_released(tmp_path, name):
    (records_folder(tmp_path) / name).symlink_to("/etc/hostname")
    with pytest.raises(NotReleasable, match=r"unreadable-file|stray-file"):
        released(tmp_path)


def test_comparing_with_a_file_takes_nobody_else_s_reasons(tmp_path, monkeypatch):
    releases = two_releases(tmp_path)
    folder = tmp_path / "records"
    rewritten(folder, "event/CD-0003", title="Another title")
    reasoned(folder, "2092.1.0", {"kind": "revised", "records": ["event/CD-0003"], "reason": "Clearer."})
    monkeypatch.setattr("conflictdata.publishing.explained_diff.records_folder", lambda: folder)
    document = tmp_path / "d.json"
    document.write_bytes(call("export", "json", "--data", folder).stdout_bytes)
    (told,) = compared(state(releases / SECOND), state(document))
    assert (told.called, told.reason) == ("changed", None)


def test_comparing_with_a_document_that_says_of_which_release_it_is_gives_the_reasons_of_that(tmp_path, monkeypatch):
    releases = two_releases(tmp_path)
    document = tmp_path / "d.json"
    document.write_bytes((releases / SECOND / "dataset.json").read_bytes())
    (bare,) = compared(state(releases / FIRST), state(document))
    monkeypatch.setenv("CONFLICTDATA_RELEASES", str(releases))
    (told,) = compared(state(releases / FIRST), state(document))
    assert (bare.called, told.called, told.reason) == ("changed", "corrected", f"{SECOND}: The title said more.")
