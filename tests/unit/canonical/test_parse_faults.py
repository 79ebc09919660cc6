"""Each fault of a document has its code and its place, however large the document."""

from __future__ import annotations

import re
import sys
import time

import pytest

from conflictdata.canonical import MAX_BYTES, MAX_DEPTH, read_object
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code
from tests.support.verdicts import judged, verdict

REFUSED = {
    "empty": (b"", Code.EMPTY_INPUT, 0),
    "white space": (b" \r\n\t\x0b\x0c\n", Code.EMPTY_INPUT, 0),
    "mark first": (b"\xef\xbb\xbf{}", Code.BYTE_ORDER_MARK, 0),
    "mark alone": (b"\xef\xbb\xbf", Code.BYTE_ORDER_MARK, 0),
    "mark between": (b'{"a":1}\n\xef\xbb\xbf{"b":1}', Code.BYTE_ORDER_MARK, 8),
    "mark inside": (b'{"a":\xef\xbb\xbf1}', Code.BYTE_ORDER_MARK, 5),
    "utf-16-le": ("{}".encode("utf-16-le"), Code.ENCODING, 1),
    "utf-16-be": ("{}".encode("utf-16-be"), Code.ENCODING, 0),
    "utf-16 with mark": ("{}".encode("utf-16"), Code.ENCODING, 0),
    "utf-32 with mark": ("{}".encode("utf-32"), Code.ENCODING, 0),
    "latin-1": ('{"é":"é"}'.encode("latin-1"), Code.ENCODING, 2),
    "windows-1256": ('{"a":"\u0627\u0644"}'.encode("windows-1256"), Code.ENCODING, 6),
    "overlong": (b'{"a":"\xc0\xaf"}', Code.ENCODING, 6),
    "encoded surrogate": (b'{"a":"\xed\xa0\x80"}', Code.ENCODING, 6),
    "beyond Unicode": (b'{"a":"\xf4\x90\x80\x80"}', Code.ENCODING, 6),
    "cut in a character": (b'{"a":"\xe2\x80', Code.ENCODING, 6),
    "NUL in a string": (b'{"a":"\0"}', Code.ENCODING, 6),
    "NUL at the end": (b'{"a":1}\0\0', Code.ENCODING, 7),
    "NUL before bad bytes": (b'{"a":"\0\xff"}', Code.ENCODING, 6),
    "bad bytes before NUL": (b'{"a":"\xff\0"}', Code.ENCODING, 6),
    "array": (b" [1, 2]", Code.NOT_AN_OBJECT, 1),
    "string": (b'"{}"', Code.NOT_AN_OBJECT, 0),
    "number": (b"12", Code.NOT_AN_OBJECT, 0),
    "null": (b"null\n", Code.NOT_AN_OBJECT, 0),
    "duplicate": (b'{"a":1,"b":2,"a":1}', Code.DUPLICATE_MEMBER, 13),
    "duplicate by escape": (b'{"a":1,"\\u0061":2}', Code.DUPLICATE_MEMBER, 7),
    "duplicate by composition": ('{"é":1,"e\u0301":2}'.encode(), Code.DUPLICATE_MEMBER, 8),
    "duplicate by singleton": ('{"\u212b":1,"\u00c5":2}'.encode(), Code.DUPLICATE_MEMBER, 9),
    "duplicate empty name": (b'{"":1,"":2}', Code.DUPLICATE_MEMBER, 6),
    "high half": (b'{"a":"\\ud800"}', Code.LONE_SURROGATE, 6),
    "low half": (b'{"a":"x\\uDC00"}', Code.LONE_SURROGATE, 7),
    "halves reversed": (b'{"a":"\\udc00\\ud800"}', Code.LONE_SURROGATE, 6),
    "half after a pair": (b'{"a":"\\ud83d\\ude00\\ude00"}', Code.LONE_SURROGATE, 18),
    "half after a false half": (b'{"a":"\\\\ud83d\\ude00"}', Code.LONE_SURROGATE, 13),
    "half in a name": (b'{"\\ud800":1}', Code.LONE_SURROGATE, 2),
    "trailing comma": (b'{"a":1,}', Code.JSON_SYNTAX, 7),
    "trailing comma in array": (b'{"a":[1,]}', Code.JSON_SYNTAX, 8),
    "leading comma": (b'{"a":[,1]}', Code.JSON_SYNTAX, 6),
    "no comma": (b'{"a":1 "b":2}', Code.JSON_SYNTAX, 7),
    "no colon": (b'{"a" 1}', Code.JSON_SYNTAX, 5),
    "no value": (b'{"a":}', Code.JSON_SYNTAX, 5),
    "no name": (b"{:1}", Code.JSON_SYNTAX, 1),
    "wrong close": (b'{"a":[1}', Code.JSON_SYNTAX, 7),
    "unquoted name": (b"{a:1}", Code.JSON_SYNTAX, 1),
    "single quotes": (b"{'a':1}", Code.JSON_SYNTAX, 1),
    "line comment": (b'{"a":1 // one\n}', Code.JSON_SYNTAX, 7),
    "block comment": (b'/* one */ {"a":1}', Code.JSON_SYNTAX, 0),
    "Python literals": (b'{"a":None}', Code.JSON_SYNTAX, 5),
    "letter case": (b'{"a":True}', Code.JSON_SYNTAX, 5),
    "long literal": (b'{"a":nullx}', Code.JSON_SYNTAX, 5),
    "bare minus": (b'{"a":-}', Code.JSON_SYNTAX, 5),
    "digits of another script": ('{"a":\u0661\u0662}'.encode(), Code.JSON_SYNTAX, 5),
    "raw tab in a string": (b'{"a":"x\ty"}', Code.JSON_SYNTAX, 7),
    "raw line feed in a string": (b'{"a":"x\ny"}', Code.JSON_SYNTAX, 7),
    "unknown escape": (b'{"a":"x\\x41"}', Code.JSON_SYNTAX, 7),
    "short escape": (b'{"a":"x\\u12"}', Code.JSON_SYNTAX, 7),
    "other white space": ('{"a":\u00a01}'.encode(), Code.JSON_SYNTAX, 5),
    "form feed": (b'{"a":\x0c1}', Code.JSON_SYNTAX, 5),
    "two documents": (b'{"a":1} {"a":2}', Code.JSON_SYNTAX, 8),
    "two lines": (b'{"a":1}\n{"a":2}\n', Code.JSON_SYNTAX, 8),
    "closed twice": (b'{"a":1}}', Code.JSON_SYNTAX, 7),
    "text after": (b'{"a":1} x', Code.JSON_SYNTAX, 8),
    "truncated": (b'{"a":[1,\n  2', Code.JSON_SYNTAX, 12),
    "truncated in a string": (b'{"a":"x', Code.JSON_SYNTAX, 7),
    "truncated in an escape": (b'{"a":"x\\', Code.JSON_SYNTAX, 7),
    "XML": (b"<a/>", Code.JSON_SYNTAX, 0),
    "YAML": (b"a: 1\n", Code.JSON_SYNTAX, 0),
    "zip": (b"PK\x03\x04\x14\x00", Code.ENCODING, 0),
}


@pytest.mark.parametrize("case", REFUSED)
def test_each_fault_has_its_code_and_its_byte(case):
    data, code, offset = REFUSED[case]
    finding = judged(data)
    assert (finding.code, finding.offset) == (code, offset)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'{"a":[1,\n  2', "(line 2, column 4)"),
        (b'{"a":1}\n{"a":2}\n', "(line 2, column 1)"),
        ('{"\u0627\u0644":\n"\U0001f600", x}'.encode(), "(line 2, column 6)"),
        (b'{"a":\n"ok\xe9"}', "(line 2, column 4)"),
    ],
)
def test_the_message_says_line_and_column_in_characters(data, place):
    assert judged(data).message.endswith(place)


# Limits
@pytest.mark.parametrize(("opened", "closed"), [(b"[", b"]"), (b'{"a":', b"}"), (b'[{"a":', b"}]")])
def test_depth_is_counted_from_the_outermost_and_the_bracket_too_many_is_named(opened, closed):
    levels = opened.count(b"[") + opened.count(b"{")
    times = (MAX_DEPTH - 1) // levels
    inside = b"[]" if times * levels + 1 < MAX_DEPTH else b"0"
    fits = b'{"x[[[[":"{{{{",' + b'"a":' + opened * times + inside + closed * times + b"}"
    assert isinstance(judged(fits), dict)
    deeper = b'{"a":' + opened * (times + 1) + b"0" + closed * (times + 1) + b"}"
    finding = judged(deeper)
    brackets = [match.start() for match in re.finditer(rb"[\[{]", deeper)]
    assert (finding.code, finding.offset) == (Code.TOO_DEEP, brackets[MAX_DEPTH])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[" * 100_000 + b"]" * 100_000, Code.TOO_DEEP),
        (b'{"a":' + b"[" * 100_000, Code.TOO_DEEP),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, Code.TOO_DEEP),
        (b'{"a":' + b"[{}," * 900 + b"0" + b"]" * 900 + b"}", Code.TOO_DEEP),
        (b'{"a":"' + b"\\n" * 500_000, Code.JSON_SYNTAX),
        (b'{"a":' + b"1" * 1_000_000 + b"}", Code.NUMBER_SPELLING),
        (b'{"a":' + b"-" * 1_000_000 + b"}", Code.JSON_SYNTAX),
        (b'{"a":"' + b"\xc3\xa9" * 500_000 + b'"', Code.JSON_SYNTAX),
        (b'{"a":[' + b'"a",' * 200_000 + b"]}", Code.JSON_SYNTAX),
        (b"{" + b",".join(b'"%d":1' % n for n in range(80_000)) + b',"0":2}', Code.DUPLICATE_MEMBER),
        (b'{"' + b"\xcc\x81\xcc\x96" * 250_000 + b'":1,}', Code.JSON_SYNTAX),
        (b'{"a":"' + b"\\ud83d\\ude00" * 80_000 + b'","a":1}', Code.DUPLICATE_MEMBER),
        (b'{"a":' + b" " * 1_000_000, Code.JSON_SYNTAX),
        (b'{"a":"' + b'\\\\"' * 300_000 + b'"}', Code.JSON_SYNTAX),
        (b'{"a":[0,' + b"0," * 500_000, Code.JSON_SYNTAX),
        (b'{"a":[0,' + b"[]," * 300_000 + b"}", Code.JSON_SYNTAX),
        (b'{"a":[0,' + b'{"":0},' * 145_000, Code.JSON_SYNTAX),
    ],
    ids=range(17),
)
def test_nothing_takes_long_or_recurses(data, code):
    traced = sys.gettrace() is not None  # measuring coverage takes several times as long
    started = time.process_time()
    finding = verdict(data)
    assert finding.code is code
    assert time.process_time() - started < (8 if traced else 2)


def test_size_is_counted_in_bytes():
    fits = b'{"a":"%b"}' % ("é" * ((MAX_BYTES - 8) // 2)).encode()
    assert len(fits) == MAX_BYTES
    assert isinstance(judged(fits), dict)
    for data in (fits + b"\n", b" " * (MAX_BYTES + 1), b"\xff" * (MAX_BYTES + 1)):
        with pytest.raises(InvalidInput) as told:
            read_object(data, "x.json")
        assert (told.value.finding.code, told.value.finding.offset) == (Code.TOO_LARGE, MAX_BYTES)
    assert read_object(fits + b"\n", "x.json", max_bytes=MAX_BYTES + 1)
