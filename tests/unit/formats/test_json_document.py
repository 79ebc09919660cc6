"""Every fault of a dataset document or of a single record is reported in one run."""

from __future__ import annotations

import json

import pytest

from conflictdata.canonical.dump import dump
from conflictdata.errors import ConflictDataError
from conflictdata.findings import MAX_FINDINGS, Code
from conflictdata.formats.json_document import validate_dataset
from conflictdata.formats.records_folder.folder import validate_folder
from conflictdata.model import Event, Records
from conflictdata.validate_path import validate_path
from conflictdata.validation import errors_only
from tests.support.exported import document_of, folder_of, written
from tests.support.findings import told


def test_a_record_of_a_document_or_of_tables_is_no_larger_than_a_file_may_be(folder, tmp_path):
    records = validate_folder(folder)[0]
    document = json.loads(document_of(records))
    large = document["events"][1]
    large["claims"] += [large["claims"][0] | {"id": f"c{n}", "notes": "x" * 4000} for n in range(100, 380)]
    document["places"][5]["within"] = document["places"][5]["id"]
    assert told(validate_dataset(json.dumps(document).encode(), "d.json")[1]) == [
        ("d.json", "/events/1", Code.TOO_LARGE),
        ("d.json", "/places/5/within", Code.SELF_REFERENCE),
    ]
    event = Event.from_object(large)
    rest = [each for each in records.events if each.id != event.id]
    whole = Records.of(records.sources, records.actors, records.places, [*rest, event])
    tables = folder_of(tmp_path / "tables", whole)
    assert told(validate_path(tables)[1]) == [("events.csv:3", "", Code.TOO_LARGE)]
    for name in ("json", "jsonl"):
        with pytest.raises(ConflictDataError, match="too-large"):
            written(name, whole)


def test_of_one_document_no_more_than_a_thousand_faults_are_reported(folder):
    document = json.loads(document_of(validate_folder(folder)[0]))
    lost = document["places"][0] | {"within": "no-such-place"}
    places = [lost | {"id": f"place-{n}", "name": f"Place {n}"} for n in range(1500)]
    for fault in ({}, {"within": 5}, {"withdrawn": {"reason": "Twice.", "replaced_by": ["place-0", "no-such-place"]}}):
        spoilt = document | {"places": [place | fault for place in places]}
        errors = errors_only(validate_dataset(json.dumps(spoilt).encode(), "d.json")[1])
        assert [finding.pointer for finding in errors if finding.code is Code.TOO_MANY_ITEMS] == [""]
        assert len(errors) == MAX_FINDINGS + 1


def test_warnings_are_told_up_to_a_thousand_and_refuse_nothing(folder):
    document = json.loads(document_of(validate_folder(folder)[0]))
    places = document["places"]
    places += [places[0] | {"id": f"place-{n}", "name": f"Place {n}"} for n in range(1500)]
    records, found = validate_dataset(json.dumps(document).encode(), "d.json")
    assert [finding.code for finding in found].count(Code.UNUSED_RECORD) == MAX_FINDINGS
    assert {finding.code for finding in found} == {Code.UNUSED_RECORD, Code.MORE_WARNINGS}
    assert errors_only(found) == [] and len(records.places) == len(places)


def test_a_faulty_record_of_a_document_does_not_hide_the_faults_of_others(folder):
    document = json.loads(document_of(validate_folder(folder)[0]))
    document["events"][0]["title"] = 5
    document["events"][1]["claims"][0]["claimant"] = "nobody-known"
    document["actors"][1]["kind"] = "newspaper"
    document["places"][5]["within"] = document["places"][5]["id"]
    records, findings = validate_dataset(dump(document), "d.json")
    assert told(findings) == [
        ("d.json", "/actors/1/kind", Code.NOT_IN_CODELIST),
        ("d.json", "/events/0/title", Code.WRONG_TYPE),
        ("d.json", "/events/1/claims/0/claimant", Code.DANGLING_REFERENCE),
        ("d.json", "/places/5/within", Code.SELF_REFERENCE),
    ]
    assert (len(records.events), len(records.actors)) == (3, 7)


@pytest.mark.parametrize(
    ("damage", "place"),
    [
        ({"release": {"version": "1"}}, "/release"),
        ({"colour": "red"}, "/colour"),
        ({"events": None}, "/events"),
        ({"events": {}}, "/events"),
        ({"events": [5]}, "/events/0"),
        ({"events": [{"id": []}]}, "/events/0"),
    ],
)
def test_a_document_with_a_damaged_frame_is_reported_and_never_a_traceback(folder, damage, place):
    document = json.loads(document_of(validate_folder(folder)[0])) | damage
    findings = validate_dataset(dump(document), "d.json")[1]
    assert place in {finding.pointer for finding in findings}


@pytest.mark.parametrize("name", ["sources", "actors", "places", "events"])
def test_a_document_without_a_list_is_reported_once(folder, name):
    document = json.loads(document_of(validate_folder(folder)[0]))
    del document[name]
    assert told(validate_dataset(dump(document), "d.json")[1]) == [("d.json", "", Code.MISSING_MEMBER)]


def test_what_is_wrong_with_the_release_or_unknown_does_not_hide_the_faults_of_records(folder):
    document = json.loads(document_of(validate_folder(folder)[0])) | {"release": {}, "colour": "red"}
    document["events"][1]["part_of"] = "CD-0404"
    found = told(validate_dataset(dump(document), "d.json")[1])
    assert ("d.json", "/events/1/part_of", Code.DANGLING_REFERENCE) in found
    assert {code for _, _, code in found} == {Code.DANGLING_REFERENCE, Code.MISSING_MEMBER, Code.UNKNOWN_MEMBER}


def test_a_single_record_file_is_validated_alone_and_by_its_name(folder):
    records, findings = validate_path(folder / "events" / "CD-9001.json")
    assert (findings, records.events.ids()) == ([], ("CD-9001",))
    (folder / "events" / "CD-9001.json").rename(folder / "draft.json")
    assert told(validate_path(folder / "draft.json")[1]) == [("draft.json", "/id", Code.WRONG_FILE_NAME)]


def test_what_is_neither_record_nor_dataset_is_reported(tmp_path):
    (tmp_path / "x.json").write_bytes(b'{"$schema": "urn:conflictdata:schema:1.0.0:claim"}')
    assert told(validate_path(tmp_path / "x.json")[1]) == [("x.json", "/$schema", Code.UNKNOWN_SCHEMA)]
    assert told(validate_path(tmp_path / "none.json")[1]) == [("none.json", "", Code.UNREADABLE_FILE)]
    assert told(validate_path(tmp_path / "nothing")[1]) == [("nothing", "", Code.UNREADABLE_FILE)]
