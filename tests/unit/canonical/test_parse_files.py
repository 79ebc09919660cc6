"""A file is read as its bytes are; what is no readable file is reported at once."""

from __future__ import annotations

import errno
import os
import signal
import socket
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given

from conflictdata.canonical import (
    MAX_BYTES,
    MAX_DATASET_BYTES,
    other_kind,
    read_bytes,
    read_file,
)
from conflictdata.canonical.diagnose import NUL
from conflictdata.canonical.dump import dump
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding
from tests.support.draw.plain import json_objects
from tests.support.effort import effort
from tests.support.verdicts import spelled


# Files
@given(json_objects())
@effort(0.5)
def test_a_file_is_read_as_its_bytes_are(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("read") / "CD-0001.json"
    path.write_bytes(dump(value))
    assert spelled(read_file(path)) == spelled(value)
    assert read_bytes(path) == dump(value)


@given(json_objects())
@effort(0.2)
def test_a_file_may_have_exactly_as_many_bytes_as_are_allowed(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("size") / "CD-0001.json"
    path.write_bytes(data := dump(value))
    assert read_bytes(path, max_bytes=len(data)) == data
    with pytest.raises(InvalidInput) as told:
        read_bytes(path, max_bytes=len(data) - 1)
    found = told.value.finding
    assert (found.file, found.code, found.offset) == (str(path), Code.TOO_LARGE, len(data) - 1)


def refused(path: Path, **options) -> Finding:
    with pytest.raises(InvalidInput) as told:
        read_file(path, **options)
    return told.value.finding


def fifo(path: Path) -> Path:
    os.mkfifo(path)
    return path


def listening(path: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))  # the full path may be longer than a socket's name can be
    return path


def loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (lambda path: path.parent, "it is a folder"),
        (lambda path: path, "No such file or directory"),
        (lambda path: path / "below", "No such file or directory"),
        (lambda path: Path("/dev/null") / "below", "Not a directory"),
        (lambda path: Path("/dev/zero"), "it is a device, a pipe or a socket"),
        (fifo, "it is a device, a pipe or a socket"),
        (listening, "it is a device, a pipe or a socket"),
        (loop, "Too many levels of symbolic links"),
        (lambda path: path.with_name("x" * 300), "File name too long"),
        (lambda path: path.with_name("nul\0"), "no file can have this name"),
    ],
    ids=["folder", "missing", "below-missing", "below-a-file", "device", "pipe", "socket", "loop", "long", "nul"],
)
def test_what_is_not_a_readable_file_is_reported_at_once(tmp_path, monkeypatch, place, reason):
    monkeypatch.chdir(tmp_path)
    path = place(tmp_path / "place")
    found = refused(path)
    assert (found.file, found.pointer, found.code) == (str(path), "", Code.UNREADABLE_FILE)
    assert found.message.startswith(f"cannot be read: {reason}; ")


def test_a_name_that_no_text_can_hold_is_reported_in_escapes(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.json"))
    assert refused(path).file == f"{tmp_path}/caf\\udce9.json"


def test_a_file_that_may_not_be_read_is_reported(tmp_path, monkeypatch):
    path = tmp_path / "CD-0001.json"
    path.write_bytes(b"{}")

    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)  # permission bits would not bind the superuser
    assert "Permission denied" in refused(path).message


def test_a_fault_that_the_system_has_no_words_for_is_reported_in_its_own(tmp_path, monkeypatch):
    path = tmp_path / "CD-0001.json"
    path.write_bytes(b"{}")

    def refuse(*_):
        raise OSError("the tape is torn")

    monkeypatch.setattr(os, "open", refuse)
    assert "the tape is torn" in refused(path).message


def test_a_pipe_put_in_the_place_of_a_file_is_not_waited_for(tmp_path, monkeypatch):
    path = tmp_path / "CD-0001.json"
    path.write_bytes(b"{}")
    status = path.stat()
    path.unlink()
    fifo(path)
    monkeypatch.setattr(Path, "stat", lambda _: status)
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail("it was waited for"))
    signal.alarm(10)
    try:
        assert "it is a device, a pipe or a socket" in refused(path).message
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "sparse.json"
    with path.open("wb") as stream:
        stream.truncate(2 << 30)
    started = time.process_time()
    tracemalloc.start()
    try:
        finding = refused(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (finding.code, finding.offset, finding.file) == (Code.TOO_LARGE, MAX_BYTES, str(path))
    assert peak < MAX_BYTES
    assert time.process_time() - started < 1


def test_a_file_whose_size_is_not_known_beforehand_is_read_no_further_than_allowed():
    path = Path("/proc/self/status")  # says that its size is 0
    assert path.stat().st_size == 0
    assert refused(path, max_bytes=10).code is Code.TOO_LARGE
    assert refused(path).code is Code.JSON_SYNTAX


def test_a_file_that_changes_while_it_is_read_is_reported(tmp_path, monkeypatch):
    path = tmp_path / "CD-0001.json"
    path.write_bytes(b"{}\n")
    fstat, calls = os.fstat, []

    def changing(descriptor):
        calls.append(descriptor)
        if len(calls) > 1:
            path.write_bytes(b'{"a": 1}\n')
        return fstat(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fstat", changing)
        assert "it changed while it was read" in refused(path).message
    assert read_file(path) == {"a": 1}


@pytest.mark.parametrize(
    ("beginning", "told", "offset"),
    [
        (b'{"a": 1}', NUL, 8),
        (b"", NUL, 0),
        (b"PK\3\4", other_kind(b"PK\3\4"), 0),
    ],
)
def test_a_large_file_that_is_no_text_is_refused_before_it_is_read(tmp_path, beginning, told, offset):
    path = tmp_path / "film.json"
    with path.open("wb") as stream:
        stream.write(beginning)
        stream.truncate(500 << 20)
    tracemalloc.start()
    try:
        with pytest.raises(InvalidInput) as raised:
            read_file(path, max_bytes=MAX_DATASET_BYTES)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()
    assert raised.value.finding == Finding(str(path), "", Code.ENCODING, told, offset)
    os.truncate(path, 2 << 20)
    assert len(read_bytes(path, max_bytes=MAX_DATASET_BYTES, text=False)) == 2 << 20
