"""One record the whole way: gate, schema, model, the rules of one record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from conflictdata.canonical import MAX_BYTES, JsonObject, Refused, fits, read_object
from conflictdata.findings import Code, Finding, Severity
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
    return judge_object(obj, file, fast=fast)


def judge_object(obj: JsonObject, file: str, *, fast: bool | None = None) -> Judged:
    """The record in an object that has passed the gate; without one, the findings say why."""
    kind = kind_of(obj)
    if kind is None:
        return None, [unknown_schema(obj, file)]
    if kind not in type_of_kind:
        told = f"this is a whole {kind}, where one record is expected"
        return None, [Finding(file, "/$schema", Code.UNKNOWN_SCHEMA, told)]
    if findings := judge(obj, kind, file, fast=fast) or oversized(obj, file):
        return None, findings
    record = to_record(obj, kind)
    return record, list(check_record(record, file))


def oversized(obj: JsonObject, file: str, pointer: str = "") -> list[Finding]:
    """The finding for a record that would be no file, however it came; each can be written as any other."""
    if fits(obj):
        return []
    told = f"as a file the record would have more than {MAX_BYTES} bytes, the most that is read; split it"
    return [Finding(file, pointer, Code.TOO_LARGE, told)]


def to_record(obj: JsonObject, kind: str) -> Record:
    """The model of an object that has passed the schema."""
    # Lax, because only JSON text lets a strict model read codes, days and arrays; the schema has refused all the rest.
    record: Record = type_of_kind[kind].model_validate(obj, strict=False)
    return record


def within(pointer: str, findings: Iterable[Finding]) -> list[Finding]:
    """Findings of a part, told of the document that holds it at `pointer`."""
    return [replace(finding, pointer=pointer + finding.pointer) for finding in findings]


def faults(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings that are errors."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
