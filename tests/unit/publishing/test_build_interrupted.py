"""A build that is killed or stands in another's way leaves the old releases or the whole new one."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys

import pytest

from conflictdata.errors import AnotherBuild, CannotWrite, ConflictDataError, NotReleasable, PartialRelease
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing import placement
from conflictdata.publishing.build import build
from conflictdata.publishing.placement import locked
from conflictdata.publishing.wheel import Wheel
from tests.support.calling import ROOT
from tests.support.releases import DAY, FIRST, files_of, records_folder, released, rewritten

FINAL = ReleaseStage.FINAL
KILLED = """
import datetime as dt, hashlib, json, os, signal, sys
from pathlib import Path
from conflictdata.model import Release
from conflictdata.model.release import ListedRelease
from conflictdata.publishing.placement import ARCHIVE, FILES, placed, unfinished
from conflictdata.publishing.zip_writer import pack
from conflictdata.release.archive import Folder
from conflictdata.release.catalog import index_of
home = Path(sys.argv[1])
files = {name: name.encode() * 1000 for name in ("dataset.json", "deep/a.csv", "manifest.json", "SHA256SUMS")}

def place(into, version):
    release = Release.from_object({"version": version, "date": "2026-11-20", "stage": "final"})
    index = index_of(into)
    with unfinished(into) as made:
        for name, data in files.items():
            with made.open(f"{FILES}/{name}") as stream:
                stream.write(data)
        with made.open(ARCHIVE) as stream:
            pack(Folder(made.folder / FILES), f"conflictdata-{version}", release.date, stream)
        archive = (made.folder / ARCHIVE).read_bytes()
        members = {"schema_version": "1.1.0", "archive": f"conflictdata-{version}.zip", "bytes": len(archive)}
        entry = ListedRelease(
            release=release, **members, sha256=hashlib.sha256(archive).hexdigest(), dataset="0" * 64
        )
        placed(into, index.releases if index else (), entry, made)

def seen(into):
    return {path.relative_to(into).as_posix(): path.read_bytes() for path in into.rglob("*") if path.is_file()}

def killed_at(number, into):
    left = [number]
    for name in ("open", "write", "fsync", "replace", "rename", "mkdir"):
        def counted(*given, call=getattr(os, name), **more):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **more)
        setattr(os, name, counted)
    place(into, "2026.12.0")
    os._exit(0)

whole = home / "whole"
whole.mkdir()
place(whole, "2026.11.0")
old = seen(whole)
place(whole, "2026.12.0")
new = seen(whole)
for number in range(1, 200):
    into = home / str(number)
    into.mkdir()
    place(into, "2026.11.0")
    child = os.fork()
    if child == 0:
        killed_at(number, into)
    status = os.waitpid(child, 0)[1]
    after = seen(into)
    assert {name: after.get(name) for name in old if name != "index.json"} == {
        name: old[name] for name in old if name != "index.json"
    }, number
    listed = [one.release.version for one in index_of(into).releases]
    if "2026.12.0" in listed:
        assert {name: after[name] for name in new} == new, number
    else:
        assert after["index.json"] == old["index.json"], number
        place(into, "2026.12.0")
        assert seen(into) == new, number
    if status == 0:
        break
print(number)
"""


def test_killed_at_any_call_a_build_leaves_the_old_releases_or_the_whole_new_one(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert 8 < int(done.stdout) < 199, "the calls were not counted"


def test_a_folder_that_a_killed_build_left_is_finished_or_refused(tmp_path):
    built = released(tmp_path)
    whole = files_of(tmp_path / "releases")
    index = tmp_path / "releases" / "index.json"
    index.unlink()
    released(tmp_path)
    assert files_of(tmp_path / "releases") == whole
    index.unlink()
    (built.folder / "NOTES.md").write_bytes(b"Something else.\n")
    with pytest.raises(PartialRelease, match="remove it and build again"):
        released(tmp_path)
    assert not index.exists()


def test_what_a_killed_build_staged_is_removed_by_the_next(tmp_path):
    releases = tmp_path / "releases"
    (releases / ".conflictdata-build-0123456789abcdef.tmp" / "deep").mkdir(parents=True)
    (releases / ".conflictdata-build-fedcba9876543210.tmp").write_bytes(b"half")
    released(tmp_path)
    assert not [path for path in releases.iterdir() if path.name.startswith(".")]


def test_what_others_write_or_keep_beside_the_releases_is_left_alone(tmp_path):
    releases = tmp_path / "releases"
    others = (".conflictdata-0123456789abcdef.tmp", ".conflictdata-mine.tmp", ".conflictdata-build-mine.tmp", "notes")
    for name in others:
        (releases / name).mkdir(parents=True)
        (releases / name / "diary").write_bytes(b"x")
    released(tmp_path)
    assert all((releases / name / "diary").read_bytes() == b"x" for name in others)


def test_a_stranger_s_file_where_the_zip_should_be_is_not_overwritten_and_nothing_is_written(tmp_path):
    releases = tmp_path / "releases"
    releases.mkdir()
    (releases / f"conflictdata-{FIRST}.zip").write_bytes(b"mine")
    with pytest.raises(PartialRelease, match=r"\.zip is not in the index"):
        released(tmp_path)
    assert files_of(releases) == {f"conflictdata-{FIRST}.zip": b"mine"}


@pytest.mark.parametrize("name", [f"conflictdata-{FIRST}.zip", "index.json", FIRST])
@pytest.mark.parametrize("kind", ["folder", "pipe", "link to nothing"])
def test_what_stands_in_the_way_of_a_release_is_reported_before_anything_is_written(tmp_path, name, kind):
    releases = tmp_path / "releases"
    releases.mkdir()
    match kind:
        case "folder":
            (releases / name / "inner").mkdir(parents=True)
        case "pipe":
            os.mkfifo(releases / name)
        case "link to nothing":
            (releases / name).symlink_to(tmp_path / "no" / "folder")
    with pytest.raises(ConflictDataError, match=name):
        released(tmp_path)
    assert [path.name for path in releases.iterdir()] == [name]


def test_a_zip_that_a_killed_build_left_is_finished(tmp_path):
    released(tmp_path)
    whole = files_of(tmp_path / "releases")
    (tmp_path / "releases" / "index.json").unlink()
    shutil.rmtree(tmp_path / "releases" / FIRST)
    released(tmp_path)
    assert files_of(tmp_path / "releases") == whole


def test_a_folder_that_was_made_for_a_build_that_is_refused_goes_again(tmp_path):
    folder = records_folder(tmp_path)
    rewritten(folder, "event/CD-0002", title=None)
    with pytest.raises(NotReleasable):
        build(FIRST, DAY, FINAL, tmp_path / "new" / "releases", records=folder, first=True)
    assert not (tmp_path / "new").exists()
    (tmp_path / "mine").mkdir()
    with pytest.raises(NotReleasable):
        build(FIRST, DAY, FINAL, tmp_path / "mine", records=folder, first=True)
    assert (tmp_path / "mine").exists()


def test_a_disk_that_fills_up_while_a_release_is_made_leaves_nothing_of_it(tmp_path, monkeypatch):
    def full(*given):
        raise OSError(errno.ENOSPC, "No space left on device")

    releases = tmp_path / "releases"
    releases.mkdir()
    monkeypatch.setattr("conflictdata.publishing.build.pack", full)
    with pytest.raises(CannotWrite, match="No space left") as told:
        released(tmp_path)
    assert told.value.path == releases
    assert [*releases.iterdir()] == []


def test_two_builds_at_once_are_refused(tmp_path):
    (tmp_path / "releases").mkdir()
    with locked(tmp_path / "releases"), pytest.raises(AnotherBuild, match="another build runs"):
        released(tmp_path)
    assert [*(tmp_path / "releases").iterdir()] == []
    released(tmp_path)


@pytest.mark.parametrize("call", ["os.open", "fcntl.flock"])
def test_a_folder_that_cannot_be_locked_is_reported(tmp_path, monkeypatch, call):
    def refused(*given):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(call, refused)
    with pytest.raises(AnotherBuild, match="cannot be locked"), locked(tmp_path):
        pass


def test_the_lock_of_a_killed_build_holds_nobody_up(tmp_path):
    (tmp_path / "releases").mkdir()
    code = (
        "import os, signal, sys; from pathlib import Path; from conflictdata.publishing.placement import locked\n"
        "with locked(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, tmp_path / "releases"], cwd=ROOT, check=False)
    assert killed.returncode == -9
    released(tmp_path)


def test_a_large_zip_that_a_killed_build_left_whole_is_taken_for_what_it_is(tmp_path):
    archive = b"PK\x03\x04" + bytes(2 << 20)
    (tmp_path / "release.zip").write_bytes(archive)
    assert placement._file_stands(tmp_path / "release.zip", Wheel("x", archive).listed, replaced=False)
    with pytest.raises(PartialRelease):
        placement._file_stands(tmp_path / "release.zip", Wheel("x", archive[:-1] + b"x").listed, replaced=False)
