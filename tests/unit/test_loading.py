"""Records from elsewhere are judged the whole way, every fault of every file at once; our own load as they are."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from conflictdata import loading
from conflictdata.atomic import write_bytes
from conflictdata.canonical import dump_line
from conflictdata.canonical.dump import dump
from conflictdata.curation import formatter
from conflictdata.curation.formatter import Formatted, format_folder
from conflictdata.errors import CannotWrite, ConflictDataError, DataNotFound, InvalidData
from conflictdata.findings import MAX_FINDINGS, Code
from conflictdata.formats.json_document import document, validate_dataset
from conflictdata.formats.json_lines import validate_lines
from conflictdata.formats.records_folder.folder import validate_folder
from conflictdata.loading import carried, load, load_bundled, load_path, validate_path
from conflictdata.model import Event, Records, Release, Table, type_of_kind
from conflictdata.validation import errors_only, to_record, validate_bytes
from tests.support import strategies
from tests.support.calling import write_records
from tests.support.effort import effort
from tests.support.exported import folder_of, written
from tests.support.sample import sample
from tests.support.small import small

CASES = Path(__file__).parents[1] / "cases"
KINDS = tuple(type_of_kind)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound folder of records, to be damaged."""
    return Path(shutil.copytree(CASES / "valid" / "exampleton", tmp_path / "records"))


def document_of(records: Records) -> bytes:
    """The records as one dataset document."""
    tables = {f"{kind}s": [record.to_object() for record in getattr(records, f"{kind}s")] for kind in KINDS}
    return dump({"$schema": "urn:conflictdata:schema:1.0.0:dataset", **tables}, max_bytes=1 << 28)


def told(findings) -> list[tuple[str, str, str]]:
    return [(Path(finding.file).name, finding.pointer, finding.code) for finding in findings]


# The bundled dataset.


def test_the_bundled_dataset_is_what_is_loaded_without_an_argument():
    assert load_bundled() == load()


@pytest.mark.parametrize("laid_out", [lambda data: data, lambda data: json.dumps(json.loads(data)).encode()])
def test_a_document_opens_equal_however_its_lines_are_broken(laid_out):
    held = sample()
    release = Release.from_object({"version": "2098.1.0", "date": "2098-01-01", "stage": "final"})
    for whole in (Records.of(), held, replace(held, release=release), replace(held, context=held.events)):
        assert loading.load_trusted(laid_out(b"".join(document(whole)))) == whole


def test_records_in_their_folder_and_as_one_document_load_equal(tmp_path):
    write_records(tmp_path / "records", sample())
    (tmp_path / "dataset.json").write_bytes(document_of(sample()))
    assert load_path(tmp_path / "dataset.json") == load_path(tmp_path) == load_path(tmp_path / "records") == sample()


# What the model reads.


@given(st.sampled_from(KINDS).flatmap(lambda kind: strategies.RECORDS[kind]()))
@effort()
def test_an_object_that_passed_the_schema_is_read_as_its_text_would_be(obj):
    kind = obj["$schema"].rpartition(":")[2]
    record = to_record(obj, kind)
    assert record == TypeAdapter(type_of_kind[kind]).validate_json(json.dumps(obj))
    assert json.dumps(record.to_object(), sort_keys=True) == json.dumps(obj, sort_keys=True)


# Folders.


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


def test_a_document_that_was_read_and_left_out_is_not_unused(folder):
    known = json.loads((folder / "sources" / "exampletimes-2016-02-24.json").read_text())
    (folder / "sources" / "unread-1.json").write_text(json.dumps(known | {"id": "unread-1"}))
    before = [code for _, _, code in told(validate_folder(folder)[1])]
    (folder / "exclusions.csv").write_bytes(EXCLUSIONS + b"unread-1,1,geography,Where the town lies.\n")
    after = [code for _, _, code in told(validate_folder(folder)[1])]
    assert Code.UNUSED_RECORD in before
    assert after == [code for code in before if code is not Code.UNUSED_RECORD]


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


# Documents and single files.


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


def test_faulty_data_is_not_loaded_and_says_all_that_is_wrong(folder):
    (folder / "actors" / "examplewire.json").write_bytes(b"{")
    (folder / "readme.md").write_text("Not a record.")
    folder = folder.rename(folder.with_name("my records"))
    with pytest.raises(
        InvalidData, match=r"1 more finding.*`conflictdata validate '.*/my records'`.*\[json-syntax\]"
    ) as raised:
        load_path(folder)
    assert [finding.code for finding in raised.value.findings] == [Code.JSON_SYNTAX, Code.STRAY_FILE]


def test_what_is_not_there_is_said_not_to_be_there_whatever_it_is_called(tmp_path):
    names = (tmp_path / "x.zip", tmp_path / "no" / "x.json", tmp_path / ("x" * 300), "x", "https://example.org/x.zip")
    for path in names:
        with pytest.raises(DataNotFound, match="there is no file, folder or release"):
            load(path)
    with pytest.raises(InvalidData, match="no file can have this name"):
        load(tmp_path / "nul\0")


@pytest.mark.parametrize("form", ["json", "tables", "folder"])
def test_a_copy_of_a_release_that_was_edited_is_no_longer_that_release(tmp_path, form):
    whole = carried("2026.11.0")
    assert whole is not None
    fewer = replace(whole, events=Table(whole.events[:-1], lambda event: event.id))
    for records, release in ((whole, whole.release), (fewer, None)):
        path = tmp_path / f"{release is None}"
        if form == "tables":
            folder_of(path, records)
        elif form == "folder":
            path.mkdir()
            (path / "dataset.json").write_bytes(written("json", records))
        else:
            path.write_bytes(written("json", records))
        assert load_path(path) == replace(records, release=release)


def test_a_release_that_the_package_does_not_carry_is_trusted(tmp_path):
    release = Release.from_object({"version": "2098.1.0", "date": "2098-01-01", "stage": "final"})
    other = replace(small(), release=release)
    (tmp_path / "d.json").write_bytes(written("json", other))
    assert load_path(tmp_path / "d.json") == other


def test_a_path_that_holds_no_dataset_is_refused_and_not_taken_for_an_empty_one(tmp_path):
    for name, words in (("events.jsonl", "JSON Lines"), ("events.JSONL", "JSON Lines"), ("events.csv", "one table")):
        (tmp_path / name).write_bytes(b"")
        with pytest.raises(InvalidData, match=words):
            load_path(tmp_path / name)


def test_records_beside_a_dataset_document_are_validated_and_the_document_is_a_stray(folder):
    (folder / "dataset.json").write_bytes(document_of(small()))
    (folder / "events" / "CD-9001.json").write_bytes(b"{bad")
    assert [finding.code for finding in validate_path(folder)[1]] == [Code.STRAY_FILE, Code.JSON_SYNTAX]


def test_warnings_alone_do_not_prevent_loading(folder):
    place = json.loads((folder / "places" / "examplia.json").read_bytes()) | {"id": "hill", "name": "Hill"}
    (folder / "places" / "hill.json").write_bytes(dump(place))
    assert [finding.code for finding in validate_folder(folder)[1]] == [Code.UNUSED_RECORD]
    assert "hill" in load_path(folder).places


# JSON Lines.


def lines_of(folder: Path) -> bytes:
    records = validate_folder(folder)[0]
    return b"".join(dump_line(record.to_object()) for kind in KINDS for record in getattr(records, f"{kind}s"))


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


def test_findings_come_as_the_lines_do_and_no_line_is_read_ahead(folder):
    class Watched(io.BytesIO):
        read_so_far = 0

        def readline(self, size=-1):
            line = super().readline(size)
            self.read_so_far += bool(line)
            return line

    line = (folder / "places" / "examplia.json").read_bytes().replace(b"\n", b"").replace(
        b'"country"', b'"land"'
    ) + b"\n"
    stream = Watched(line * 100)
    found = validate_lines(stream, "x.jsonl")
    assert next(found).file == "x.jsonl:1"
    assert stream.read_so_far <= 2


@pytest.mark.parametrize("name", ["none.jsonl", "folder.jsonl", "pipe.jsonl"])
def test_lines_that_cannot_be_read_are_reported(tmp_path, name):
    (tmp_path / "folder.jsonl").mkdir()
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert len(validate_path(tmp_path / name)[1]) == 1


# The one spelling.


def test_formatting_writes_the_one_spelling_and_only_where_it_is_another(folder):
    sound = {path: path.read_bytes() for path in folder.rglob("*.json")}
    changed = sorted(sound)[::2]
    for path in changed:
        path.write_bytes(json.dumps(dict(reversed(json.loads(sound[path]).items())), indent=7).encode())
    untouched = {path: path.stat().st_mtime_ns for path in set(sound) - set(changed)}
    assert sorted(format_folder(folder, check=True).changed) == changed
    assert all(path.read_bytes() != sound[path] for path in changed), "checking writes nothing"
    done = format_folder(folder)
    assert (sorted(done.changed), done.findings, done.failed) == (changed, [], [])
    assert {path: path.read_bytes() for path in sound} == sound
    assert {path: path.stat().st_mtime_ns for path in untouched} == untouched
    assert format_folder(folder) == Formatted()


def test_formatting_leaves_alone_what_does_not_pass_the_schema(folder):
    path = folder / "places" / "examplia.json"
    for content, code in ((b"{", Code.JSON_SYNTAX), (b'{"$schema": 5}', Code.UNKNOWN_SCHEMA)):
        path.write_bytes(content)
        done = format_folder(folder)
        assert (done.changed, [finding.code for finding in done.findings]) == ([], [code])
        assert path.read_bytes() == content


def test_formatting_never_writes_through_a_link_that_leads_out(folder):
    outside = folder.parent / "hill.json"
    outside.write_bytes((folder / "places" / "examplia.json").read_bytes().replace(b"\n", b""))
    before = outside.read_bytes()
    (folder / "places" / "hill.json").symlink_to(outside)
    assert [finding.code for finding in format_folder(folder).findings] == [Code.UNREADABLE_FILE]
    assert outside.read_bytes() == before


def test_formatting_goes_on_after_a_file_that_cannot_be_written_or_that_changes_meanwhile(folder, monkeypatch):
    first, second, third = sorted((folder / "places").glob("*.json"))[:3]
    right = {path: path.read_bytes() for path in (first, second, third)}
    for path in right:
        path.write_bytes(right[path].replace(b"\n", b""))

    def judged(data: bytes, file: str):
        if Path(file) == third:
            third.write_bytes(b"{}")  # an editor saves it in the meantime
        return validate_bytes(data, file)

    def write(path: Path, content: bytes) -> None:
        if path == first:
            raise CannotWrite(path, "it is read-only")
        write_bytes(path, content)

    monkeypatch.setattr(formatter, "validate_bytes", judged)
    monkeypatch.setattr(formatter, "write_bytes", write)
    done = format_folder(folder)
    assert done.changed == [second]
    assert [str(error) for error in done.failed] == [
        f"cannot write {first}: it is read-only",
        f"cannot write {third}: another program has just changed it; run the command again",
    ]
    assert second.read_bytes() == right[second]
    assert third.read_bytes() == b"{}"


def test_formatting_one_file_touches_that_file(folder):
    path = folder / "places" / "examplia.json"
    right = path.read_bytes()
    path.write_bytes(right.replace(b"\n", b""))
    assert format_folder(path) == Formatted([path])
    assert path.read_bytes() == right


def test_a_record_that_would_be_too_large_in_its_one_spelling_is_left_alone(folder):
    path = folder / "events" / "CD-9001.json"
    event = json.loads(path.read_bytes())
    item = {**event["claims"][1]["evidence"][0]}
    claim = event["claims"][1] | {"evidence": [item | {"paragraph": n} for n in range(1, 21)]}
    event["claims"] = [claim | {"id": f"c{n}", "notes": "n" * 100} for n in range(1, 501)]
    path.write_bytes(json.dumps(event, separators=(",", ":")).encode())
    before = path.read_bytes()
    assert len(before) < 1 << 20
    assert [finding.code for finding in validate_bytes(before, "x")[1]] == [Code.TOO_LARGE]
    assert [finding.code for finding in validate_lines(io.BytesIO(before), "x")] == [Code.TOO_LARGE]
    assert [finding.code for finding in format_folder(path).findings] == [Code.TOO_LARGE]
    assert path.read_bytes() == before


# From wherever it is started.


def test_the_bundled_dataset_loads_the_same_from_any_folder_zone_and_hash_seed(tmp_path):
    code = "from conflictdata.loading import load_bundled; print(*load_bundled().claims.ids())"
    environment = {
        **os.environ,
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert run.stderr == ""
    assert tuple(run.stdout.split()) == load_bundled().claims.ids()


def test_a_record_half_written_in_a_checkout_is_said_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loading, "read_records", lambda kind: [b'{"id": ""}'])
    monkeypatch.setattr(loading, "release_of", lambda version: None)
    with pytest.raises(loading.ConflictDataError, match="conflictdata validate"):
        loading.load_bundled()
