"""Files and JSON Lines are read to the end and no further, and whatever they are, they are told as findings."""

from __future__ import annotations

import errno
import io
import os
import signal
import socket
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.canonical import (
    MAX_BYTES,
    MAX_DATASET_BYTES,
    dump_line,
    other_kind,
    parse,
    read_bytes,
    read_file,
    read_lines,
    read_object,
)
from conflictdata.canonical.diagnose import NUL
from conflictdata.canonical.dump import dump
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding
from tests.support.draw.plain import json_objects
from tests.support.effort import effort
from tests.support.verdicts import spelled


def lines_of(data: bytes, **options) -> list[tuple[int, object]]:
    return list(read_lines(io.BytesIO(data), "events.jsonl", **options))


def in_short(lines: list[tuple[int, object]]) -> list[tuple[int, object]]:
    """Objects as they are, findings as their code."""
    return [(number, line.code if isinstance(line, Finding) else line) for number, line in lines]


# JSON Lines


@given(st.lists(json_objects(), max_size=6), st.booleans(), st.sampled_from([None, False]))
@effort()
def test_lines_are_read_back_as_they_were_written(objects, ended, fast):
    data = b"".join(map(dump_line, objects))
    read = lines_of(data if ended else data.removesuffix(b"\n"), fast=fast)
    assert spelled(read) == spelled(list(enumerate(objects, start=1)))


@given(st.lists(st.binary(max_size=12) | st.sampled_from([b"{}", b'{"a":1}', b'{"a":1}\r', b"", b" "]), max_size=8))
@effort(5)
def test_each_line_is_validated_as_if_it_were_alone(pieces):
    lines = b"\n".join(pieces).split(b"\n")
    while lines and not lines[-1].strip():  # blank lines at the end are looked at below
        lines.pop()
    expected = []
    for number, line in enumerate(lines, start=1):
        try:
            expected.append((number, read_object(line, f"events.jsonl:{number}", line=number)))
        except InvalidInput as refused:
            expected.append((number, refused.finding))
    assert lines_of(b"\n".join(lines)) == expected


def test_only_a_line_feed_ends_a_line():
    value = {"text": "a\u2028b\u2029c\u0085d\x0b\x0c\x1c\r\n"}
    data = '{"text":"a\u2028b\u2029c\u0085d\\u000b\\f\\u001c\\r\\n"}'.encode()
    assert lines_of(data + b"\r\n" + data) == [(1, value), (2, value)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"\n", []),
        (b" \t", []),
        (b"{}\n\n", [(1, {})]),
        (b"{}\n \r\n", [(1, {})]),
        (b"{}\n\n{}", [(1, {}), (2, Code.EMPTY_INPUT), (3, {})]),
        (b"{}\n\n\n", [(1, {}), (2, Code.EMPTY_INPUT)]),
        (b"\n{}\n", [(1, Code.EMPTY_INPUT), (2, {})]),
    ],
)
def test_a_blank_line_is_a_fault_unless_it_is_the_last(data, expected):
    assert in_short(lines_of(data)) == expected


def test_a_fault_is_reported_with_its_line_and_the_next_line_is_read():
    read = lines_of(b'{"a":1}\n{"a":01}\n\xff\n[]\n{"b":2}\n')
    assert in_short(read) == [
        (1, {"a": 1}),
        (2, Code.NUMBER_SPELLING),
        (3, Code.ENCODING),
        (4, Code.NOT_AN_OBJECT),
        (5, {"b": 2}),
    ]
    finding = read[1][1]
    assert (finding.file, finding.offset) == ("events.jsonl:2", 5)
    assert finding.message.endswith("(line 2, column 6)")


def test_a_byte_order_mark_is_refused_on_the_first_line_and_where_files_were_joined():
    mark = b"\xef\xbb\xbf"
    assert in_short(lines_of(mark + b"{}\n{}\n" + mark + b"{}\n")) == [
        (1, Code.BYTE_ORDER_MARK),
        (2, {}),
        (3, Code.BYTE_ORDER_MARK),
    ]


def test_a_line_is_as_long_as_a_record_may_be_without_its_line_feed():
    fits = b'{"a":"%b"}' % (b"x" * 92)
    assert len(fits) == 100
    for end in (b"", b"\n"):
        assert in_short(lines_of(fits + end, max_bytes=100)) == [(1, {"a": "x" * 92})]
        assert in_short(lines_of(fits + b" " + end, max_bytes=100)) == [(1, Code.TOO_LARGE)]
    read = lines_of(b"x" * 500 + b"\n" + fits + b" \n" + fits + b"\n" + b"y" * 101, max_bytes=100)
    assert [number for number, _ in read] == [1, 2, 3, 4]
    assert [line.code if isinstance(line, Finding) else "read" for _, line in read] == [
        Code.TOO_LARGE,
        Code.TOO_LARGE,
        "read",
        Code.TOO_LARGE,
    ]
    assert (read[1][1].file, read[1][1].offset) == ("events.jsonl:2", 100)


def test_what_is_larger_than_a_record_is_read_where_more_is_allowed(tmp_path):
    value = {"a": "x" * MAX_BYTES}
    data = dump_line(value, max_bytes=2 * MAX_BYTES)
    (tmp_path / "large.json").write_bytes(data)
    assert read_file(tmp_path / "large.json", max_bytes=2 * MAX_BYTES) == value
    assert lines_of(data, max_bytes=2 * MAX_BYTES) == [(1, value)]


def test_the_fast_validator_is_used_exactly_as_requested(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(parse, "_orjson", lambda *, insist: asked.append(insist))
    path = tmp_path / "a.json"
    path.write_bytes(b'{"a":1}\n')
    for fast, expected in ((True, [True]), (False, []), (None, [False])):
        asked.clear()
        assert read_file(path, fast=fast) == {"a": 1}
        assert asked == expected
        asked.clear()
        assert lines_of(b'{"a":1}\n', fast=fast) == [(1, {"a": 1})]
        assert asked == expected


class Endless(io.RawIOBase):
    """A line of `size` bytes and then a record, made as they are asked for."""

    def __init__(self, size: int) -> None:
        self.size, self.rest = size, b'\n{"a":1}\n'

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        piece = min(len(buffer), self.size)
        if piece:
            self.size -= piece
            buffer[:piece] = b"x" * piece
            return piece
        piece = min(len(buffer), len(self.rest))
        buffer[:piece], self.rest = self.rest[:piece], self.rest[piece:]
        return piece


def test_a_line_that_is_too_long_is_never_held_in_memory():
    tracemalloc.start()
    try:
        read = list(read_lines(io.BufferedReader(Endless(100 * MAX_BYTES)), "x.jsonl"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert in_short(read) == [(1, Code.TOO_LARGE), (2, {"a": 1})]
    assert peak < 6 * MAX_BYTES


def test_memory_does_not_grow_with_the_number_of_lines():
    def peak(count: int) -> int:
        stream = io.BytesIO(b'{"a":"text of some length","b":[1,2,3]}\n' * count)
        tracemalloc.start()
        try:
            assert sum(isinstance(line, dict) for _, line in read_lines(stream, "x.jsonl", fast=False)) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    assert peak(10_000) < peak(1000) + 50_000


def test_a_stream_that_fails_is_reported_and_what_was_read_before_is_kept():
    class Failing(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            if line := super().readline(size):
                return line
            raise OSError(errno.EIO, "Input/output error")

    read = list(read_lines(Failing(b"{}\n"), "x.jsonl"))
    assert in_short(read) == [(1, {}), (2, Code.UNREADABLE_FILE)]
    assert read[1][1].file == "x.jsonl:2" and "Input/output error" in read[1][1].message


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
