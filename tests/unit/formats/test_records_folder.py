"""Every fault of every file of a folder of records is reported in one run, and nothing outside it is read."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket

import pytest

from conflictdata.canonical.dump import dump
from conflictdata.errors import InvalidData
from conflictdata.findings import Code
from conflictdata.formats.json_document import validate_dataset
from conflictdata.formats.json_lines import validate_lines
from conflictdata.formats.records_folder.folder import validate_folder
from conflictdata.loading import load_path
from conflictdata.model import Records
from conflictdata.validate_path import validate_path
from tests.support.exported import document_of, folder_of
from tests.support.findings import told


def test_all_faults_of_all_files_are_reported_in_one_run(folder):
    (folder / "actors" / "examplewire.json").write_bytes(b"{")
    broken = json.loads((folder / "places" / "exampleton.json").read_bytes())
    del broken["name"], broken["kind"]
    (folder / "places" / "exampleton.json").write_bytes(dump(broken))
    event = json.loads((folder / "events" / "CD-9002.json").read_bytes())
    event["claims"][1]["count"] = {
        "low": 9,
        "high": 8,
        "bound": "range",
        "as_stated": "9",
        "unit": "person",
        "scope": "incident",
    }
    event["claims"][0]["claimant"] = "nobody-known"
    (folder / "events" / "CD-9002.json").write_bytes(dump(event))
    (folder / "events" / "CD-9004.json").symlink_to("/etc/hostname")
    (folder / "readme.md").write_text("Not a record.")
    assert told(validate_folder(folder)[1]) == [
        ("examplewire.json", "", Code.JSON_SYNTAX),
        ("CD-9002.json", "/claims/0/claimant", Code.DANGLING_REFERENCE),
        ("CD-9002.json", "/claims/1/count/low", Code.RANGE_REVERSED),
        ("CD-9004.json", "", Code.UNREADABLE_FILE),
        ("exampleton.json", "", Code.MISSING_MEMBER),
        ("exampleton.json", "", Code.MISSING_MEMBER),
        ("readme.md", "", Code.STRAY_FILE),
    ]  # fmt: skip


def test_a_record_that_cannot_be_read_makes_no_reference_to_it_a_fault(folder):
    for name in ("actors/northern-brigade.json", "places/exampleton-mill.json", "events/CD-9001.json"):
        (folder / name).write_bytes(b"")
    assert {code for _, _, code in told(validate_folder(folder)[1])} == {Code.EMPTY_INPUT}


@pytest.mark.parametrize("name", ["sources", "actors", "places", "events"])
def test_a_folder_that_cannot_be_read_makes_neither_what_names_its_records_nor_what_they_name_a_fault(
    folder, name, monkeypatch
):
    def refuse(path, listed=os.scandir):
        if path == folder / name:
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert told(validate_folder(folder)[1]) == [(name, "", Code.UNREADABLE_FILE)]


@pytest.mark.parametrize("kind", ["fifo", "socket", "folder", "link out", "link to nothing", "circle of links"])
def test_what_is_no_plain_file_of_the_folder_is_reported_and_not_read(folder, kind, monkeypatch):
    path = folder / "places" / "hill.json"
    match kind:
        case "fifo":
            os.mkfifo(path)
        case "socket":
            monkeypatch.chdir(path.parent)  # the name of a socket must be short
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(path.name)
        case "folder":
            path.mkdir()
        case "link out":
            outside = folder.parent / "hill.json"
            outside.write_bytes((folder / "places" / "examplia.json").read_bytes().replace(b'"examplia"', b'"hill"'))
            path.symlink_to(outside)
        case "link to nothing":
            path.symlink_to(folder / "nothing.json")
        case "circle of links":
            path.symlink_to(path)
    records, findings = validate_folder(folder)
    assert told(findings) == [("hill.json", "", Code.UNREADABLE_FILE)]
    assert "hill" not in records.places


def test_a_folder_that_is_none_is_reported(folder):
    shutil.rmtree(folder / "events")
    (folder / "events").write_text("A file.")
    (finding,) = [finding for finding in validate_folder(folder)[1] if finding.code is Code.UNREADABLE_FILE]
    assert "Not a directory" in finding.message
    (finding,) = validate_folder(folder / "nowhere")[1]
    assert "No such file or directory" in finding.message


def test_a_kind_s_folder_that_leads_out_is_not_read(folder):
    (folder / "places").rename(folder.parent / "places")
    (folder / "places").symlink_to(folder.parent / "places")
    records, findings = validate_folder(folder)
    assert len(records.places) == 0
    assert told(findings) == [("places", "", Code.UNREADABLE_FILE)]


def test_a_link_inside_the_folder_is_a_second_file_of_one_record(folder):
    (folder / "places" / "hill.json").symlink_to(folder / "places" / "examplia.json")
    assert told(validate_folder(folder)[1]) == [
        ("hill.json", "/id", Code.DUPLICATE_ID),
        ("hill.json", "/id", Code.WRONG_FILE_NAME),
    ]


def test_a_record_in_the_wrong_folder_still_counts_as_itself(folder):
    (folder / "places" / "examplia.json").rename(folder / "actors" / "examplia.json")
    records, findings = validate_folder(folder)
    assert told(findings) == [("examplia.json", "/$schema", Code.WRONG_FOLDER)]
    assert records.places["examplia"].name == "Examplia"


def test_what_systems_and_editors_leave_behind_is_passed_over(folder):
    for name in (".DS_Store", "events/.CD-9001.json.swp", "places/._examplia.json", ".git"):
        (folder / name).write_bytes(b"\0")
    assert validate_folder(folder)[1] == []


def test_changes_and_exclusions_may_lie_beside_the_records(folder):
    (folder / "changes").mkdir()
    (folder / "exclusions.csv").write_bytes(EXCLUSIONS + b"exampletimes-2016-02-24,1,geography,Where the town lies.\n")
    assert validate_folder(folder)[1] == []


def test_a_document_that_was_read_and_left_out_is_not_unused_there_or_in_an_export(folder, tmp_path):
    known = json.loads((folder / "sources" / "exampletimes-2016-02-24.json").read_text())
    (folder / "sources" / "unread-1.json").write_text(json.dumps(known | {"id": "unread-1"}))
    before = [code for _, _, code in told(validate_folder(folder)[1])]
    (folder / "exclusions.csv").write_bytes(EXCLUSIONS + b"unread-1,1,geography,Where the town lies.\n")
    records, found = validate_folder(folder)
    after = [code for _, _, code in told(found)]
    assert Code.UNUSED_RECORD in before
    assert after == [code for code in before if code is not Code.UNUSED_RECORD]
    assert told(validate_dataset(document_of(records), "d.json")[1]) == []
    assert told(validate_path(folder_of(tmp_path, records))[1]) == []


EXCLUSIONS = b"source,paragraph,reason,what\n"
MENU = b"exampletimes-2016-02-24,3,furniture,The menu.\n"


@pytest.mark.parametrize(
    ("content", "place", "pointer", "code"),
    [
        (b"", "", "", Code.EMPTY_INPUT),
        (EXCLUSIONS.decode().encode("utf-16"), "", "", Code.ENCODING),
        (EXCLUSIONS + b"\xff", "", "", Code.ENCODING),
        (EXCLUSIONS + b'"exampletimes', ":2", "/1", Code.CSV_SYNTAX),
        (EXCLUSIONS.replace(b",", b";"), ":1", "", Code.DIALECT),
        (b"source,paragraph,reason\n", ":1", "", Code.MISSING_COLUMN),
        (EXCLUSIONS.replace(b"what", b"what,when"), ":1", "/5", Code.UNKNOWN_COLUMN),
        (EXCLUSIONS + MENU[:-1] + b",\n", ":2", "", Code.RAGGED_ROW),
        (EXCLUSIONS + MENU + MENU, ":3", "/what", Code.REPEATED_ITEM),
        (EXCLUSIONS + MENU.replace(b"The menu.", b'" "'), ":2", "/what", Code.EMPTY_STRING),
        (EXCLUSIONS + MENU.replace(b"furniture", b"boring"), ":2", "/reason", Code.NOT_IN_CODELIST),
        (EXCLUSIONS + MENU.replace(b"exampletimes", b"othertimes"), ":2", "/source", Code.DANGLING_REFERENCE),
        (EXCLUSIONS + MENU.replace(b",3,", b",03,"), ":2", "/paragraph", Code.NUMBER_SPELLING),
        (EXCLUSIONS + MENU.replace(b",3,", b",0,"), ":2", "/paragraph", Code.PARAGRAPH_OUT_OF_RANGE),
        (EXCLUSIONS + MENU.replace(b",3,", b",999,"), ":2", "/paragraph", Code.PARAGRAPH_OUT_OF_RANGE),
        (EXCLUSIONS + b"\n" * (16 << 20), "", "", Code.TOO_LARGE),
    ],
)
def test_what_was_left_out_is_validated_with_the_records(folder, content, place, pointer, code):
    (folder / "exclusions.csv").write_bytes(content)
    assert told(validate_folder(folder)[1]) == [(f"exclusions.csv{place}", pointer, code)]
    with pytest.raises(InvalidData):
        load_path(folder)


def test_what_was_left_out_of_a_source_that_cannot_be_read_is_no_second_fault(folder):
    (folder / "exclusions.csv").write_bytes(EXCLUSIONS + MENU)
    (folder / "sources" / "exampletimes-2016-02-24.json").write_bytes(b"{")
    assert told(validate_folder(folder)[1]) == [("exampletimes-2016-02-24.json", "", Code.JSON_SYNTAX)]


@pytest.mark.parametrize("name", ["changes", "exclusions.csv"])
@pytest.mark.parametrize("kind", ["of the other kind", "a pipe", "a link to nothing"])
def test_what_lies_beside_the_records_is_there_as_it_should_be_or_reported(folder, name, kind):
    path = folder / name
    match kind:
        case "of the other kind":
            path.write_bytes(b"") if name == "changes" else path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case "a link to nothing":
            path.symlink_to(folder / "nothing")
    assert told(validate_folder(folder)[1]) == [(name, "", Code.STRAY_FILE)]


def test_what_lies_beside_the_records_never_leads_out(folder):
    (folder / "exclusions.csv").symlink_to("/etc/hostname")
    assert told(validate_folder(folder)[1]) == [("exclusions.csv", "", Code.UNREADABLE_FILE)]


def test_the_reasons_beside_the_records_are_validated_with_them_and_none_is_passed_over(folder):
    (folder / "changes").mkdir()
    (folder / "changes" / ".swp").write_bytes(b"")
    (folder / "changes" / "2026.12.0.json").write_bytes(b"[]")
    (folder / "changes" / "2026.12.1.json").symlink_to("/etc/hostname")
    (folder / "changes" / "notes.txt").write_bytes(b"")
    assert told(validate_folder(folder)[1]) == [
        ("2026.12.0.json", "", Code.NOT_AN_OBJECT),
        ("2026.12.1.json", "", Code.UNREADABLE_FILE),
        ("notes.txt", "", Code.STRAY_FILE),
    ]


def test_some_kinds_may_be_missing_but_not_all(folder, tmp_path):
    shutil.rmtree(folder / "events")
    assert {finding.code for finding in validate_folder(folder)[1]} == {Code.UNUSED_RECORD}
    assert [finding.code for finding in validate_folder(tmp_path)[1]] == [Code.EMPTY_INPUT]


def test_records_too_large_to_be_one_are_refused(folder):
    (folder / "places" / "hill.json").write_bytes(b'{"notes": "' + b"x" * (1 << 20) + b'"}')
    assert told(validate_folder(folder)[1]) == [("hill.json", "", Code.TOO_LARGE)]


def test_a_whole_dataset_is_no_record(folder):
    document = b'{"$schema":"urn:conflictdata:schema:1.0.0:dataset","sources":[],"actors":[],"places":[],"events":[]}'
    (folder / "places" / "hill.json").write_bytes(document)
    (finding,) = validate_folder(folder)[1]
    assert (finding.code, finding.pointer) == (Code.UNKNOWN_SCHEMA, "/$schema")
    assert [finding.file for finding in validate_lines(io.BytesIO(document), "x.jsonl")] == ["x.jsonl:1"]
    assert validate_dataset(document, "x.json") == (Records.of(), [])
