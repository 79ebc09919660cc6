"""What passes the gate has one spelling, which the writer writes and the gate reads back."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from types import MappingProxyType

import orjson
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from conflictdata.canonical import MAX_BYTES, MAX_DEPTH, WIDTH, dump_line, fits, parse, read_object
from conflictdata.canonical.dump import dump
from conflictdata.canonical.limits import is_spelled
from conflictdata.canonical.parse import compact
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code
from tests.support.draw.plain import json_objects
from tests.support.effort import effort
from tests.support.verdicts import judged, spelled


@given(json_objects())
@effort()
def test_what_is_written_is_read_back_equal_and_there_is_one_way_to_write_it(value):
    data = dump(value)
    assert spelled(judged(data)) == spelled(value)
    assert dump(read_object(data, "x.json")) == data
    assert data.startswith(b"{") and data.endswith(b"}\n") and b"\r" not in data


@pytest.mark.slow
@given(json_objects())
@effort()
def test_a_compact_line_is_what_orjson_writes_and_is_read_back_equal(value):
    line = dump_line(value)
    assert line == orjson.dumps(value) + b"\n"
    assert line.count(b"\n") == 1
    assert spelled(judged(line)) == spelled(value)


@given(json_objects())
@effort(0.5)
def test_a_compact_line_is_the_same_whether_or_not_orjson_is_there(value):
    asked = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "_orjson", lambda *, insist: asked.append(insist))
        assert compact(value) + b"\n" == dump_line(value)
    assert asked[0] is False


def widened(lines: list[str], start: int) -> str:
    """The line that a value opened at line `start` would have made, had it been left closed."""
    indent = len(lines[start]) - len(lines[start].lstrip())
    end = next(at for at in range(start + 1, len(lines)) if re.match(rf" {{{indent}}}[\]}}]", lines[at]))
    inside = " ".join(line.strip() for line in lines[start + 1 : end])
    return lines[start] + inside + lines[end].strip()


@given(json_objects(), st.integers(0, 120))
@effort()
def test_a_value_stands_on_one_line_exactly_if_it_fits(value, padding):
    value["padding"] = ["x" * padding, {"place": "x", "precision": "settlement"}]
    lines = dump(value).decode().split("\n")[:-1]
    for at, line in enumerate(lines[1:-1], start=1):
        if line.endswith(("{", "[")) and not line.endswith(('"{', '"[')):
            assert len(widened(lines, at)) > WIDTH
        elif len(line) > WIDTH:  # then it holds nothing that could be opened
            name_cut = re.sub(r'^ *("(?:[^"\\]|\\.)*": )?', "", line.removesuffix(","))
            assert not isinstance(json.loads(name_cut), dict | list) or name_cut in ("{}", "[]")


def test_a_curated_file_reads_well():
    value = {
        "id": "CD-9001",
        "where": {"place": "x", "precision": "settlement"},
        "none": {},
        "claims": [{"evidence": ["paragraph of some length"] * 4, "point": {"lat": 35.95, "lon": 39}}, []],
        "title": "\u0627\u0644\u0631\u0642\u0629 \u2028 \u00e9\t",
    }
    assert (
        dump(value).decode()
        == """{
  "id": "CD-9001",
  "where": {"place": "x", "precision": "settlement"},
  "none": {},
  "claims": [
    {
      "evidence": [
        "paragraph of some length",
        "paragraph of some length",
        "paragraph of some length",
        "paragraph of some length"
      ],
      "point": {"lat": 35.95, "lon": 39}
    },
    []
  ],
  "title": "\u0627\u0644\u0631\u0642\u0629 \u2028 \u00e9\\t"
}
"""
    )
    assert dump({}) == b"{}\n"


@pytest.mark.parametrize("write", [dump, dump_line])
def test_a_whole_number_has_no_point_whatever_type_held_it(write):
    value = {"lat": 36.0, "zero": -0.0, "items": (12.0, 1e14), "half": 0.5}
    assert write(MappingProxyType(value)) == write({"lat": 36, "zero": 0, "items": [12, 10**14], "half": 0.5})
    assert b"36," in write(value)


DEEP: list = []
for _ in range(MAX_DEPTH):
    DEEP = [DEEP]


@pytest.mark.parametrize("write", [dump, dump_line])
@pytest.mark.parametrize(
    "value",
    [
        *(float("nan"), float("inf"), float("-inf"), 1e300, 1e15, 1e-5, 1e-7, 0.1 + 0.2, 1.23456789),
        *(10**15, -(10**15), 2**64, 10**5000),
        *("\ud800", {"\udc00": 1}, {"é": 1, "e\u0301": 2}, DEEP, "x" * MAX_BYTES),
    ],
    ids=lambda value: "integer" if isinstance(value, int) else repr(value)[:20],
)
def test_what_the_gate_would_refuse_is_not_written(write, value):
    with pytest.raises((InvalidInput, ValueError)):
        write({"value": value})


@pytest.mark.parametrize("write", [dump, dump_line])
def test_a_larger_document_is_written_where_it_may_be_read(write):
    value = {"value": "x" * MAX_BYTES}
    data = write(value, max_bytes=2 * MAX_BYTES)
    assert read_object(data, "x.json", max_bytes=2 * MAX_BYTES) == value


@given(json_objects())
@effort()
def test_what_fits_is_what_is_no_longer_as_a_curated_file(value):
    most = len(dump(value))
    assert [fits(value, max_bytes=most + more) for more in (-1, 0, 1, 10**6)] == [False, True, True, True]


# Numbers

NUMBERS = st.from_regex(r"-?[015]{1,2}(\.[015]{1,2})?([eE][-+]?[01])?", fullmatch=True)  # few, so that many are equal


@given(st.lists(NUMBERS, min_size=20, max_size=40))
@effort()
def test_a_number_has_at_most_one_spelling(texts):
    spellings = {text for text in texts if is_spelled(text)}
    event(f"about {len(spellings) // 5 * 5} spelled right")
    assert len({float(text) for text in spellings}) == len(spellings)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6))
@effort(5)
def test_a_number_of_few_digits_has_one_spelling(mantissa, places):
    value = Decimal(mantissa).scaleb(-places)
    assume(repr(float(value)).find("e") < 0)
    text = str(int(value)) if value == int(value) else f"{value.normalize():f}"
    assert is_spelled(text)
    assert judged(b'{"n":%b}' % text.encode()) == {"n": json.loads(text)}


@pytest.mark.parametrize("text", ["0", "7", "-3", "999999999999999", "-999999999999999", "0.5", "-0.5", "36.000001"])
def test_a_number_spelled_right_passes(text):
    for data in (f'{{"n":{text}}}', f'{{"n":[{text}]}}', f'{{"n":[1,{text},2]}}', f'{{ "n" : {text} }}'):
        assert isinstance(judged(data.encode()), dict)


WRONG = (
    "12.0", "1e3", "1E3", "1e+3", "-0", "-0.0", "0.0", "36.50", "1e999", "-1e999", "007", "-01", "+7", "0x1F",
    "1_000", ".5", "5.", "1.5e0", "0.00001", "1.2345678", "0.30000000000000004", "1000000000000000",
    "-1000000000000000", "9007199254740993", "123456789012345678.5", "9007199254740992.7", "NaN", "-NaN",
    "Infinity", "-Infinity", "nan", "inf", "1e", "1e+", "12abc", "1.2.3", "--1", "1e-07",
)  # fmt: skip


@pytest.mark.parametrize("text", [*WRONG, "1" * 5000, "1" * 5000 + ".5", "0." + "1" * 5000])
def test_any_other_spelling_of_a_number_is_refused_where_it_stands(text):
    for before, after in (('{"n":', "}"), ('{"n":[', "]}"), ('{"é":[1,', ",2]}"), ('{\n "n" : ', " }")):
        finding = judged((before + text + after).encode())
        assert (finding.code, finding.offset) == (Code.NUMBER_SPELLING, len(before.encode()))


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        *(("12.0", "write 12"), ("1e3", "write 1000"), ("-0", "write 0"), ("36.50", "write 36.5"), ("007", "write 7")),
        *(("1e999", "at most 15 digits"), ("0x1F", "at most 15 digits"), ("NaN", "leave the member out")),
        *(("1.000", "write 1, or 1000 if"), ("35.250", "write 35.25, or 35250 if"), ("1e-400", "at most 15 digits")),
        *(("1E-400", "at most 15 digits"), ("0e5", "write 0"), ("0E-400", "write 0")),
        *((f"{'0' * 36}12.0", "write 12"), (f"{'0' * 37}12.0", "at most 15 digits")),
    ],
)
def test_the_message_says_how_to_spell_the_number(text, advice):
    assert advice in judged(b'{"n":%b}' % text.encode()).message


@pytest.mark.parametrize("text", ['{,"a":1}', '{"a":[]]}', '{"a":1,,"b":2}', '{"a":[1 2]}'])
def test_nothing_is_guessed_of_what_can_be_meant_otherwise(text):
    assert ";" not in judged(text.encode()).message


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\3\4\x14\0\0\0", "a zip archive"),
        (b"\x1f\x8b\x08\0", "a gzip archive"),
        (b"dataset.json".ljust(257, b"\0") + b"ustar\x0000", "a tar archive"),
        (b"SQLite format 3\0\x10\0", "a database"),
        (b"PAR1\x15\0", "a Parquet file"),
        (b"%PDF-1.7\n%\xb5", "a PDF"),
    ],
)
def test_a_file_of_another_kind_is_called_what_it_is(data, kind):
    finding = judged(data)
    assert (finding.code, finding.offset) == (Code.ENCODING, 0)
    assert kind in finding.message
