"""One record from bytes: the fast way finds what the slow way finds."""

from __future__ import annotations

import re

import pytest

from conflictdata.canonical import dump_line, lay_out
from conflictdata.findings import Code
from conflictdata.validation import validate_bytes, validate_texts
from tests.support.sample import sample
from tests.support.small import small

NUMBER = re.compile(rb'"(\w+)":\[?(-?[0-9.]+)')


def lines_with_numbers():
    """For each member that holds a number, a record that has it, as a line, and where the number stands."""
    found = {}
    for table in (sample().sources, sample().places, sample().events):
        for record in table:
            line = dump_line(record.to_object()).rstrip(b"\n")
            for number in NUMBER.finditer(line):
                found.setdefault(f"{type(record).__name__}-{number[1].decode()}", (line, *number.span(2)))
    return found


@pytest.mark.parametrize(("line", "start", "end"), lines_with_numbers().values(), ids=lines_with_numbers())
def test_a_number_in_another_form_is_found_the_fast_way_too(line, start, end):
    written = line[start:end].decode()
    for other in (f"{written}.0", f"{written}e0", "1.0", "0.1234567", "1e-7", "0.10", "-0", "-0.0", "01", "1" * 16):
        changed = line[:start] + other.encode() + line[end:]
        fast, slow = ([str(each) for each in validate_bytes(changed, "file", fast=way)[1]] for way in (None, False))
        assert fast == slow
        assert any(f"[{Code.NUMBER_SPELLING}]" in finding for finding in fast), other


def test_texts_together_have_the_findings_that_each_has_alone():
    lines = [dump_line(event.to_object()).rstrip(b"\n") for event in list(sample().events)[:12]]
    lines[1::4] = [line.replace(b'"claimant":', b'"claimants":') for line in lines[1::4]]
    lines[2::4] = [line[:-1] for line in lines[2::4]]
    texts = [(line, f"file:{number}", number) for number, line in enumerate(lines, 1)]
    alone = [validate_bytes(line, place, line=number) for line, place, number in texts]
    assert list(validate_texts(texts)) == alone
    assert sum(record is None for record, _ in alone) == 6


@pytest.mark.parametrize("begin", [b'{"$schema":', b'{\n  "$schema": '], ids=["line", "file"])
@pytest.mark.parametrize("depth", [200, 400, 2000])
def test_what_is_nested_too_deep_for_the_accelerators_is_a_finding(begin, depth):
    kind = b'"urn:conflictdata:schema:1.1.0:event"'
    record, findings = validate_bytes(begin + kind + b',"a":' + b"[" * depth + b"]" * depth + b"}", "file")
    assert (record, [each.code for each in findings]) == (None, [Code.TOO_DEEP])


def of_file(data, way):
    name = "records/events/CD-0001.json"
    [(record, findings)] = validate_texts([(data, name, 1)], fast=way, whole_files=True)
    return record, [str(each) for each in findings]


FILE = lay_out(small().events[0].to_object())
MEMBERS = FILE.splitlines(keepends=True)
ALTERED = {
    "a space more": FILE.replace(b": ", b":  ", 1),
    "a space less": FILE.replace(b": ", b":", 1),
    "a deeper line": FILE.replace(b"\n  ", b"\n    ", 1),
    "a tab": FILE.replace(b"\n  ", b"\n\t", 1),
    "two members in another order": b"".join([MEMBERS[0], MEMBERS[2], MEMBERS[1], *MEMBERS[3:]]),
    "a member twice": b"".join([MEMBERS[0], MEMBERS[1], *MEMBERS[1:]]),
    "a line joined with the next": FILE.replace(b",\n      ", b", ", 1),
    "an escape": FILE.replace(b"CD-0001", b"CD-\\u0030001", 1),
    "another line break": FILE.replace(b"\n", b"\r\n"),
    "no line feed at the end": FILE[:-1],
    "two line feeds at the end": FILE + b"\n",
    "a number with a decimal point": FILE.replace(b'"paragraph": 1,', b'"paragraph": 1.0,', 1),
    "a compact file": dump_line(small().events[0].to_object()),
    "something after the end": FILE + b"{}",
    "another id": FILE.replace(b"CD-0001", b"CD-0009"),
}


def test_a_canonical_file_has_no_finding():
    assert of_file(FILE, None) == of_file(FILE, False) == (small().events[0], [])


@pytest.mark.parametrize("data", ALTERED.values(), ids=ALTERED)
def test_a_file_in_another_form_has_the_same_findings_the_fast_way(data):
    assert data != FILE
    assert of_file(data, None) == of_file(data, False)
    assert of_file(data, None)[1]
