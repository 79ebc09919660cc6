"""Whatever is asked, and however it ends: an exit status, at most a sentence, and never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.canonical import dump_line
from conflictdata.cli import COMMANDS, main
from tests.support.builders import claim, event
from tests.support.calling import PROGRAM, ROOT, call, run
from tests.support.effort import effort
from tests.support.exported import written
from tests.support.small import small

WORDS = [
    *("CD-0001", "CD-0001#c1", "CD-9999", "ypg", "raqqa", "long-war-journal-2015-06-24", "events", "event", "killed"),
    *(
        "acled",
        "json",
        "grades",
        "bundle",
        "x",
        "",
        "-",
        "--",
        ".",
        "..",
        "/",
        "/dev/null",
        "no/such/path",
        "2017-06-06",
    ),
    *(
        "2017-02-30",
        "--on",
        "--by",
        "--texts",
        "--data",
        "--format",
        "csv",
        "--columns",
        "id",
        "--actor",
        "--from",
        "--to",
    ),
    *(
        "--exact",
        "--check",
        "--evidence",
        "a:1",
        "--help",
        "--vague",
        "--as-of",
        "--about",
        "0",
        "-1",
        "1e9",
    ),
    *("\x1b[31m", "\u202e", "\udcff", "a" * 5000, "*", "%s", "{0}", "[red]"),
]
"""Words that mean something somewhere; none that writes."""

ANY = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=20)  # what a system can pass to a program


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small dataset as a file."""
    path = tmp_path_factory.mktemp("world") / "dataset.json"
    path.write_bytes(written("json", small()))
    return path


def test_a_reader_that_goes_away_ends_it_quietly(world: Path) -> None:
    for command in (["list"], ["export", "json"], ["show", "CD-0002"]):
        words = [*command, "--data", world]
        process = subprocess.Popen([*PROGRAM, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        told = process.stderr.read()
        process.stderr.close()
        assert process.wait() in (1, 141), (words, told)
        assert told == b"", words


PRINTING = (["codes", "grades"], ["digest", "README.md"], ["--help"], ["--version"], ["list", "-h"])


@pytest.fixture
def full() -> Iterator[BinaryIO]:
    """A stream that takes nothing."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    with Path("/dev/full").open("wb") as stream:
        yield stream


@pytest.mark.parametrize(("words", "unbuffered"), [*((words, "") for words in PRINTING), (PRINTING[0], "1")])
def test_a_full_disk_behind_stdout_is_reported(full: BinaryIO, words: list[str], unbuffered: str) -> None:
    env = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    ended = subprocess.run([*PROGRAM, *words], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, env=env)
    assert ended.returncode == 1
    assert ended.stderr == b"error: cannot write standard output: No space left on device\n"


CLOSING = "import os, sys; os.close(int(sys.argv[1])); os.execv(sys.argv[2], sys.argv[2:])"


@pytest.mark.parametrize(("words", "code"), [(["codes", "grades"], 0), (["--help"], 0), (["nosuch"], 2)])
def test_what_is_printed_into_a_closed_stream_goes_nowhere(words: list[str], code: int) -> None:
    for closed in ("1", "2"):
        ended = subprocess.run([sys.executable, "-c", CLOSING, closed, *PROGRAM, *words], cwd=ROOT, capture_output=True)
        assert ended.returncode == code, ended.stderr
        assert (ended.stdout == b"") == (closed == "1" or code == 2)
        assert (ended.stderr == b"") == (closed == "2" or code == 0)


def _at_work(tmp_path: Path) -> subprocess.Popen[bytes]:
    """A command that would run for long, after its first line."""
    lines = tmp_path / "events.jsonl"
    good = dump_line(event(1, [claim(1)]))
    lines.write_bytes(b"{}\n" + b"".join(good.replace(b"CD-0001", b"CD-%07d" % n) for n in range(1000000, 1060000)))
    process = subprocess.Popen([*PROGRAM, "validate", lines], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_and_a_signal_to_end_end_it_without_a_traceback(tmp_path: Path, number: int) -> None:
    process = _at_work(tmp_path)
    process.send_signal(number)
    _, told = process.communicate(timeout=30)
    assert process.returncode != 0
    assert b"Traceback" not in told


def test_a_signal_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does it
    try:
        process = _at_work(tmp_path)
    finally:
        signal.signal(signal.SIGHUP, before)
    process.send_signal(signal.SIGHUP)  # which would be the first of the two to end it
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM


STOPPED = """
import os, signal, sys
left, number = int(sys.argv[1]), int(sys.argv[2])
def around(call):
    def stopping(*args, **kwargs):
        global left
        done = call(*args, **kwargs)
        left -= 1
        if left == 0:
            sys.stderr.write(call.__name__)
            os.kill(os.getpid(), number)
            os.kill(os.getpid(), signal.SIGTERM)  # in haste
        return done
    return stopping
from conflictdata.cli import main
import conflictdata.atomic, conflictdata.formats.json_document
for name in ("open", "write", "fsync", "replace"):
    setattr(os, name, around(getattr(os, name)))
main(["export", "jsonl", "--data", sys.argv[4], "-o", sys.argv[3]])
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.slow)])
def test_a_signal_to_end_while_a_file_is_written_leaves_nothing_beside_it(
    tmp_path: Path, world: Path, number: int
) -> None:
    stopped_at = set()
    for at in range(1, 50):
        words = [str(at), str(int(number)), tmp_path / "out", world]
        ended = subprocess.run([sys.executable, "-c", STOPPED, *words], cwd=ROOT, capture_output=True)
        assert {path.name for path in tmp_path.iterdir()} <= {"out"}
        assert b"Traceback" not in ended.stderr
        if ended.returncode == 0:
            break
        assert ended.returncode == 128 + number, ended.stderr
        stopped_at.add(ended.stderr.decode())
    assert ended.returncode == 0
    assert stopped_at >= {"open", "fsync", "replace"}


def test_an_interrupt_while_the_program_starts_ends_it_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n", "utf-8")
    started = "from conflictdata.__main__ import main; main()"
    env = os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    ended = subprocess.run([sys.executable, "-c", started], cwd=tmp_path, env=env, capture_output=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


def test_the_package_itself_is_the_program() -> None:
    ended = subprocess.run([sys.executable, "-m", "conflictdata", "nosuch"], cwd=ROOT, capture_output=True)
    assert ended.returncode == 2
    assert b"conflictdata --help" in ended.stderr


def test_a_script_for_a_shell_that_cannot_be_printed_is_reported(full: BinaryIO) -> None:
    env = os.environ | {"_CONFLICTDATA_COMPLETE": "bash_source"}
    ended = subprocess.run(PROGRAM, cwd=ROOT, env=env, stdout=full, stderr=subprocess.PIPE)
    assert (ended.returncode, ended.stderr.count(b"\n")) == (1, 1)


def test_a_file_whose_name_is_not_text_is_named_all_the_same(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.json"
    try:
        with open(name, "wb") as stream:  # noqa: PTH123 - a name in bytes
            stream.write(b"{")
    except OSError:  # a file system that has no such names has no such trouble
        return
    ended = subprocess.run([*PROGRAM, "validate", name], cwd=ROOT, capture_output=True)
    assert ended.returncode == 1
    assert b"json-syntax" in ended.stdout
    assert b"Traceback" not in ended.stderr


def test_paths_that_loop_or_are_too_long_or_are_of_another_sort_are_reported(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    os.mkfifo(tmp_path / "fifo")
    for path in (loop, tmp_path / ("a" * 300)):
        call("validate", path, code=2)
        call("list", "--data", path, code=2)
    for path in (loop, tmp_path / ("a" * 300)):
        told = call("export", "csv", "-o", path, code=1).stderr
        assert told.count("\n") == 1
    call("validate", tmp_path / "fifo", code=1)
    call("digest", tmp_path / "fifo", code=1)


def test_archives_that_are_none_are_reported(tmp_path: Path) -> None:
    for name, content in (("x.zip", b"PK\x03\x04"), ("y.zip", b""), ("z.json", b"\x1f\x8b"), ("w.jsonl", b"\xff\n")):
        (tmp_path / name).write_bytes(content)
        assert "error: " in call("list", "--data", tmp_path / name, code=1).stderr
        call("validate", tmp_path / name, code=1)


def test_a_release_that_is_not_at_hand_is_reported() -> None:
    assert "2024.1.0" in call("list", "--data", "2024.1.0", code=1).stderr


@effort(2)
@given(
    st.sampled_from(sorted({*COMMANDS} - {"browse", "format", "new", "get", "release"})),
    st.lists(st.sampled_from(WORDS) | ANY, max_size=4),
)
@pytest.mark.usefixtures("installed_sample")
def test_no_words_give_a_traceback(command: str, words: list[str]) -> None:
    from click.testing import CliRunner

    # Nothing is written where no option says where to.
    harmless = [word for word in words if not word.startswith(("-o", "--o", "--sk", "--sa"))]
    result = CliRunner().invoke(main, [command, *harmless])
    assert result.exit_code in (0, 1, 2), words
    assert result.exception is None or isinstance(result.exception, SystemExit), words
    if result.exit_code:
        assert result.stderr or result.stdout


def test_a_bug_still_shows_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("conflictdata.load", fail)
    with pytest.raises(RuntimeError, match="a bug"):
        main(["list"], standalone_mode=False)


def test_exit_statuses_are_the_promised_ones() -> None:
    call("list")
    assert run("show", "x").returncode == 1
    assert run("list", "--from", "x").returncode == 2
    assert run().returncode in (0, 2)  # help, which click counts as misuse from 8.2 on
    assert isinstance(main, click.Group)
