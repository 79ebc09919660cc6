"""What is carried or given is loaded whole and equal, or refused with all that is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from conflictdata import loading
from conflictdata.canonical.dump import dump
from conflictdata.errors import DataNotFound, InvalidData
from conflictdata.findings import Code
from conflictdata.formats.json_document import document
from conflictdata.formats.records_folder.folder import validate_folder
from conflictdata.loading import carried, load, load_bundled, load_path
from conflictdata.model import Records, Release, Table, type_of_kind
from conflictdata.validate_path import validate_path
from conflictdata.validation import to_record
from tests.support import strategies
from tests.support.calling import write_records
from tests.support.effort import effort
from tests.support.exported import document_of, folder_of, written
from tests.support.sample import sample
from tests.support.small import small

KINDS = tuple(type_of_kind)


def test_the_bundled_dataset_is_what_is_loaded_without_an_argument():
    assert load_bundled() == load()


@pytest.mark.parametrize("laid_out", [lambda data: data, lambda data: json.dumps(json.loads(data)).encode()])
def test_a_document_opens_equal_however_its_lines_are_broken(laid_out):
    held = sample()
    release = Release.from_object({"version": "2098.1.0", "date": "2098-01-01", "stage": "final"})
    for whole in (Records.of(), held, replace(held, release=release), replace(held, context=held.events)):
        assert loading.load_trusted(laid_out(b"".join(document(whole))), "d.json") == whole


def test_records_in_their_folder_and_as_one_document_load_equal(tmp_path):
    write_records(tmp_path / "records", sample())
    (tmp_path / "dataset.json").write_bytes(document_of(sample()))
    assert load_path(tmp_path / "dataset.json") == load_path(tmp_path) == load_path(tmp_path / "records") == sample()


@given(st.sampled_from(KINDS).flatmap(lambda kind: strategies.RECORDS[kind]()))
@effort()
def test_an_object_that_passed_the_schema_is_read_as_its_text_would_be(obj):
    kind = obj["$schema"].rpartition(":")[2]
    record = to_record(obj, kind)
    assert record == TypeAdapter(type_of_kind[kind]).validate_json(json.dumps(obj))
    assert json.dumps(record.to_object(), sort_keys=True) == json.dumps(obj, sort_keys=True)


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
