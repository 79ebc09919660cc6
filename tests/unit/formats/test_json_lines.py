"""Records as lines are validated one by one, and reading goes on after a fault."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.canonical import MAX_BYTES, dump_line
from conflictdata.findings import Code
from conflictdata.formats.json_lines import validate_lines
from conflictdata.formats.records_folder.folder import validate_folder
from conflictdata.model import type_of_kind
from conflictdata.validate_path import validate_path
from conflictdata.validation import BATCH_BYTES
from tests.support import strategies
from tests.support.effort import effort


def lines_of(folder: Path) -> bytes:
    records = validate_folder(folder)[0]
    return b"".join(dump_line(record.to_object()) for kind in type_of_kind for record in getattr(records, f"{kind}s"))


def test_records_of_every_kind_as_lines_have_no_finding(folder):
    assert list(validate_lines(io.BytesIO(lines_of(folder)), "x.jsonl")) == []


def test_each_line_is_validated_and_reading_goes_on_after_a_fault(folder):
    lines = lines_of(folder).splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"title"', b'"titel"')
    lines[3] = b"\n"
    lines[5] = b"[]\n"
    lines[-1] = lines[-2]
    found = list(validate_lines(io.BytesIO(b"".join(lines)), "x.jsonl"))
    last = len(lines)
    assert [(finding.file, finding.code) for finding in found] == [
        ("x.jsonl:2", Code.UNKNOWN_MEMBER),
        ("x.jsonl:4", Code.EMPTY_INPUT),
        ("x.jsonl:6", Code.NOT_AN_OBJECT),
        (f"x.jsonl:{last}", Code.DUPLICATE_ID),
    ]


@given(st.lists(strategies.events() | strategies.actors() | strategies.places(), max_size=3), st.data())
@effort(0.5)
def test_with_and_without_the_accelerators_lines_have_the_same_findings(objects, data):
    damaged = [data.draw(strategies.damaged(st.just(obj))) if data.draw(st.booleans()) else obj for obj in objects]
    lines = b"".join(json.dumps(obj, separators=(",", ":")).encode() + b"\n" for obj in damaged)
    fast, plain = (list(validate_lines(io.BytesIO(lines), "x", fast=fast)) for fast in (True, False))
    assert fast == plain


def test_findings_come_as_the_lines_do_and_only_a_few_lines_are_read_ahead(folder):
    line = (folder / "places" / "examplia.json").read_bytes().replace(b"\n", b"").replace(
        b'"country"', b'"land"'
    ) + b"\n"
    stream = io.BytesIO(line * 2000)
    found = validate_lines(stream, "x.jsonl")
    assert next(found).file == "x.jsonl:1"
    assert stream.tell() < BATCH_BYTES + 2 * len(line) < len(stream.getvalue()) / 10


@pytest.mark.parametrize("fault", [b"\n", b"x" * (MAX_BYTES + 1) + b"\n"], ids=["blank", "too long"])
def test_findings_of_lines_that_hold_nothing_to_read_come_at_once(fault):
    stream = io.BytesIO(fault * 9 + b"x")
    found = validate_lines(stream, "x.jsonl")
    assert next(found).file == "x.jsonl:1"
    assert stream.tell() <= 3 * len(fault)


@pytest.mark.parametrize("name", ["none.jsonl", "folder.jsonl", "pipe.jsonl"])
def test_lines_that_cannot_be_read_are_reported(tmp_path, name):
    (tmp_path / "folder.jsonl").mkdir()
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert len(validate_path(tmp_path / name)[1]) == 1
