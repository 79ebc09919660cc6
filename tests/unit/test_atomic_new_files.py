"""A file that is to be new is put over nothing, and of many that write it one has written it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from conflictdata.atomic import write_bytes
from conflictdata.errors import AlreadyExists
from tests.support.old_and_new import (
    NEW,
    OLD,
    OLD_FOLDER,
    content,
    put,
    write_new,
    write_new_where_no_file_has_two_names,
)


def dangling(path: Path) -> None:
    path.symlink_to(path.with_name("elsewhere"))


@pytest.mark.parametrize("write", [write_new, write_new_where_no_file_has_two_names])
@pytest.mark.parametrize("there", [lambda path: put(path, OLD), lambda path: put(path, OLD_FOLDER), dangling])
def test_what_is_to_be_new_is_put_over_nothing_not_even_over_a_link_to_nothing(tmp_path, there, write):
    target = tmp_path / "target"
    there(target)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(AlreadyExists) as told:
        write(target)
    assert told.value.path == target
    assert sorted(tmp_path.rglob("*")) == before
    assert content(target) in (OLD, OLD_FOLDER, None)


def test_of_two_that_write_the_same_new_file_the_second_is_refused(tmp_path):
    target = tmp_path / "target"

    def meanwhile():
        write_bytes(target, OLD, replace=False)
        yield b"x"

    with pytest.raises(AlreadyExists):
        write_bytes(target, meanwhile(), replace=False)
    assert content(target) == OLD
    assert [entry.name for entry in tmp_path.iterdir()] == ["target"]


def test_of_many_that_write_the_same_new_file_one_has_written_it(tmp_path):
    target = tmp_path / "target"
    done = []

    def write(text):
        try:
            write_bytes(target, text, replace=False)
        except AlreadyExists:
            return
        done.append(text)

    writers = [threading.Thread(target=write, args=(bytes([letter]) * 1000,)) for letter in b"abcdefgh"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [content(target)] == done
    assert [entry.name for entry in tmp_path.iterdir()] == ["target"]


def test_a_new_file_is_written_through_a_link_to_its_folder(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "link").symlink_to("home")
    write_bytes(tmp_path / "link" / "target", NEW, replace=False)
    assert content(tmp_path / "home" / "target") == NEW
