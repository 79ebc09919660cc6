"""Exports on the command line: the registry's bytes, on stdout or whole in their place, with every skip told."""

from __future__ import annotations

import csv
import io
import sys
from functools import cache
from pathlib import Path

import pytest

from conflictdata.dataset import Dataset
from conflictdata.formats import interface
from conflictdata.formats.interface import FileFormat, FolderFormat
from conflictdata.formats.registry import FORMATS
from tests.support.calling import call
from tests.support.small import small

OURS = Dataset(small())
pytestmark = pytest.mark.usefixtures("installed_small")
FILES = [name for name, each in FORMATS.items() if isinstance(each, FileFormat)]
FOLDERS = [name for name, each in FORMATS.items() if isinstance(each, FolderFormat)]
LEAVING_OUT = [name for name, each in FORMATS.items() if each.leaves_out]


@cache
def _content(name: str, **options: str | int | bool) -> bytes:
    chosen = FORMATS[name]
    assert isinstance(chosen, FileFormat)
    return b"".join(chosen.content(OURS.records, **options))


@pytest.mark.parametrize("name", FILES)
def test_a_format_on_stdout_and_in_a_file_is_the_same_bytes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    assert call("export", name).stdout_bytes == _content(name)
    assert call("export", name, "-o", path).stdout == ""
    assert path.read_bytes() == _content(name)


def test_a_dash_is_stdout_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("export", "csv", "-o", "-").stdout_bytes == _content("csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_of_tables_is_written_and_written_again(name: str, tmp_path: Path) -> None:
    chosen = FORMATS[name]
    assert isinstance(chosen, FolderFormat)
    expected = {file: b"".join(chunks) for file, chunks in chosen.contents(OURS.records)}
    for _ in range(2):
        call("export", name, "-o", tmp_path / "tables")
        found = {path.name: path.read_bytes() for path in (tmp_path / "tables").iterdir()}
        assert found == expected
    (tmp_path / "tables" / "mine.txt").touch()
    assert "mine.txt" in call("export", name, "-o", tmp_path / "tables", code=1).stderr
    assert "-o" in call("export", name, code=2).stderr


@pytest.mark.parametrize(
    ("name", "option", "value"),
    [
        (name, option, value)
        for name, each in FORMATS.items()
        if isinstance(each, FileFormat)
        for option in each.options
        for value in (
            option.choices or ([True] if option.default is False else ["acled"] if option.default == "default" else [7])
        )
    ],
)
def test_every_option_of_every_format_reaches_it(name: str, option: object, value: str | int | bool) -> None:
    flag = f"--{option.name.replace('_', '-')}"  # type: ignore[attr-defined]
    words = [flag] if value is True else [flag, value]
    result = call("export", name, *words)
    assert result.stdout_bytes == _content(name, **{option.name: value})  # type: ignore[attr-defined]
    assert all(notice in result.stderr for notice in FORMATS[name].notices({option.name: value}))  # type: ignore[attr-defined]


def test_formats_and_options_that_are_not_there_get_the_choices() -> None:
    told = call("export", "csv", "--inter", "numeric", code=2).stderr
    assert "csv has no option --inter" in told and "--spreadsheet-safe" in told
    assert "xlsx" in call("export", "xls", code=2).stderr
    told = call("export", "a-format", code=2).stderr
    assert all(name in told for name in FORMATS)
    assert "FORMAT" in call("export", "--place", "exampleton", "csv", code=2).stderr
    assert "year, admin1" in call("export", "parquet", "--partition-by", "title", "-o", "x", code=2).stderr
    call("export", "acled", "--inter", "roman", code=2)
    call("export", "acled", "--timestamp", "-1", code=2)
    assert "roman" in call("export", "acled", "--words", "roman", code=2).stderr


@pytest.mark.parametrize("name", FORMATS)
def test_the_help_of_a_format_lists_its_options_and_what_it_loses(name: str) -> None:
    said = call("export", name, "--help").stdout
    assert all(f"--{option.name.replace('_', '-')}" in said for option in FORMATS[name].options)
    assert ("--skipped" in said) == FORMATS[name].leaves_out
    assert all(each in said for each in FORMATS[name].loses)


def test_the_list_of_formats_names_each() -> None:
    said = call("export", "--help").stdout
    assert all(f"  {name} " in said for name in [*FORMATS, "all"])


def test_all_formats_are_written_into_one_folder_with_progress(tmp_path: Path) -> None:
    told = call("export", "all", "-o", tmp_path / "out").stderr.splitlines()
    assert len(told) == len(FORMATS) and all(name in line for name, line in zip(FORMATS, told, strict=True))
    for name, each in FORMATS.items():
        if isinstance(each, FileFormat):
            assert (tmp_path / "out" / f"{each.file}{each.extension}").read_bytes() == _content(name)
        else:
            assert any((tmp_path / "out" / name).iterdir())
    for name in LEAVING_OUT:
        assert (tmp_path / "out" / f"{name}-skipped.csv").read_bytes().startswith(b"event_id,reason,sentence\n")
    assert "-o" in call("export", "all", code=2).stderr


def test_a_missing_library_is_named_with_its_command_and_stops_no_other_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = "pip install 'conflictdata[arrow]'"
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr(interface, "is_installed", lambda library: library != "pyarrow")
    assert command in call("export", "parquet", "-o", tmp_path / "out", code=1).stderr
    assert command in call("export", "all", "-o", tmp_path / "out", "--place", "exampleton").stderr
    assert not (tmp_path / "out" / "parquet").exists() and (tmp_path / "out" / "events.geojson").exists()


def test_partitions_are_folders(tmp_path: Path) -> None:
    call("export", "parquet", "--partition-by", "type", "-o", tmp_path / "out")
    assert {path.name for path in (tmp_path / "out" / "events").iterdir()} == {f"type={e.type}" for e in OURS.events}


@pytest.mark.parametrize("name", FILES)
def test_filters_choose_what_is_exported(name: str) -> None:
    chosen = FORMATS[name]
    assert isinstance(chosen, FileFormat)
    events = OURS.find(actor="river-guard")
    assert call("export", name, "--actor", "river-guard").stdout_bytes == b"".join(chosen.content(OURS.records, events))


def test_every_skip_is_reported_on_stderr_or_in_a_file(tmp_path: Path) -> None:
    chosen = FORMATS["acled"]
    assert isinstance(chosen, FileFormat)
    skips = list(chosen.skips(OURS.records))
    told = call("export", "acled").stderr.splitlines()
    assert told[:-1] == [f"skipped {skip.event_id}: {skip.reason}: {skip.sentence}" for skip in skips]
    quiet = call("export", "acled", "--skipped", tmp_path / "skipped.csv").stderr
    assert quiet == f"left out: {len({skip.event_id for skip in skips})} events\n"
    rows = list(csv.reader(io.StringIO((tmp_path / "skipped.csv").read_text("utf-8"), newline="")))
    assert rows[1:] == [[skip.event_id, skip.reason, skip.sentence] for skip in skips]


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if not each.leaves_out])
def test_a_format_that_leaves_nothing_out_has_no_list_of_it(name: str, tmp_path: Path) -> None:
    told = call("export", name, "-o", tmp_path / "out", "--skipped", tmp_path / "out" / "claims.csv", code=2).stderr
    assert f"{name} leaves no event out; --skipped is for {', '.join(LEAVING_OUT)}" in told
    assert list(tmp_path.iterdir()) == []


def test_the_rows_and_the_list_of_what_they_leave_out_are_both_written_or_neither(tmp_path: Path) -> None:
    for output, skipped in (("rows", "none/list"), ("none/rows", "list")):
        told = call("export", "acled", "-o", tmp_path / output, "--skipped", tmp_path / skipped, code=1).stderr
        assert told.count("\n") == 1
        assert list(tmp_path.iterdir()) == []
    call("export", "acled", "-o", tmp_path / "rows", "--skipped", tmp_path / "list")
    assert (tmp_path / "rows").read_bytes() == _content("acled")
    assert (tmp_path / "list").read_bytes().startswith(b"event_id,reason,sentence\n")


def test_the_list_of_what_is_left_out_can_be_printed_but_not_among_the_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call("export", "acled", "--skipped", "list")
    printed = call("export", "acled", "-o", "rows", "--skipped", "-").stdout_bytes
    assert printed == Path("list").read_bytes()
    assert "both be on stdout" in call("export", "acled", "--skipped", "-", code=2).stderr
    assert {path.name for path in tmp_path.iterdir()} == {"list", "rows"}


def test_the_folder_that_one_is_in_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for target in (".", tmp_path, "./"):
        assert "name a folder in it" in call("export", "tables", "-o", target, code=2).stderr
    call("export", "tables", "-o", "tables")
    monkeypatch.chdir("tables")
    assert "name a folder in it" in call("export", "tables", "-o", "../tables", code=2).stderr
    for option in ("-o", "--skipped"):
        assert "path is empty" in call("export", "acled", option, "", code=2).stderr
    assert {path.name for path in tmp_path.iterdir()} == {"tables"}


def test_a_working_folder_that_is_gone_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for words in (["acled", "-o", "a", "--skipped", "b"], ["tables", "-o", "a"], ["csv", "-o", "a"]):
        assert call("export", *words, code=1).stderr.startswith("error: cannot write a: ")
    call("export", "tables", "-o", tmp_path / "tables")


def test_what_cannot_be_written_is_reported_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("old", "utf-8")
    for target, reason in (
        ("folder", "it is a folder"),
        ("none/out", "there is no folder"),
        ("file/out", "Not a directory"),
    ):
        told = call("export", "csv", "-o", tmp_path / target, code=1).stderr
        assert reason in told
        assert told.count("\n") == 1
    assert "not a folder" in call("export", "tables", "-o", tmp_path / "file", code=1).stderr
    assert "there is no folder" in call("export", "tables", "-o", tmp_path / "none" / "out", code=1).stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder"]
    assert (tmp_path / "file").read_text("utf-8") == "old"
    same = tmp_path / "same"
    assert "same file" in call("export", "acled", "-o", same, "--skipped", same, code=2).stderr
    assert not same.exists()
