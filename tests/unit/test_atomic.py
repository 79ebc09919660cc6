"""A file is written whole or not at all, and only where a file can be."""

from __future__ import annotations

import errno
import io
import os
import resource
import socket
import stat
import subprocess
import sys
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.atomic import expand_home, is_file, is_folder, is_taken, open_atomic, write_bytes
from conflictdata.atomic_folders import write_folder
from conflictdata.errors import CannotWrite
from tests.support.effort import effort
from tests.support.old_and_new import (
    NEW,
    NEW_FOLDER,
    OLD,
    OLD_FOLDER,
    content,
    failing,
    put,
    write_new,
    write_new_where_no_file_has_two_names,
)

ROOT = Path(__file__).resolve().parents[2]


def write_chunks(path: Path) -> None:
    write_bytes(path, (NEW[start : start + 100_000] for start in range(0, len(NEW), 100_000)))


def write_stream(path: Path) -> None:
    with open_atomic(path) as stream:
        stream.write(NEW)


def write_new_folder(path: Path) -> None:
    write_folder(path, NEW_FOLDER, replace=False)


def replace_folder(path: Path) -> None:
    write_folder(path, NEW_FOLDER, replace=True)


ACTIONS = {
    "file": (None, NEW, lambda path: write_bytes(path, NEW)),
    "new-file": (None, NEW, write_new),
    "new-file-without-links": (None, NEW, write_new_where_no_file_has_two_names),
    "file-over-old": (OLD, NEW, lambda path: write_bytes(path, NEW)),
    "chunks-over-old": (OLD, NEW, write_chunks),
    "stream-over-old": (OLD, NEW, write_stream),
    "folder": (None, NEW_FOLDER, write_new_folder),
    "folder-over-empty": ({}, NEW_FOLDER, replace_folder),
    "folder-over-old": (OLD_FOLDER, NEW_FOLDER, replace_folder),
}


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize("old", [None, OLD])
def test_a_fault_while_a_file_is_written_leaves_the_old_and_nothing_beside_it(tmp_path, old, error):
    put(tmp_path / "target", old)
    with pytest.raises((CannotWrite, KeyboardInterrupt)):
        write_bytes(tmp_path / "target", failing(error))
    assert content(tmp_path / "target") == old
    assert len([*tmp_path.iterdir()]) == (old is not None)


LIMITED = """
import sys
from pathlib import Path
from conflictdata.atomic import write_bytes
from conflictdata.errors import CannotWrite
try:
    write_bytes(Path(sys.argv[1]), b"x" * 1_000_000)
except CannotWrite as error:
    print(error)
"""


def test_a_file_size_limit_is_reported_and_the_old_file_stays(tmp_path):
    target = tmp_path / "target"
    target.write_bytes(OLD)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, target],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
    )
    assert done.stdout == f"cannot write {target}: File too large\n"
    assert [(entry.name, content(entry)) for entry in tmp_path.iterdir()] == [("target", OLD)]


@pytest.mark.parametrize("action", ["file-over-old", "folder-over-old"])
def test_what_its_owner_made_read_only_is_not_replaced(tmp_path, monkeypatch, action):
    old, _, write = ACTIONS[action]
    put(tmp_path / "target", old)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # permission bits would not bind the superuser
    with pytest.raises(CannotWrite, match="it is read-only"):
        write(tmp_path / "target")
    assert content(tmp_path / "target") == old


def in_folder(path: Path) -> Path:
    path.mkdir()
    return path


def in_fifo(path: Path) -> Path:
    os.mkfifo(path)
    return path


def in_socket(path: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
    return path


def in_loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


def in_file(path: Path) -> Path:
    path.write_bytes(OLD)
    return path / "target"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (in_folder, "it is a folder"),
        (in_loop, "Too many levels of symbolic links"),
        (in_file, "Not a directory"),
        (in_socket, "it is not a regular file"),
        (lambda path: path / "target", "there is no folder "),
        (lambda path: path / "deep" / "target", "there is no folder "),
        (lambda path: path.with_name("x" * 300), "File name too long"),
        (lambda path: path.with_name("nul\0"), "no file can have this name"),
        (lambda path: path.with_name("half \ud800"), "no file can have this name"),
        (lambda path: Path("/proc/conflictdata"), "No such file or directory"),
    ],
)
def test_a_target_that_cannot_be_a_file_is_refused_in_one_sentence(tmp_path, place, reason):
    path = place(tmp_path / "place")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(CannotWrite) as told:
        write_bytes(path, NEW)
    assert str(told.value).startswith(f"cannot write {path}: {reason}")
    assert "\n" not in str(told.value)
    assert sorted(tmp_path.iterdir()) == before


def test_a_pipe_and_a_device_receive_the_bytes_and_stay_what_they_are(tmp_path):
    pipe = in_fifo(tmp_path / "pipe")
    with ThreadPoolExecutor() as pool:
        received = pool.submit(pipe.read_bytes)
        write_bytes(pipe, NEW)
        assert received.result(timeout=10) == NEW
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    write_bytes(Path("/dev/null"), NEW)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_the_mode_is_kept_or_is_what_the_umask_leaves(tmp_path):
    kept, fresh = tmp_path / "kept", tmp_path / "fresh"
    put(kept, OLD)
    kept.chmod(0o604)
    kept_folder = tmp_path / "kept-folder"
    put(kept_folder, OLD_FOLDER)
    kept_folder.chmod(0o705)
    before = os.umask(0o027)
    try:
        for path in (kept, fresh):
            write_bytes(path, NEW)
        write_folder(kept_folder, NEW_FOLDER, replace=True)
        write_folder(tmp_path / "fresh-folder", NEW_FOLDER, replace=False)
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"kept": 0o604, "fresh": 0o640, "kept-folder": 0o705, "fresh-folder": 0o750}
    assert stat.S_IMODE((tmp_path / "fresh-folder" / "a.csv").stat().st_mode) == 0o640


@pytest.mark.parametrize("action", ["file", "file-over-old", "folder-over-old"])
def test_a_link_is_written_through_and_stays_a_link(tmp_path, action):
    old, new, write = ACTIONS[action]
    (tmp_path / "home").mkdir()
    put(tmp_path / "home" / "target", old)
    link = tmp_path / "link"
    link.symlink_to(Path("home") / "target")
    write(link)
    assert link.is_symlink()
    assert content(tmp_path / "home" / "target") == new
    assert sorted(entry.name for entry in tmp_path.rglob("*") if entry.name.startswith(".")) == []


def test_a_name_as_long_as_a_name_can_be_is_written(tmp_path):
    path = tmp_path / ("x" * 255)
    write_bytes(path, NEW)
    assert content(path) == NEW


def test_a_text_layer_or_an_archive_can_be_laid_over_the_stream(tmp_path):
    with open_atomic(tmp_path / "text") as stream, io.TextIOWrapper(stream, "utf-8", newline="") as text:
        text.write("é\r\n")
    assert (tmp_path / "text").read_bytes() == "é\r\n".encode()
    with open_atomic(tmp_path / "zip") as stream, zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.csv", "a")
    assert zipfile.ZipFile(tmp_path / "zip").read("a.csv") == b"a"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["text", "zip"]


@effort(0.5)
@given(st.binary() | st.lists(st.binary()))
def test_what_was_written_is_what_is_read(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("written") / "target"
    write_bytes(path, data)
    assert path.read_bytes() == (data if isinstance(data, bytes) else b"".join(data))


def test_a_reader_never_sees_a_half_and_writers_do_not_mix(tmp_path):
    path = tmp_path / "target"
    wholes = [bytes([letter]) * 300_000 for letter in b"abc"]
    path.write_bytes(wholes[0])
    writers = [threading.Thread(target=lambda w=w: [write_bytes(path, w) for _ in range(10)]) for w in wholes]
    for writer in writers:
        writer.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        seen.add(path.read_bytes())
    assert seen <= set(wholes)
    assert [entry.name for entry in tmp_path.iterdir()] == ["target"]


def test_a_working_folder_that_is_gone_is_reported(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for write in (write_stream, write_new, write_new_folder):
        with pytest.raises(CannotWrite, match=r"No such file or directory|there is no folder"):
            write(Path("target"))


def test_what_cannot_be_looked_at_is_not_there_and_raises_nothing(tmp_path):
    (tmp_path / "nowhere").symlink_to(tmp_path / "nothing")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for path in (tmp_path / ("x" * 300), Path("x" * 5000), Path("a\0b"), tmp_path / "nowhere", tmp_path / "circle"):
        assert (is_file(path), is_folder(path)) == (False, False)
    assert is_taken(tmp_path / "nowhere") and not is_taken(Path("x" * 5000))
    assert is_folder(tmp_path) and is_file(Path(__file__))


def test_a_home_folder_is_found_and_a_file_called_so_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert expand_home("~/records") == f"{tmp_path}/records"
    assert [expand_home(path) for path in ("a~b", "/~", "", "~nobody-is-called-so/x")] == [
        "a~b", "/~", "", "~nobody-is-called-so/x",
    ]  # fmt: skip
    (tmp_path / "~").mkdir()
    assert expand_home("~") == "~"
