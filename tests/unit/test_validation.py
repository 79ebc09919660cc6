"""One record from bytes: the fast way finds what the slow way finds."""

from __future__ import annotations

import re

import pytest

from conflictdata.canonical import dump_line
from conflictdata.findings import Code
from conflictdata.validation import validate_bytes, validate_texts
from tests.support.sample import sample

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
