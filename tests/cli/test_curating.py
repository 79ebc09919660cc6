"""What a curator needs: scaffolds valid but for what has to be filled in, digests, codelists and schemas."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import conflictdata
from conflictdata.analysis.paragraph_digests import digest, paragraphs
from conflictdata.canonical import read_object
from conflictdata.canonical.dump import dump
from conflictdata.codelists import codelist, codelist_names
from conflictdata.curation import scaffolds
from conflictdata.schema import schema_names, schema_text
from conflictdata.schema.validate import validate
from tests.support.builders import actor, records, source
from tests.support.calling import PROGRAM, ROOT, call, write_records

VALID = ROOT / "tests" / "cases" / "valid" / "exampleton"
TEXT = "A heading.\n\n  The  first\tparagraph that matters.\nThe second, 漢字.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Records with one document, whose text lies beside them in `texts`."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "renamed.txt").write_bytes(TEXT.encode())
    read = source("paper-1", sha256=hashlib.sha256(TEXT.encode()).hexdigest(), paragraphs=3)
    write_records(tmp_path / "records", records([], [actor("paper")], [], [read]))
    return tmp_path / "records"


def _blanks(value: Any, pointer: str = "") -> Iterator[str]:
    """Where an empty string or 0 stands."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _blanks(member, f"{pointer}/{name}")
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _blanks(item, f"{pointer}/{position}")
    elif value in ("", 0):
        yield pointer


@pytest.mark.parametrize("words", [["event"], ["actor", "x"], ["place", "x"], ["source", "x"]])
def test_a_scaffold_is_valid_but_for_its_blanks_and_every_blank_is_found(words: list[str]) -> None:
    data = call("new", *words).stdout_bytes
    record = read_object(data, "scaffold")
    findings = validate(record, words[0], "scaffold")
    assert {finding.pointer for finding in findings} == set(_blanks(record))
    assert dump(record) == data


def test_a_new_event_gets_the_id_after_the_highest_whatever_state_the_files_are_in(folder: Path) -> None:
    def next_id() -> str:
        return str(json.loads(call("new", "event", "--records", folder).stdout)["id"])

    assert next_id() == "CD-0001"
    for name, expected in (("CD-0007", "CD-0008"), ("CD-9999", "CD-10000"), ("CD-00010", "CD-10000")):
        (folder / "events" / f"{name}.json").write_text("half written", "utf-8")
        assert next_id() == expected
    highest = max(int(each.id[3:]) for each in conflictdata.load().events)
    assert json.loads(call("new", "event").stdout)["id"] == f"CD-{highest + 1:04}"


def test_evidence_is_cited_with_the_digest_of_the_text_that_was_read(folder: Path) -> None:
    texts = folder.parent / "texts"
    cited = ["--evidence", "paper-1:2", "--evidence", "paper-1:3", "--texts", texts]
    made = json.loads(call("new", "event", "--records", folder, *cited).stdout)
    each = paragraphs(TEXT)
    assert [claim["evidence"] for claim in made["claims"]] == [
        [{"source": "paper-1", "paragraph": n, "digest": digest(each[n - 1])}] for n in (2, 3)
    ]
    assert [claim["id"] for claim in made["claims"]] == ["c1", "c2"]


def test_evidence_that_cannot_be_found_is_reported(folder: Path) -> None:
    def told(*words: object, code: int = 1) -> str:
        return call("new", "event", "--records", folder, *words, code=code).stderr

    texts = ["--texts", folder.parent / "texts"]
    assert "paper-1" in told("--evidence", "paper-2:1", *texts)
    assert "no paragraph 4" in told("--evidence", "paper-1:4", *texts)
    assert "--texts" in told("--evidence", "paper-1:1", code=2)
    for misspelt in (
        "paper-1",
        "paper-1:",
        "paper-1:0",
        ":1",
        "paper-1:-1",
        "paper-1:1.0",
        "paper-1:١",
        "paper-1:999999",
    ):
        assert "SOURCE:NUMBER" in told("--evidence", misspelt, *texts, code=2)
    (folder.parent / "texts" / "renamed.txt").write_text("Changed.\n", "utf-8")
    assert "paper-1" in told("--evidence", "paper-1:1", *texts)
    (folder / "sources" / "paper-1.json").write_text("{", "utf-8")
    assert "json-syntax" in told("--evidence", "paper-1:1", *texts)


def test_a_new_source_takes_hash_name_and_paragraphs_from_its_text(folder: Path) -> None:
    text = folder.parent / "texts" / "renamed.txt"
    made = json.loads(call("new", "source", "paper-2", "--text", text).stdout)
    expected = {"paragraphs": 3, "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "file": "renamed.txt"}
    assert {name: made[name] for name in expected} == expected


def test_a_scaffold_is_saved_where_it_belongs_and_never_over_another(folder: Path) -> None:
    call("new", "event", "--records", folder, "--save")
    call("new", "event", "--records", folder, "--save")
    call("new", "place", "mill", "--records", folder, "-o", folder / "places" / "mill.json")
    assert {path.name for path in folder.glob("*/*.json")} >= {"CD-0001.json", "CD-0002.json", "mill.json"}
    before = (folder / "places" / "mill.json").read_bytes()
    assert "already exists" in call("new", "place", "mill", "--records", folder, code=1).stderr
    other = folder / "places" / "mill.json"
    assert "already exists" in call("new", "place", "x", "--records", folder, "-o", other, code=1).stderr
    assert other.read_bytes() == before


def test_nothing_is_saved_where_the_next_installation_would_lose_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conflictdata.cli.commands.new.is_installed", lambda: True)
    assert "--records" in call("new", "event", "--save", code=2).stderr
    assert call("new", "event", "--save", "--records", folder).stderr.startswith("wrote ")


def test_of_many_that_save_a_new_event_each_has_its_own(folder: Path) -> None:
    words = [*PROGRAM, "new", "event", "--save", "--records", str(folder)]
    at_once = [subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)]
    told = {each.communicate()[1] for each in at_once}
    assert [each.returncode for each in at_once] == [0] * 6
    assert len(told) == 6
    assert [path.name for path in sorted((folder / "events").iterdir())] == [f"CD-000{n}.json" for n in range(1, 7)]


def test_the_next_id_is_looked_for_anew_where_another_has_just_taken_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = iter(["CD-0001", "CD-0001", "CD-0002"])
    monkeypatch.setattr(scaffolds, "next_event_id", lambda _: next(given))
    call("new", "event", "--records", folder, "--save")
    assert "CD-0002.json" in call("new", "event", "--records", folder, "--save").stderr
    monkeypatch.setattr(scaffolds, "next_event_id", lambda _: "CD-0001")
    assert "already exists" in call("new", "event", "--records", folder, "--save", code=1).stderr


def test_a_record_is_not_saved_through_a_link_to_nowhere(folder: Path) -> None:
    (folder / "places" / "mill.json").symlink_to(folder.parent / "elsewhere")
    for words in (["--save"], ["-o", folder / "places" / "mill.json"], []):
        assert "already exists" in call("new", "place", "mill", "--records", folder, *words, code=1).stderr
    assert not (folder.parent / "elsewhere").exists()


def test_after_the_last_id_there_is_no_new_event_and_the_reason_is_reported(folder: Path) -> None:
    (folder / "events" / "CD-9999999.json").write_text("half written", "utf-8")
    told = call("new", "event", "--records", folder, "--save", code=1).stderr
    assert "CD-9999999" in told
    assert len([*(folder / "events").iterdir()]) == 1


def test_a_folder_that_cannot_be_listed_gives_no_next_id(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refuse)
    monkeypatch.setattr(os, "scandir", refuse)
    told = call("new", "event", "--records", folder, code=1).stderr
    assert "cannot be listed: Permission denied" in told


def test_a_dash_is_stdout_and_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    before = {*folder.parent.iterdir()}
    assert call("new", "place", "x", "-o", "-").stdout_bytes == call("new", "place", "x").stdout_bytes
    assert {*folder.parent.iterdir()} == before
    call("new", "place", "x", "-o", "./-")
    assert (folder.parent / "-").is_file()
    assert "path is empty" in call("new", "place", "x", "-o", "", code=2).stderr


def test_a_place_to_write_that_cannot_be_reached_is_reported(folder: Path) -> None:
    for target in ("a" * 5000, f"{'a' * 300}/x", "none/x"):
        told = call("new", "place", "x", "-o", folder / target, code=1).stderr
        assert told.startswith("error: cannot write")
        assert told.count("\n") == 1


def test_a_document_whose_files_name_cannot_be_recorded_is_refused(folder: Path) -> None:
    for name in ("with space.txt", "é.txt", ".hidden", os.fsdecode(b"\xff.txt")):
        path = folder.parent / name
        try:
            path.write_text(TEXT, "utf-8")
        except OSError:  # a file system that has no such names has no such trouble
            continue
        told = call("new", "source", "paper-2", "--text", path, code=2).stderr
        assert "rename the file" in told


def test_scaffolds_that_make_no_sense_are_misuse(folder: Path) -> None:
    text = folder.parent / "texts" / "renamed.txt"
    for words in (
        ["event", "CD-0001"],
        ["actor"],
        ["actor", "x", "--evidence", "paper-1:1"],
        ["actor", "x", "--text", text],
        ["actor", "x", "--texts", folder],
        ["event", "--texts", folder],
        ["actor", "x", "-o", "x", "--save"],
        ["claim"],
    ):
        assert "error: " in call("new", *words, code=2).stderr


def test_an_id_that_leads_out_of_the_records_is_refused(folder: Path) -> None:
    for name in ("../x", "a/b", "X", "", ".", "con", "a" * 61, "a\n"):
        assert "is not an id" in call("new", "place", name, "--records", folder, "--save", code=2).stderr
    assert not (folder / "x.json").exists()


def test_digests_are_those_of_the_folded_paragraphs(folder: Path) -> None:
    path = folder.parent / "texts" / "renamed.txt"
    shown = call("digest", path, "--show", "--format", "json")
    rows = json.loads(shown.stdout)
    assert rows == [
        {"paragraph": n, "digest": digest(text), "text": text} for n, text in enumerate(paragraphs(TEXT), 1)
    ]
    told = call("digest", path, "3").stderr
    assert told == f"3 paragraphs, sha256 {hashlib.sha256(TEXT.encode()).hexdigest()}\n"
    assert "no paragraph 4" in call("digest", path, "4", code=1).stderr
    call("digest", path, "0", code=2)


def test_a_text_that_is_not_utf_8_or_no_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("é".encode("latin-1"))
    assert "byte 0xE9 is not UTF-8" in call("digest", path, code=1).stderr
    assert "encoding" in call("new", "source", "x", "--text", path, code=1).stderr
    path.write_bytes("Exampleton.\n".encode("utf-16-le"))
    assert "[encoding]" in call("digest", path, code=1).stderr
    path.write_bytes(b" \n\n")
    assert "[empty-input]" in call("new", "source", "paper-2", "--text", path, code=1).stderr
    call("digest", tmp_path, code=2)
    call("digest", "/dev/null", code=1)


def test_a_mark_that_is_part_of_the_first_paragraph_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "marked.txt"
    path.write_bytes(b"\xef\xbb\xbf\nExampleton.\n")
    shown = call("digest", path)
    assert (shown.stdout.count("\n"), "byte order mark" in shown.stderr) == (3, True)
    path.write_bytes(b"Exampleton.\n")
    assert "byte order mark" not in call("digest", path).stderr


def test_every_codelist_is_printed_whole() -> None:
    listed = call("codes").stdout
    for name in codelist_names():
        assert name in listed
        printed = csv.DictReader(io.StringIO(call("codes", name, "--format", "csv").stdout, newline=""))
        assert list(printed) == [dict(row) for row in codelist(name)]
    assert "event-types" in call("codes", "event-type", code=2).stderr


def test_every_schema_is_printed_as_published() -> None:
    listed = call("schema").stdout
    for name in schema_names():
        assert name in listed
        assert call("schema", name).stdout_bytes == schema_text(name)
    assert "did you mean event" in call("schema", "events", code=2).stderr


def test_the_way_of_the_contributing_guide_leads_to_a_valid_record(tmp_path: Path) -> None:
    ours = Path(shutil.copytree(VALID, tmp_path / "ours"))
    call("new", "place", "exampleford", "--records", ours, "--save")
    path = ours / "places" / "exampleford.json"
    filled = json.loads(path.read_bytes()) | {
        "name": "Exampleford",
        "kind": "town",
        "within": "examplia",
        "point_unknown": "Invented.",
    }
    path.write_text(json.dumps(filled), "utf-8")
    call("format", ours)
    assert [
        line for line in call("validate", ours).stdout.splitlines() if "exampleford" in line and "error" in line
    ] == []
