"""A folder is written whole or not at all, and never over what somebody else put there."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.atomic import write_bytes
from conflictdata.atomic_folders import write_folder
from conflictdata.errors import AlreadyExists, CannotWrite
from tests.support.effort import effort
from tests.support.old_and_new import NEW, NEW_FOLDER, OLD, OLD_FOLDER, content, failing, put


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize("old", [None, OLD_FOLDER])
def test_a_fault_while_a_folder_is_written_leaves_the_old_and_nothing_beside_it(tmp_path, old, error):
    put(tmp_path / "target", old)
    with pytest.raises((CannotWrite, KeyboardInterrupt)):
        write_folder(tmp_path / "target", {"a.csv": b"new", "deep/er/b.csv": failing(error)}, replace=True)
    assert content(tmp_path / "target") == old
    assert len([*tmp_path.iterdir()]) == (old is not None)


def test_a_folder_that_exists_is_refused_unless_it_is_to_be_replaced(tmp_path):
    target = tmp_path / "target"
    for there in ({}, OLD_FOLDER):
        put(target, there)
        with pytest.raises(AlreadyExists) as told:
            write_folder(target, NEW_FOLDER, replace=False)
        assert told.value.path == target
        assert content(target) == there
        write_folder(target, NEW_FOLDER, replace=True)
        assert content(target) == NEW_FOLDER
        for path in sorted(target.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        target.rmdir()


def test_of_two_that_build_the_same_folder_the_second_is_refused(tmp_path):
    target = tmp_path / "target"

    def meanwhile():
        write_folder(target, OLD_FOLDER, replace=False)
        yield b"x"

    with pytest.raises(AlreadyExists):
        write_folder(target, {"a.csv": meanwhile()}, replace=False)
    assert content(target) == OLD_FOLDER
    assert [entry.name for entry in tmp_path.iterdir()] == ["target"]


@pytest.mark.parametrize(
    "stranger",
    [
        lambda target: (target / "notes.txt").write_bytes(b"mine"),
        lambda target: (target / "deep" / "notes.txt").write_bytes(b"mine"),
        lambda target: (target / ".hidden").write_bytes(b"mine"),
        lambda target: (target / "empty").mkdir(),
        lambda target: (target / "deep" / "c.csv").mkdir(),
        lambda target: (target / "deep" / "c.csv").symlink_to(target / "a.csv"),
        lambda target: os.mkfifo(target / "deep" / "c.csv"),
    ],
)
def test_a_folder_with_a_strangers_file_in_it_is_never_replaced(tmp_path, stranger):
    target = tmp_path / "target"
    put(target, OLD_FOLDER)
    stranger(target)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CannotWrite, match="which would be lost"):
        write_folder(target, NEW_FOLDER, replace=True)
    assert sorted(tmp_path.rglob("*")) == before
    assert (target / "a.csv").read_bytes() == OLD_FOLDER["a.csv"]


@pytest.mark.parametrize("replace", [False, True])
def test_a_file_is_not_replaced_by_a_folder(tmp_path, replace):
    target = tmp_path / "target"
    put(target, OLD)
    with pytest.raises(CannotWrite if replace else AlreadyExists):
        write_folder(target, NEW_FOLDER, replace=replace)
    assert content(target) == OLD


def test_a_folder_without_a_parent_is_reported(tmp_path):
    with pytest.raises(CannotWrite, match="there is no folder"):
        write_folder(tmp_path / "absent" / "target", NEW_FOLDER, replace=False)


@pytest.mark.parametrize(
    "names",
    [[""], ["/etc/x"], [".."], ["../x"], ["a/../x"], ["a//b"], ["a/"], ["./a"], ["."], ["a\\b"], ["C:x"]],
)
def test_a_member_that_is_no_plain_relative_path_is_a_mistake_of_the_caller(tmp_path, names):
    with pytest.raises(ValueError):
        write_folder(tmp_path / "target", dict.fromkeys(names, b"x"), replace=False)
    assert list(tmp_path.iterdir()) == []


NAMES = st.lists(st.sampled_from(["a", "b", "é", "x y", ".c"]), min_size=1, max_size=3).map("/".join)


def is_tree(files: dict[str, bytes]) -> bool:
    return not any(other.startswith(f"{name}/") for name in files for other in files)


@effort(0.25)
@given(st.dictionaries(NAMES, st.binary(), max_size=5).filter(is_tree))
def test_a_folder_holds_what_was_written_to_it_and_nothing_else(tmp_path_factory, files):
    target = tmp_path_factory.mktemp("written") / "target"
    for replace in (False, True):
        write_folder(target, files, replace=replace)
        assert content(target) == files
    assert [entry.name for entry in target.parent.iterdir()] == ["target"]


def test_programs_that_write_the_same_folder_at_once_leave_it_whole(tmp_path):
    target = tmp_path / "target"
    made = [{"a.csv": bytes([n]), "deep/b.csv": bytes([n])} for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        for _ in pool.map(lambda files: write_folder(target, files, replace=True), made * 3):
            pass
    assert content(target) in made
    assert [entry.name for entry in tmp_path.iterdir()] == ["target"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_within_a_folder_is_not_written_through_a_link_that_leads_out_of_it(tmp_path, kind):
    (tmp_path / "home" / "inner").mkdir(parents=True)
    (tmp_path / "away").mkdir()
    (tmp_path / "home" / "link").symlink_to(tmp_path / "away" / "target")
    (tmp_path / "home" / "near").symlink_to(tmp_path / "home" / "inner" / "target")

    def write(path):
        if kind == "file":
            write_bytes(path, NEW, within=tmp_path / "home")
        else:
            write_folder(path, NEW_FOLDER, replace=True, within=tmp_path / "home")

    with pytest.raises(CannotWrite, match="leads out of"):
        write(tmp_path / "home" / "link")
    assert [*(tmp_path / "away").iterdir()] == []
    write(tmp_path / "home" / "near")
    assert (tmp_path / "home" / "inner" / "target").exists()
