"""Lines are read one by one: a fault names its line, the next is read, and memory does not grow."""

from __future__ import annotations

import errno
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.canonical import (
    MAX_BYTES,
    dump_line,
    parse,
    read_file,
    read_lines,
    read_object,
)
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
