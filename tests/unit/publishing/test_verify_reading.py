"""The quick way of reading a released dataset says what the slow and strict one says."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given

from conflictdata.canonical import MAX_DATASET_BYTES, read_object
from conflictdata.errors import InvalidInput
from conflictdata.formats.json_document import JSON
from conflictdata.loading import load_bundled
from conflictdata.model import Document, Records
from conflictdata.model.references import references_of
from conflictdata.publishing.diff import KINDS, table_of
from conflictdata.publishing.verify import dangling, read_document
from tests.support.draw.pairs import pairs
from tests.support.draw.records import datasets
from tests.support.effort import effort
from tests.support.small import small

RECORDS = load_bundled()


def spelled(records):
    return b"".join(JSON.content(records))


def verdict(read, data):
    try:
        return read(data)
    except InvalidInput as refused:
        return refused.finding.code


def slowly(data):
    return read_object(data, "f", max_bytes=MAX_DATASET_BYTES)


@pytest.mark.parametrize("records", [RECORDS, small(), Records.of()], ids=["real", "small", "empty"])
def test_a_document_reads_as_it_was_written(records):
    data = spelled(records)
    assert read_document(data, "f") == json.loads(data)
    assert list(read_document(data, "f")) == list(json.loads(data))


@given(datasets())
@effort(0.25)
def test_any_dataset_reads_as_it_was_written(dataset):
    data = spelled(Records.of_document(Document.model_validate_json(json.dumps(dataset))))
    assert read_document(data, "f") == slowly(data)


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_document_is_refused_or_reads_as_the_strict_gate_reads_it(seed):
    rng = random.Random(seed)
    whole = spelled(small())
    pieces = (b"\n", b",", b"]", b"}", b'"', b"{", b"[", b" ", b"\\", b"\xff", b"\0", b",\n{", b'],\n"places":[')
    refused = 0
    for _ in range(150):
        at, length = rng.randrange(len(whole)), rng.choice((0, 0, 1, 1, 2, 300))
        data = whole[:at] + rng.choice((b"", *pieces)) + whole[at + length :]
        quick = verdict(lambda text: read_document(text, "f"), data)
        slow = verdict(slowly, data)
        assert quick == slow, data
        refused += not isinstance(quick, dict)
    assert 0 < refused < 150


def test_a_line_feed_inside_a_text_is_not_passed_over():
    data = spelled(small()).replace(b"Invented.", b"Inv,\n{ented.", 1)
    with pytest.raises(InvalidInput):
        read_document(data, "f")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: json.dumps(json.loads(text)).encode(),
        lambda text: json.dumps(json.loads(text), indent=1).encode(),
        lambda text: text.rstrip(b"\n"),
        lambda text: text + b"\n",
        lambda text: text.replace(b"\n", b" \n"),
    ],
)
def test_a_document_laid_out_otherwise_is_read_as_well(change):
    data = spelled(small())
    assert read_document(change(data), "f") == json.loads(data)


# References.


def named(records):
    """Every id that the rules on references look at, as kind/id."""
    return {
        f"{ref.kind}/{ref.id}" for kind in KINDS for record in table_of(records, kind) for ref in references_of(record)
    }


def known(records):
    found = {f"{kind}/{record_id}" for kind in KINDS for record_id in table_of(records, kind).ids()}
    return found | {f"claim/{claim_id}" for claim_id in records.claims.ids()}


@given(pairs())
@effort(0.5)
def test_an_id_that_leads_nowhere_is_found_as_the_rules_find_it(pair):
    for records in pair:
        found = {*dangling(json.loads(spelled(records)))}
        assert found == named(records) - known(records)


def test_real_records_name_nothing_that_is_not_there():
    assert [*dangling(json.loads(spelled(RECORDS)))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_that_stands_twice_is_found(kind):
    document = json.loads(spelled(small()))
    document[f"{kind}s"].append(document[f"{kind}s"][0])
    assert f"{kind}/{document[f'{kind}s'][0]['id']}" in [*dangling(document)]
