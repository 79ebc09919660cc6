"""Checking on the command line: every finding printed, counted and turned into an exit status; spelling put right."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from conflictdata.canonical import dump_line
from conflictdata.findings import Code
from tests.support.builders import actor, claim, event, records, source
from tests.support.calling import call, write_records
from tests.support.sample import sample

FINDING = re.compile(r"(error|warning): (.+):(/\S*|@\d+): .+ \[([a-z-]+)\]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of invented records with nothing wrong."""
    path = tmp_path / "records"
    write_records(path, records([event(1, [claim(1)])], [actor("monitor"), actor("paper")], [], [source("paper-1")]))
    return path


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A sample of the records that the package carries, to break."""
    write_records(tmp_path / "ours", sample())
    return tmp_path / "ours"


def _codes(text: str) -> list[str]:
    found = [FINDING.fullmatch(line) for line in text.splitlines()]
    assert all(found), text
    return [match[4] for match in found if match]


@pytest.mark.slow
def test_the_installed_dataset_has_no_error() -> None:
    result = call("validate")
    assert set(_codes(result.stdout)) <= {"unused-record", "possible-duplicate"}
    assert result.stderr.startswith("0 errors, ")


def test_records_without_fault_give_no_line_and_exit_status_0(folder: Path) -> None:
    result = call("validate", folder)
    assert result.stdout == ""
    assert result.stderr == "0 errors, 0 warnings\n"


def test_a_record_by_itself_is_said_not_to_be_held_against_others(folder: Path, tmp_path: Path) -> None:
    alone = "0 errors, 0 warnings; each record was validated alone; rules between records were not applied\n"
    path = folder / "events" / "CD-0001.json"
    assert call("validate", path).stderr == alone
    lines = tmp_path / "events.JSONL"
    lines.write_bytes(dump_line(json.loads(path.read_bytes())))
    assert call("validate", lines).stderr == alone
    whole = tmp_path / "whole.json"
    call("export", "json", "--data", folder, "-o", whole)
    assert call("validate", whole).stderr == "0 errors, 0 warnings\n"
    path.write_bytes(b"{}")
    assert call("validate", path, code=1).stderr == "1 error, 0 warnings\n"


@pytest.mark.parametrize("words", [("list",), ("export", "csv"), ("figures",)])
def test_a_record_without_its_dataset_says_what_is_missing(folder: Path, words: tuple[str, ...]) -> None:
    path = folder / "events" / "CD-0001.json"
    missing = f"{path} holds one record without the records that it refers to"
    assert call(*words, "--data", path).stderr.startswith(missing)
    assert missing not in call(*words, "--data", folder).stderr


def test_a_copy_of_a_release_that_was_edited_is_said_not_to_be_it_and_is_not_cited_as_it(tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    call("export", "json", "--data", "2026.11.0", "-o", path)
    assert call("validate", path).stderr.startswith("0 errors, ")
    edited = json.loads(path.read_bytes())
    version = edited["release"]["version"]
    del edited["events"][-1]
    path.write_bytes(dump_line(edited, max_bytes=1 << 24))
    told = call("validate", path).stderr
    assert told.startswith("0 errors, ")
    assert f"release {version}" in told
    assert "(unreleased records)" in call("cite", "--data", path).stdout
    assert call("diff", version, path).stderr == f"1 change from {version} to {path}\n"


@pytest.mark.usefixtures("installed_sample")
def test_findings_come_as_a_reader_goes_through_a_file(tmp_path: Path) -> None:
    call("export", "tables", "-o", tmp_path / "t")
    path = tmp_path / "t" / "claims.csv"
    heading, *rows = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([heading, *(row and row + b",x" for row in rows)]))
    numbers = [
        int(match[1]) for match in re.finditer(r"claims\.csv:([0-9]+):", call("validate", path.parent, code=1).stdout)
    ]
    assert numbers == sorted(numbers)
    assert len(numbers) > 100


def test_lines_are_lines_in_capitals_too(folder: Path, tmp_path: Path) -> None:
    lines = tmp_path / "events.JSONL"
    lines.write_bytes(b"{}\n{}\n")
    assert _codes(call("validate", lines, code=1).stdout) == ["unknown-schema"] * 2
    assert "leave --texts out" in call("validate", lines, "--texts", folder, code=2).stderr


def test_every_fault_of_every_file_is_a_line_and_they_are_counted_on_stderr(folder: Path) -> None:
    (folder / "events" / "CD-0002.json").write_bytes(b'{"a": 1, "a": 2}')
    (folder / "actors" / "broken.json").write_bytes(b"\xff")
    (folder / "sources" / "paper-1.json").unlink()
    result = call("validate", folder, code=1)
    assert {"duplicate-member", "encoding", "dangling-reference"} <= set(_codes(result.stdout))
    errors, warnings = (
        sum(line.startswith(f"{kind}: ") for line in result.stdout.splitlines()) for kind in ("error", "warning")
    )
    assert re.fullmatch(rf"{errors} errors?, {warnings} warnings?\n", result.stderr)


def test_warnings_alone_leave_the_exit_status_0(folder: Path) -> None:
    write_records(folder.parent / "more", records([], [actor("nobody")], [], [source("paper-1")]))
    shutil.copy(folder.parent / "more" / "actors" / "nobody.json", folder / "actors")
    result = call("validate", folder)
    assert _codes(result.stdout) == ["unused-record"]
    assert result.stderr == "0 errors, 1 warning\n"


def test_findings_as_json_say_the_same(folder: Path) -> None:
    (folder / "actors" / "broken.json").write_bytes(b"\xff")
    (folder / "sources" / "paper-1.json").unlink()
    lines = call("validate", folder, code=1).stdout.splitlines()
    objects = json.loads(call("validate", folder, "--format", "json", code=1).stdout)
    assert len(objects) == len(lines)
    for line, found in zip(lines, objects, strict=True):
        place = f"@{found['offset']}" if "offset" in found else found["pointer"] or "/"
        for part in (found["severity"], f"{found['file']}:{place}", found["code"], found["message"]):
            assert part in line
        assert Code(found["code"])


def test_records_as_lines_are_validated_line_by_line_to_the_last(tmp_path: Path, folder: Path) -> None:
    good = dump_line(event(1, [claim(1)]))
    path = tmp_path / "events.jsonl"
    path.write_bytes(good + b"{}\n" + good.replace(b"CD-0001", b"CD-0002") + b"[\n")
    printed = call("validate", path, code=1).stdout.splitlines()
    assert [re.search(r"events\.jsonl:(\d)", line)[1] for line in printed] == ["2", "4"]  # type: ignore[index]
    path.write_bytes(good)
    assert call("validate", path).stdout == ""
    assert "--texts" in call("validate", path, "--texts", folder, code=2).stderr


def test_a_record_a_document_and_a_folder_can_be_validated(tmp_path: Path, folder: Path) -> None:
    assert call("validate", folder / "events" / "CD-0001.json").stdout == ""
    document = tmp_path / "dataset.json"
    call("export", "json", "-o", document)
    assert "error: " not in call("validate", document).stdout


def test_texts_are_checked_where_they_are_held(tmp_path: Path, folder: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    result = call("validate", folder, "--texts", texts, code=1)
    assert _codes(result.stdout) == ["text-missing"]
    assert str(folder / "sources" / "paper-1.json") in result.stdout
    (texts / "paper-1.txt").write_text("Another.\n", "utf-8")
    assert _codes(call("validate", folder, "--texts", texts, code=1).stdout) == ["paragraph-changed", "text-changed"]


def test_a_path_that_is_not_there_is_misuse(tmp_path: Path) -> None:
    for words in (["validate", "x"], ["validate", "--texts", "x"], ["format", "x"], ["list", "--data", "x"]):
        assert 'x"' in call(*(tmp_path / "x" if word == "x" else word for word in words), code=2).stderr


def test_who_gives_a_version_to_be_validated_is_shown_what_checks_a_release(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "`conflictdata release verify 2026.11.0`" in call("validate", "2026.11.0", code=2).stderr
    folder.rename(tmp_path / "2026.11.0")  # a folder may be called so
    assert call("validate", "2026.11.0").stdout == ""


def test_a_folder_that_may_not_be_looked_into_is_a_finding(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    stat = os.stat
    inside = f"{folder}/"
    monkeypatch.setattr(
        os, "stat", lambda path, **more: refuse(path) if str(path).startswith(inside) else stat(path, **more)
    )
    monkeypatch.setattr(os, "listdir", refuse)
    monkeypatch.setattr(os, "scandir", refuse)
    assert _codes(call("validate", folder, code=1).stdout) == ["unreadable-file"]
    told = call("release", "verify", folder, code=1)
    assert "Traceback" not in told.stderr


def test_a_file_whose_name_is_not_text_can_be_reported_as_json(tmp_path: Path) -> None:
    for name in (b"\xff.json", b"\xff.jsonl"):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        try:
            path.write_bytes(b"{\n")
        except OSError:  # a file system that has no such names has no such trouble
            continue
        for finding in json.loads(call("validate", path, "--format", "json", code=1).stdout):
            assert "\\udcff" in finding["file"]
            finding["file"].encode()


def test_a_device_and_an_empty_folder_are_findings_not_accidents(tmp_path: Path) -> None:
    assert _codes(call("validate", "/dev/null", code=1).stdout) == ["unreadable-file"]
    call("validate", tmp_path, code=1)
    empty = tmp_path / "empty.json"
    empty.touch()
    assert _codes(call("validate", empty, code=1).stdout) == ["empty-input"]
    lines = tmp_path / "empty.jsonl"
    for content in (b"", b"\n"):
        lines.write_bytes(content)
        assert _codes(call("validate", lines, code=1).stdout) == ["empty-input"]


def test_records_with_faults_are_not_loaded_and_the_first_is_reported(folder: Path) -> None:
    (folder / "sources" / "paper-1.json").unlink()
    told = call("list", "--data", folder, code=1).stderr
    assert "dangling-reference" in told
    assert told.count("\n") == 1


@pytest.mark.slow
def test_the_installed_records_are_in_their_one_spelling() -> None:
    assert call("format", "--check").stdout == ""


def test_formatting_rewrites_what_is_misspelt_and_nothing_else(ours: Path) -> None:
    before = {path: path.read_bytes() for path in sorted(ours.rglob("*.json"))}
    misspelt = ours / "events" / "CD-0003.json"
    misspelt.write_text(json.dumps(json.loads(before[misspelt])), "utf-8")
    checked = call("format", ours, "--check", code=1)
    assert checked.stdout == f"{misspelt}\n"
    assert misspelt.read_bytes() != before[misspelt]
    assert call("format", ours).stdout == f"{misspelt}\n"
    assert {path: path.read_bytes() for path in sorted(ours.rglob("*.json"))} == before
    assert call("format", ours).stdout == ""


def test_formatting_leaves_a_faulty_file_alone_and_says_why(folder: Path) -> None:
    path = folder / "events" / "CD-0001.json"
    path.write_bytes(b'{"id": 1}')
    result = call("format", folder, code=1)
    assert _codes(result.stdout) == ["unknown-schema"]
    assert path.read_bytes() == b'{"id": 1}'
