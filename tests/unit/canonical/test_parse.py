"""A document is read as every other strict reader reads it, or refused."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import orjson
import pydantic_core
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from conflictdata.canonical import MAX_DEPTH, dump_line, parse, read_object
from conflictdata.canonical.dump import dump
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code
from tests.support.draw.plain import json_objects, json_values
from tests.support.effort import effort
from tests.support.verdicts import judged, spelled, verdict

ROOT = Path(__file__).resolve().parents[3]


# Members
def objects_in(value, path=()):
    """The path of every object in `value` that has a member."""
    if isinstance(value, dict) and value:
        yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from objects_in(inner, (*path, key))


def with_second(value, path, name, place, mark):
    """The same value with a member `mark` put into the object at `path`, at least one member after `name`."""
    if path:
        changed = value.copy()
        changed[path[0]] = with_second(value[path[0]], path[1:], name, place, mark)
        return changed
    members = list(value.items())
    first = list(value).index(name) + 1
    members.insert(first + place % (len(members) - first + 1), (mark, None))
    return dict(members)


MARK = "second member"
LAYOUTS = ({"separators": (",", ":")}, {}, {"indent": 2})


@given(json_objects().filter(bool), st.data())
@effort(2)
def test_a_member_that_stands_twice_is_refused_at_its_second_place(value, data):
    assume(MARK not in json.dumps(value))
    path = data.draw(st.sampled_from(list(objects_in(value))))
    target = value
    for step in path:
        target = target[step]
    name = data.draw(st.sampled_from(list(target)))
    changed = with_second(value, path, name, data.draw(st.integers(0, 9)), MARK)
    text = json.dumps(changed, ensure_ascii=data.draw(st.booleans()), **data.draw(st.sampled_from(LAYOUTS))).encode()
    spelling = data.draw(
        st.sampled_from(
            [
                json.dumps(name),
                json.dumps(name, ensure_ascii=False),
                json.dumps(unicodedata.normalize("NFD", name), ensure_ascii=False),
                '"' + "".join(f"\\u{unit:04x}" for unit in memoryview(name.encode("utf-16-le")).cast("H")) + '"',
            ]
        )
    )
    finding = judged(text.replace(f'"{MARK}"'.encode(), spelling.encode()))
    assert (finding.code, finding.offset) == (Code.DUPLICATE_MEMBER, text.index(f'"{MARK}"'.encode()))
    shown = json.dumps(unicodedata.normalize("NFC", name))
    assert shown in finding.message


def test_the_same_name_in_another_object_is_no_duplicate():
    assert isinstance(judged(b'{"a":{"a":[{"a":1},{"a":1}]},"b":{"a":1}}'), dict)


# Text that was damaged
@given(json_objects(), st.sampled_from([dump, dump_line]))
@effort(0.5)
def test_a_truncated_document_is_refused(value, write):
    whole = write(value).rstrip()
    codes = {Code.JSON_SYNTAX, Code.ENCODING, Code.EMPTY_INPUT, Code.NUMBER_SPELLING, Code.LONE_SURROGATE}
    for end in range(len(whole)):
        finding = verdict(whole[:end], fast=False)
        assert finding.code in codes
        assert finding.offset <= end
    assert judged(whole[: len(whole) // 2]).code in codes


PIECES = (
    *(b"{", b"}", b"[", b"]", b",", b":", b'"', b"'", b" ", b"\n", b"\r", b"\t", b"\0", b"\\", b"\x0b", b"\x7f", b"/"),
    *(
        b'"a"',
        b'"a":',
        b'{"a":1}',
        b"0",
        b"1",
        b"12.5",
        b"1.0",
        b"1e5",
        b"-",
        b"-0",
        b"true",
        b"null",
        b"NaN",
        b"nullx",
    ),
    *(b"\\u0061", b"\\ud83d\\ude00", b"\\ud83d", b"\\ude00", b"\\n", b"\\\\", b'\\"', b"\\x", b"\\u12", b"//", b"/**/"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3\xa9", b"e\xcc\x81", b"\xe9", b"\xc0\xaf", b"\xed\xa0\x80", b"\xe2\x80\xa8"),
)


@st.composite
def damaged_texts(draw):
    """Compact or laid-out text of an object, with a piece put in, taken out or put over, once or a few times."""
    text = draw(st.sampled_from([dump, dump_line, lambda value: json.dumps(value).encode()]))(draw(json_objects()))
    for _ in range(draw(st.integers(1, 3))):
        at, over = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
        text = text[:at] + draw(st.sampled_from(PIECES) | st.just(b"")) + text[at + over :]
    return text


ANYTHING = (
    st.binary(max_size=60)
    | st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join)
    | st.lists(st.sampled_from(PIECES), max_size=12).map(lambda pieces: b'{"a":' + b"".join(pieces) + b"}")
    | damaged_texts()
    | (json_values() | json_objects()).map(orjson.dumps)
    | json_objects().map(dump)
)


@given(ANYTHING)
@effort(6)
def test_whatever_comes_is_refused_in_one_way_or_read_as_every_other_reader_reads_it(data):
    answer = judged(data)
    event("accepted" if isinstance(answer, dict) else answer.code)
    if isinstance(answer, dict):
        assert spelled(orjson.loads(data)) == spelled(answer)
        assert spelled(pydantic_core.from_json(data)) == spelled(answer)
        assert spelled(json.loads(data)) == spelled(answer)
        assert read_object(dump(answer), "x.json") == answer
    else:
        assert 0 <= answer.offset <= len(data)
        assert answer.file == "x.json" and answer.pointer == ""
        assert answer.message.isascii() and answer.message.isprintable()


@given(json_objects(), st.sampled_from(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"]))
@effort()
def test_another_encoding_is_never_guessed(value, encoding):
    finding = judged(dump(value).decode().encode(encoding))
    assert finding.code is (Code.BYTE_ORDER_MARK if encoding == "utf-8-sig" else Code.ENCODING)


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b' \r\n\t{ "a" : [ ] }\r\n',
        b'{"a":null,"b":true,"c":false,"d":{},"e":[[]]}',
        b'{"a":"\\ud83d\\ude00","\\ud83d\\ude00":1}',
        b'{"a":"\\\\ud800"}',
        b'{"a":"\\u0000\\u001f\\/\\b\\f\\n\\r\\t\\"\x7f"}',
        '{"é":"e\u0301","x":"é\\": y","\u0627":{"é":1}}'.encode(),
        '{"a":"\u2028\u2029\u0085\ufeff\ufffe"}'.encode(),
        b'{"a":"[[[[{{{{","b":"}}]]","c\\"{":"\\\\"}',
        b'{"a":":1e5,","b":",-0,","c":"[1.0]"}',
    ],
)
def test_what_is_well_formed_passes_whatever_its_layout(data):
    assert spelled(judged(data)) == spelled(json.loads(data))


@pytest.mark.parametrize("item", [b"0", b"12", b'"a"', b"true", b"false", b"null", b"[]", b"{}", b"[ ]", b"{\n}"])
def test_plain_items_in_a_row_are_validated_as_each_alone(item):
    row = b'{"a":[1,' + (item + b" ,") * 3
    assert isinstance(judged(row + item + b"]}"), dict)
    assert judged(row + b"]}").offset == len(row)
    assert judged(row + b"01]}").code is Code.NUMBER_SPELLING
    assert judged(row + item + b" " + item + b"]}").code is Code.JSON_SYNTAX
    assert judged(row + item + b":1]}").code is Code.JSON_SYNTAX
    at_the_limit = b'{"a":' + b"[" * (MAX_DEPTH - 1) + b"1," + item + b"," + item + b"]" * (MAX_DEPTH - 1) + b"}"
    answer = judged(at_the_limit)
    assert isinstance(answer, dict) if item[:1] not in b"[{" else answer.code is Code.TOO_DEEP


# The two quick judges
LIGHT = """
import sys
from conflictdata.canonical import read_object
assert "orjson" not in sys.modules
assert read_object(b'{\\n  "a": 1\\n}', "x") == read_object(b'{"a":1}', "x", fast=False) == {"a": 1}
assert "orjson" not in sys.modules
assert read_object(b'{"a":1}', "x") == {"a": 1}
assert "orjson" in sys.modules
"""


def test_orjson_is_imported_only_when_it_is_of_use():
    subprocess.run([sys.executable, "-c", LIGHT], cwd=ROOT, check=True)


def test_without_orjson_nothing_changes_unless_it_is_insisted_on(monkeypatch):
    monkeypatch.setitem(sys.modules, "orjson", None)
    parse._orjson.cache_clear()
    try:
        assert read_object(b'{"a":1}', "x.json") == {"a": 1}
        assert verdict(b'{"a":1.0}').code is Code.NUMBER_SPELLING
        with pytest.raises(ModuleNotFoundError):
            read_object(b'{"a":1}', "x.json", fast=True)
    finally:
        parse._orjson.cache_clear()


def with_plain_names(value):
    if isinstance(value, dict):
        return {ascii(name): with_plain_names(inner) for name, inner in value.items()}
    return [with_plain_names(item) for item in value] if isinstance(value, list) else value


@given(json_objects().map(with_plain_names))
@effort()
def test_ordinary_text_never_needs_the_slow_pass(value):
    texts = dump(value), dump_line(value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "find_fault", lambda *_: pytest.fail("the slow pass was called"))
        for data in texts:
            if not re.search(rb"\\ud", data, re.IGNORECASE):  # an escaped half of a pair, or what looks like one
                assert read_object(data, "x.json", fast=False) == read_object(data, "x.json", fast=True) == value


def test_a_refusal_says_what_its_finding_says_and_survives_being_sent_to_another_process():
    with pytest.raises(InvalidInput) as told:
        read_object(b"{", "events/CD-0001.json")
    refused = pickle.loads(pickle.dumps(told.value))
    assert refused.finding == told.value.finding
    assert str(refused).startswith("events/CD-0001.json:@1: ") and str(refused).endswith("[json-syntax]")
