"""A whole dataset as one JSON document, or a file that holds one record."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from conflictdata.canonical import MAX_DATASET_BYTES, Refused, read_bytes, read_object
from conflictdata.findings import Finding
from conflictdata.model import Records, Release, type_of_kind
from conflictdata.rules import check_file, check_record
from conflictdata.schema import judge, kind_of, unknown_schema
from conflictdata.store.entries import named
from conflictdata.store.gathering import FOLDERS, Gathering
from conflictdata.store.judging import judge_bytes, to_record, within

_IN_RECORD = re.compile(rf"/({'|'.join(FOLDERS)})/([0-9]+)(?:/|$)")


def judge_document(path: Path, *, fast: bool | None = None) -> tuple[Records, list[Finding]]:
    """The records of a dataset document, or of a file that holds one record, and everything wrong with them."""
    try:
        data = read_bytes(path, max_bytes=MAX_DATASET_BYTES)
    except Refused as refused:
        return Records.of(), [refused.finding]
    return judge_dataset(data, named(path), fast=fast)


def judge_dataset(data: bytes, file: str, *, fast: bool | None = None) -> tuple[Records, list[Finding]]:
    """The records that these bytes hold, a dataset document's or a single record's, and everything wrong with them."""
    try:
        obj: Any = read_object(data, file, max_bytes=MAX_DATASET_BYTES, fast=fast)
    except Refused as refused:
        return Records.of(), [refused.finding]
    kind = kind_of(obj)
    if kind in type_of_kind:
        return _judge_record(data, file, fast)
    if kind != "dataset":
        return Records.of(), [unknown_schema(obj, file)]
    return _judge_records(obj, file, judge(obj, kind, file, fast=fast))


def _judge_record(data: bytes, file: str, fast: bool | None) -> tuple[Records, list[Finding]]:
    gathering = Gathering()
    record, findings = judge_bytes(data, file, fast=fast)
    if record is not None:
        findings += [*gathering.add(record, file), *check_file(record, file, data)]
    return gathering.records(), sorted(findings)


def _judge_records(obj: Any, file: str, findings: list[Finding]) -> tuple[Records, list[Finding]]:
    """The records in which the schema found no fault, and what the rules find, beside what the schema found."""
    inside = [_IN_RECORD.match(finding.pointer) for finding in findings]
    faulty = {(place[1], int(place[2])) for place in inside if place is not None}
    outside = {finding.pointer for finding, place in zip(findings, inside, strict=True) if place is None}
    if any(pointer == "" or pointer[1:] in FOLDERS for pointer in outside):
        return Records.of(), findings  # a list is missing, or is none that could be looked into
    gathering = Gathering()
    for name, kind in FOLDERS.items():
        for n, item in enumerate(obj[name]):
            if (name, n) not in faulty:
                record = to_record(item, kind)
                findings += gathering.add(record, file, f"/{name}/{n}")
                findings += within(f"/{name}/{n}", check_record(record, file))
            elif isinstance(item, dict):
                gathering.refuse(kind, str(item.get("id")))
    sound = "release" in obj and not any(pointer.startswith("/release") for pointer in outside)
    records = gathering.records(Release.model_validate(obj["release"], strict=False) if sound else None)
    return records, sorted([*findings, *gathering.findings(records)])
