"""What reaches a terminal: nothing it would obey, nothing that hides, colour only where it is wanted."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from conflictdata.cli.output import escape, write
from conflictdata.cli.table_output import Cell, print_table
from conflictdata.errors import CannotWrite
from tests.support.calling import call, run, run_on_terminal
from tests.support.exported import written
from tests.support.small import small

TURNING = {"LRE", "RLE", "PDF", "LRI", "RLI", "FSI", "PDI", "LRO", "RLO"}
CELLS = st.one_of(st.none(), st.integers(-999, 999), st.text("ab é漢\u0301\x1b\u202e\n", max_size=8))


def _obeyed_or_hidden(mark: str) -> bool:
    if unicodedata.category(mark) in {"Cc", "Cs", "Zl", "Zp"} or unicodedata.bidirectional(mark) in TURNING:
        return True
    return "ZERO WIDTH" in unicodedata.name(mark, "") or mark in "\u061c\u200e\u200f\u00ad\u2060\u3164\u115f"


def _printed(names: Sequence[str], rows: Sequence[Sequence[Cell]], form: str = "text") -> str:
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")) as stream:
        print_table(names, rows, form)
        stream.flush()
        return stream.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]


def test_of_all_characters_those_that_a_terminal_obeys_or_hides_are_escaped() -> None:
    each = map(chr, range(0x110000))
    assert [hex(ord(mark)) for mark in each if _obeyed_or_hidden(mark) and escape(mark) == mark] == []


@given(st.text(max_size=60) | st.text(st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp"))))
def test_what_is_escaped_needs_no_escaping(text: str) -> None:
    assert escape(escape(text)) == escape(text)


def test_letters_of_every_script_stay_as_they_are() -> None:
    text = "الرقة  Ар-Ракка  ラッカ  Reqa  ع\u0651  é e\u0301  𐎀"
    assert escape(text) == text


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_columns_of_a_plain_table_stand_under_each_other(rows: list[tuple[Cell, Cell]]) -> None:
    lines = _printed(("first", "second", "END"), [(*row, "END") for row in rows]).splitlines()
    assert len(lines) == len(rows) + 1
    assert len({cell_len(line.removesuffix("END")) for line in lines}) == 1


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_a_table_as_csv_or_json_reads_back(rows: list[tuple[Cell, Cell]]) -> None:
    cells = list(csv.reader(io.StringIO(_printed(("a", "b"), rows, "csv"), newline="")))
    assert cells == [["a", "b"], *([("" if cell is None else str(cell)) for cell in row] for row in rows)]
    objects = json.loads(_printed(("a", "b"), rows, "json"))
    expected = [{n: cell for n, cell in zip("ab", row, strict=True) if cell is not None} for row in rows]
    assert objects == expected


@given(st.lists(st.binary(max_size=9)))
def test_bytes_go_into_a_pipe_as_they_are(chunks: list[bytes]) -> None:
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())) as stream:
        write(chunks)
        assert stream.buffer.getvalue() == b"".join(chunks)  # type: ignore[attr-defined]


def test_a_stream_of_text_alone_gets_text_and_refuses_bytes() -> None:
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        write(["é".encode()[:1], "é".encode()[1:], b"\n"])
        with pytest.raises(CannotWrite):
            write([b"PK\x03\xff"])
    assert stream.getvalue().startswith("é\n")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small dataset as a file."""
    path = tmp_path_factory.mktemp("world") / "dataset.json"
    path.write_bytes(written("json", small()))
    return path


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A text whose paragraphs hold what a terminal would obey."""
    path = tmp_path / "hostile.txt"
    path.write_text(
        "\x1b]0;owned\x07 \u202egpj.exe \x9b31m \u200b\x08\r end\n漢字 [bold]text[/bold] :smile:\n", "utf-8"
    )
    return path


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_hostile_text_reaches_a_terminal_escaped(hostile: Path, form: str) -> None:
    status, sent = run_on_terminal("digest", hostile, "--show", "--format", form, NO_COLOR="1")
    assert status == 0
    assert "\\u{202e}" in sent
    assert [mark for mark in sent if _obeyed_or_hidden(mark) and mark != "\n"] == []
    assert "[bold]text[/bold] :smile:" in sent.replace("\n", "")


def test_hostile_text_reaches_a_pipe_escaped_as_text_and_whole_as_csv(hostile: Path) -> None:
    shown = call("digest", hostile, "--show").stdout
    assert [mark for mark in shown if _obeyed_or_hidden(mark) and mark != "\n"] == []
    assert "\u202egpj.exe" in call("digest", hostile, "--show", "--format", "csv").stdout


def test_a_hostile_file_name_and_a_hostile_word_are_reported_escaped(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\n\u202e.json"
    path.write_bytes(b"{")
    assert "a\\u{1b}[31m\\u{a}\\u{202e}.json:" in call("validate", path, code=1).stdout
    misspelt = (
        ["list", "x\x1b[31m"],
        ["x\x1b[31m"],
        ["show", "x\u202e"],
        ["list", "--x\x1b"],
        ["list", "--from", "\x9b"],
    )
    for words in misspelt:
        told = call(*words, code=1 if words[0] == "show" else 2).stderr
        assert [mark for mark in told if _obeyed_or_hidden(mark) and mark != "\n"] == [], words


def test_a_table_is_pretty_on_a_terminal_and_fits_it(world: Path) -> None:
    for columns in (80, 120):
        status, sent = run_on_terminal("list", "--data", world, columns=columns, NO_COLOR="1")
        assert status == 0
        assert "───" in sent
        assert max(map(cell_len, sent.split("\n"))) <= columns
        assert all(event.id in sent for event in small().events if event.withdrawn is None)
        assert {event.type for event in small().events if event.withdrawn is None} <= {*sent.split()}


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_table_is_pretty_on_a_terminal_of_another_encoding_too(encoding: str) -> None:
    status, sent = run_on_terminal(
        "list", "names", "--data", "2026.11.0", columns=300, PYTHONIOENCODING=encoding, NO_COLOR="1"
    )
    assert status == 0
    assert "---" in sent
    assert "Kurdish People\\u2019s" in sent
    assert "Traceback" not in sent


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_columns_of_a_plain_table_stand_under_each_other_in_another_encoding_too(encoding: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    with contextlib.redirect_stdout(stream):
        print_table(("name", "END"), [("الرقة", "END"), ("Raqqa", "END")])
    lines = stream.buffer.getvalue().decode(encoding).splitlines()  # type: ignore[attr-defined]
    assert len({len(line) for line in lines}) == 1


def test_a_table_too_wide_for_the_terminal_is_plain_and_whole(world: Path) -> None:
    sent = run_on_terminal("list", "--data", world, columns=40, NO_COLOR="1")[1]
    assert 'Northern Brigade takes the "mill district", it says' in sent


@pytest.mark.parametrize("command", [["codes", "grades"], ["show", "CD-0002", "--data"]])
def test_colour_is_sent_to_a_terminal_that_wants_it_and_nowhere_else(world: Path, command: list[str]) -> None:
    words = [*command, world] if command[-1] == "--data" else command
    assert "\x1b[" in run_on_terminal(*words)[1]
    assert "\x1b" not in run_on_terminal(*words, NO_COLOR="1")[1]
    assert "\x1b" not in run_on_terminal(*words, TERM="dumb")[1]
    assert "\x1b" not in call(*words).stdout


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"".join(b"{}\n" for _ in range(900)))
    assert "100%" in run_on_terminal("validate", path)[1]
    assert "%" not in call("validate", path, code=1).stderr


def test_progress_names_the_file_without_what_a_terminal_would_obey(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b]0;owned\x07\u202e.jsonl"
    path.write_bytes(b"".join(b"{}\n" for _ in range(2000)))
    sent = run_on_terminal("validate", path)[1]
    assert "a\\u{1b}]0;owned\\u{7}\\u{202e}.jsonl" in sent
    assert not any(mark in sent for mark in ("\x1b]0;", "\x07", "\u202e"))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1256"])
def test_what_the_terminals_encoding_lacks_is_shown_as_an_escape(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "text.txt"
    path.write_text("الرقة — Raqqa 漢\n", "utf-8")
    ended = run("digest", path, "--show", env=os.environ | {"PYTHONIOENCODING": encoding})
    assert ended.returncode == 0, ended.stderr
    assert b"\\u6f22" in ended.stdout
