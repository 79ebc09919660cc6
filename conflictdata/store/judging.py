"""One record the whole way: gate, schema, model, the rules of one record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from conflictdata.canonical import JsonObject, Refused, dump_line, read_lines, read_object
from conflictdata.findings import Finding, Severity
from conflictdata.model import Record, type_of_kind
from conflictdata.rules import check_record
from conflictdata.schema import judge, kind_of, unknown_schema

Judged = tuple[Record | None, list[Finding]]
"""A record, where it could be read, and everything that is wrong with it."""


def judge_bytes(data: bytes, file: str, *, fast: bool | None = None) -> Judged:
    """The record that a file's bytes hold; without one, the findings say why."""
    try:
        obj = read_object(data, file, fast=fast)
    except Refused as refused:
        return None, [refused.finding]
    return judge_object(obj, data, file, fast=fast)


def judge_object(obj: JsonObject, text: bytes, file: str, *, fast: bool | None = None) -> Judged:
    """The record in an object that has passed the gate; `text` is the JSON that it was read from."""
    kind = kind_of(obj)
    model = type_of_kind.get(kind or "")
    if kind is None or model is None:
        return None, [unknown_schema(obj, file)]
    findings = judge(obj, kind, file, fast=fast)
    if findings:
        return None, findings
    # The model takes text: only from JSON does a strict model read a code as an enum and an array as a tuple.
    record: Record = model.model_validate_json(text)
    return record, list(check_record(record, file))


def judge_lines(stream: BinaryIO, file: str, *, fast: bool | None = None) -> Iterator[Finding]:
    """Every fault of records as JSON Lines, one record at a time; memory does not grow with their number."""
    for number, item in read_lines(stream, file, fast=fast):
        if isinstance(item, Finding):
            yield item
        else:
            yield from judge_object(item, dump_line(item), f"{file}:{number}", fast=fast)[1]


def faults(findings: list[Finding]) -> list[Finding]:
    """Those findings that are errors."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
