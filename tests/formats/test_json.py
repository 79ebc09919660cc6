"""JSON exports: valid by their schema, in their one spelling, loading back equal, and a record a line."""

from __future__ import annotations

import io

from hypothesis import given

from conflictdata.canonical import dump_line, read_lines, read_object
from conflictdata.formats.json_document import validate_dataset
from conflictdata.formats.registry import FORMATS
from conflictdata.loading import load_trusted
from conflictdata.model import Event, Records
from conflictdata.schema.validate import validate
from conflictdata.validation import errors_only
from tests.support.effort import effort
from tests.support.exported import records_of, written
from tests.support.sample import sample
from tests.support.shared import shared_documents, shared_records
from tests.support.small import small


@effort()
@given(shared_documents())
def test_the_document_passes_gate_schema_and_rules_and_loads_back_equal(document):
    whole = records_of(document)
    data = written("json", whole)
    obj = read_object(data, "dataset.json")
    assert validate(obj, "dataset", "dataset.json") == []
    assert obj == document
    again, findings = validate_dataset(data, "dataset.json")
    assert errors_only(findings) == [] and again == whole == load_trusted(data, "d.json")
    assert written("json", again) == data


@effort(0.25)
@given(shared_records())
def test_each_record_is_one_line_of_the_document(whole):
    lines = written("json", whole).split(b"\n")
    for table in (whole.sources, whole.actors, whole.places, whole.events):
        for record in table:
            assert dump_line(record.to_object()).rstrip(b"\n") in (line.removesuffix(b",") for line in lines)


@effort(0.25)
@given(shared_records())
def test_events_as_lines_load_back_equal(whole):
    read = [line for _, line in read_lines(io.BytesIO(written("jsonl", whole)), "events.jsonl")]
    assert Records.of(events=[Event.from_object(line) for line in read]).events == whole.events


def test_a_sample_of_the_records_loads_back_equal():
    whole = sample()
    again, findings = validate_dataset(written("json", whole), "dataset.json")
    assert errors_only(findings) == [] and again == whole


def test_nothing_is_a_dataset_too():
    data = written("json", Records.of())
    assert validate_dataset(data, "dataset.json") == (Records.of(), [])
    assert written("jsonl", Records.of()) == b""


def test_the_document_comes_in_pieces():
    assert len(list(FORMATS["json"].content(small()))) > 20
