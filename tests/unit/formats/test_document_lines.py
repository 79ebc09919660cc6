"""A document with one record a line: it is validated as lines are, and has the findings that it has otherwise."""

from __future__ import annotations

import pytest

from conflictdata.canonical import dump_line
from conflictdata.formats.document_lines import prove_document
from conflictdata.formats.json_document import document, validate_dataset
from conflictdata.validation import FOLDERS
from tests.support.small import small

WHOLE = b"".join(document(small()))
PLACE = dump_line(small().places[0].to_object()).rstrip(b"\n")
LAST = b"\n],\n"


def is_proved(data):
    return prove_document(data, "file", FOLDERS) is not None


def test_a_document_as_this_package_writes_it_is_proved_line_by_line():
    assert is_proved(WHOLE)
    assert validate_dataset(WHOLE, "file") == validate_dataset(WHOLE, "file", fast=False)
    assert validate_dataset(WHOLE, "file")[0] == small()


DAMAGED = {
    "an invisible text": WHOLE.replace(b'"summary":"', '"summary":"\u2800'.encode(), 1),
    "an id twice": WHOLE.replace(LAST, b",\n" + PLACE + LAST, 3).replace(b",\n" + PLACE + LAST, LAST, 2),
    "a record of another kind": WHOLE.replace(LAST, b",\n" + PLACE + LAST, 1),
    "a name that is not there": WHOLE.replace(b'"claimant":"', b'"claimant":"x', 1),
    "a member that is not known": WHOLE.replace(b'"claimant":', b'"claimants":', 1),
    "no comma between records": WHOLE.replace(b"},\n{", b"}\n{", 1),
    "a comma after the last record": WHOLE.replace(LAST, b",\n],\n", 1),
    "a record after the list": WHOLE.replace(LAST, LAST + PLACE + b",\n", 1),
    "a record after the list, which has a comma too many": WHOLE.replace(LAST, b",\n],\n" + PLACE + b"\n", 1),
    "an indented record without a comma": WHOLE.replace(b"},\n{", b"}\n {", 1),
    "an indented record": WHOLE.replace(b"},\n{", b"},\n {", 1),
    "a number after the records": WHOLE.replace(LAST, b"\n1],\n", 1),
    "a list twice": WHOLE.replace(b'"actors":[', b'"places":[', 1),
    "a list inside another object": WHOLE.replace(b'"sources":[', b'"period":{\n"sources":[', 1).replace(
        LAST, b"\n]},\n", 1
    ),
    "a list of another name": WHOLE.replace(b'"actors":[', b'"acters":[', 1),
    "two records on a line": WHOLE.replace(b"},\n{", b"},{", 1),
    "a space in a record": WHOLE.replace(b'"claimant":', b'"claimant": ', 1),
    "another line break": WHOLE.replace(b"\n", b"\r\n"),
    "no end": WHOLE[:-4],
    "no line feed at the end": WHOLE.rstrip(b"\n"),
    "something after the end": WHOLE + PLACE,
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_document_has_the_same_findings_both_ways(data):
    assert data != WHOLE
    assert validate_dataset(data, "file") == validate_dataset(data, "file", fast=False)


SOUND = {"no line feed at the end", "an id twice", "a name that is not there", "an invisible text"}


def test_only_what_obeys_parser_and_schema_is_proved():
    assert {name for name, data in DAMAGED.items() if is_proved(data)} == SOUND
