"""Every fault has its code and its place: one case a fault, and for each rule a record that breaks only it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import conflictdata
from conflictdata.canonical import read_object
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding
from conflictdata.formats.json_document import validate_dataset
from conflictdata.formats.records_folder.folder import validate_folder
from conflictdata.model import Document, Records
from conflictdata.rules import DATASET_RULES, FILE_RULES, RECORD_RULES
from conflictdata.rules.context import DatasetContext
from conflictdata.schema import kind_of
from conflictdata.schema.validate import validate
from conflictdata.validation import to_record, validate_bytes

CASES = Path(__file__).parents[2] / "cases"
INVALID = CASES / "invalid"
FOLDERS = CASES / "inputs" / "records"
PACKAGE = Path(conflictdata.__file__).parent

with (INVALID / "places.csv").open(encoding="utf-8", newline="") as stream:
    EXPECTED = {row["file"]: ("", row["place"], row["file"].split("/")[0]) for row in csv.DictReader(stream)}
for case in sorted(FOLDERS.glob("*/case.json")):
    stated = json.loads(case.read_bytes())
    if stated["command"] == "validate {}" and "base" not in stated and len(stated["findings"]) == 1:
        only = stated["findings"][0]
        EXPECTED[str((case.parent / "input").relative_to(CASES))] = (only["file"], only["place"], only["code"])
"""By its path, what is found in each document and in each folder of records that has one fault."""

UNFILED = {Code.TOO_LARGE}
"""Tested where the bytes are made: a case of more than a megabyte is no case to read."""


def path_of(case: str) -> Path:
    """A document of `invalid/`, or a folder of records."""
    return (CASES if case.startswith("inputs/") else INVALID) / case


def findings_of(case: str, *, fast: bool) -> list[Finding]:
    """What is found in a case, by whichever way its name asks for."""
    path = path_of(case)
    if path.is_dir():
        return validate_folder(path, fast=fast)[1]
    read = validate_dataset if case.endswith(".dataset.json") else validate_bytes
    return read(path.read_bytes(), str(path), fast=fast)[1]


@pytest.mark.parametrize("case", EXPECTED)
def test_a_case_has_its_one_fault_and_no_other_reported_in_one_sentence_for_a_curator(case):
    for fast in (True, False):
        findings = findings_of(case, fast=fast)
        found = [
            (
                finding.file.removeprefix(str(path_of(case))).removeprefix("/"),
                finding.pointer if finding.offset is None else f"@{finding.offset}",
                finding.code,
            )
            for finding in findings
        ]
        assert found == [EXPECTED[case]]
        message = findings[0].message
        assert 10 < len(message) < 600
        assert "\n" not in message
        assert message[0] != " "
        assert not re.search(r"<[a-z_]+ object|Stance\.|None\b|datetime", message)


def test_every_case_is_expected_and_every_expected_case_is_there():
    there = {path.relative_to(INVALID).as_posix() for path in INVALID.rglob("*") if path.is_file()}
    assert there - {"places.csv"} == {case for case in EXPECTED if path_of(case).is_file()}


def test_every_code_that_validating_can_give_has_a_case():
    judging = [PACKAGE / part for part in ("canonical", "schema", "rules")]
    judging += [
        PACKAGE / "validation.py",
        PACKAGE / "formats" / "json_document.py",
        PACKAGE / "formats" / "json_lines.py",
    ]
    judging += [PACKAGE / "formats" / "records_folder" / f"{name}.py" for name in ("entries", "folder")]
    files = [file for place in judging for file in ([place] if place.is_file() else sorted(place.glob("*.py")))]
    given = {
        Code[name] for file in files for name in re.findall(r"\bCode\.([A-Z_]+)", file.read_text(encoding="utf-8"))
    }
    assert given - UNFILED == {Code(code) for _, _, code in EXPECTED.values()}


def record_rules_broken(case: str) -> Iterator[str]:
    """The rules that a single record breaks, its own file's left out."""
    obj = read_object(path_of(case).read_bytes(), case)
    kind = kind_of(obj)
    if kind is None or validate(obj, kind, case):
        return
    record = to_record(obj, kind)
    yield from (rule.__qualname__ for rule in RECORD_RULES[type(record)] if list(rule(case, record)))


def dataset_rules_broken(case: str) -> Iterator[str]:
    """The rules that records of one document break together."""
    records = Records.of_document(Document.from_object(json.loads(path_of(case).read_bytes())))
    whole = DatasetContext(records, lambda kind, record_id: (f"{kind} {record_id}", ""))
    yield from (rule.__qualname__ for rule in DATASET_RULES if list(rule(whole)))


def file_rules_broken(case: str) -> Iterator[str]:
    """The rules that the record files of a folder break."""
    for path in sorted(path_of(case).glob("*/*.json")):
        data = path.read_bytes() if path.is_file() else b""
        record = validate_bytes(data, str(path))[0]
        yield from (rule.__qualname__ for rule in FILE_RULES if record and list(rule(str(path), record, data)))


def broken(case: str) -> list[str]:
    """Every rule that a case breaks."""
    if path_of(case).is_dir():
        return list(file_rules_broken(case))
    try:
        return list((dataset_rules_broken if case.endswith(".dataset.json") else record_rules_broken)(case))
    except InvalidInput:
        return []


def test_each_rule_has_a_case_that_breaks_only_it():
    alone = {rules[0] for case in EXPECTED if len(rules := broken(case)) == 1}
    rules = {rule.__qualname__ for group in RECORD_RULES.values() for rule in group}
    rules |= {rule.__qualname__ for rule in (*DATASET_RULES, *FILE_RULES)}
    assert rules - alone == set()


@pytest.mark.parametrize("kind", RECORD_RULES, ids=lambda kind: kind.__name__)
def test_a_rule_of_all_kinds_has_a_case_of_each_kind(kind):
    for rule in RECORD_RULES[kind]:
        name = f".{kind.__name__.lower()}.json"
        assert any(rule.__qualname__ in broken(case) for case in EXPECTED if case.endswith(name)), rule


def test_each_rule_says_why_it_is_one():
    for rule in (*DATASET_RULES, *FILE_RULES, *(rule for group in RECORD_RULES.values() for rule in group)):
        assert (rule.__doc__ or "").endswith("."), rule


def test_a_sound_folder_has_no_finding():
    records, findings = validate_folder(CASES / "valid" / "exampleton")
    assert findings == []
    assert [len(table) for table in (records.sources, records.actors, records.places, records.events)] == [2, 8, 6, 4]
