"""Building a release from the command line, and what is refused before anything is written."""

from __future__ import annotations

import hashlib

import pytest

from conflictdata.errors import ConflictDataError, NotReleasable
from conflictdata.findings import Code
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing.build import build
from conflictdata.publishing.verify import verify
from conflictdata.resources import records_folder as real_records
from tests.support.calling import call
from tests.support.releases import DAY, FIRST, SECOND, reasoned, records_folder, released, rewritten

FINAL = ReleaseStage.FINAL


def test_faulty_records_are_refused_with_every_fault(tmp_path):
    folder = records_folder(tmp_path)
    rewritten(folder, "event/CD-0002", title=None)
    rewritten(folder, "event/CD-0003", part_of="CD-0404")
    with pytest.raises(NotReleasable) as refused:
        released(tmp_path)
    assert {found.code for found in refused.value.findings} >= {Code.MISSING_MEMBER, Code.DANGLING_REFERENCE}
    assert not (tmp_path / "releases").exists()


def test_the_command_builds_verifies_and_says_the_hash(tmp_path):
    folder = records_folder(tmp_path)
    words = ("release", "build", FIRST, "--date", "2026-11-20", "--stage", "final", "--records", folder)
    assert "or --first" in call(*words, "--into", tmp_path / "out", code=1).stderr
    built = call(*words, "--into", tmp_path / "out", "--first")
    assert f"releasing {folder}: " in built.stderr
    assert f"release {FIRST}: no earlier release; 0 warnings" in built.stderr
    archive = tmp_path / "out" / f"conflictdata-{FIRST}.zip"
    assert built.stdout == f"{hashlib.sha256(archive.read_bytes()).hexdigest()}  {archive.name}\n"
    assert verify(tmp_path / "out" / FIRST, rebuild=True).findings == ()
    assert "already exists" in call(*words, "--into", tmp_path / "out", code=1).stderr
    rewritten(folder, "event/CD-0002", title="Another title")
    next_one = ("release", "build", SECOND, "--date", "2026-12-01", "--stage", "final", "--records", folder)
    refused = call(*next_one, "--into", tmp_path / "out", code=1)
    assert refused.stdout.startswith("error: event/CD-0002:/title: ")
    assert "nothing was written" in refused.stderr
    reasoned(folder, SECOND, {"kind": "revised", "records": ["event/CD-0002"], "reason": "Clearer."})
    assert f"1 change since {FIRST}" in call(*next_one, "--into", tmp_path / "out").stderr


@pytest.mark.parametrize(
    "words",
    [
        ("2026.13.0", "--date", "2026-11-20", "--stage", "final"),
        ("2026.11.0", "--date", "20 November", "--stage", "final"),
        ("2026.11.0", "--date", "2026-11-20", "--stage", "draft"),
        ("2026.11.0", "--stage", "final"),
        ("2026.11.0", "--date", "2026-11-20"),
    ],
)
def test_a_build_that_is_not_understood_is_misuse(tmp_path, words):
    call("release", "build", *words, "--into", tmp_path / "out", code=2)
    assert not (tmp_path / "out").exists()


def test_an_empty_name_is_no_folder_to_build_into(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ("release", "build", FIRST, "--date", "2026-11-20", "--stage", "final", "--into", "")
    assert "the name is empty" in call(*words, code=2).stderr
    assert [*tmp_path.iterdir()] == []


def test_releases_cannot_be_put_where_a_file_is(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ConflictDataError, match="cannot make the folder"):
        build(FIRST, DAY, FINAL, tmp_path / "file" / "releases", records=real_records(), first=True)
