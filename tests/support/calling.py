"""Calling the command line: within this process, as a program of its own, and before a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from conflictdata.canonical.dump import dump
from conflictdata.cli import main
from conflictdata.model import Records

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-c", "from conflictdata.cli import main; main(prog_name='conflictdata')"]


def write_records(folder: Path, records: Records) -> None:
    """A folder of the records, each as its own file in the one spelling."""
    for name in ("sources", "actors", "places", "events"):
        (folder / name).mkdir(parents=True)
        for record in getattr(records, name):
            (folder / name / f"{record.id}.json").write_bytes(dump(record.to_object()))


def call(*words: object, code: int = 0) -> Result:
    """What the command prints; it has to end with the exit status `code` and by no exception of its own."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, (words, result.stdout, result.stderr)
    return result


def check_jsonschema(*words: object) -> Result:
    """What the program check-jsonschema says, within this process."""
    from check_jsonschema import main as program

    return CliRunner().invoke(program, [str(word) for word in words])


def run(*words: object, **more: object) -> subprocess.CompletedProcess[bytes]:
    """The program with these words, in a process of its own."""
    return subprocess.run([*PROGRAM, *map(str, words)], cwd=ROOT, capture_output=True, timeout=60, **more)  # type: ignore[call-overload, no-any-return]


def run_on_terminal(*words: object, columns: int = 100, **env: str) -> tuple[int, str]:
    """The exit status, and all that a terminal of so many columns is sent."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        [*PROGRAM, *map(str, words)], cwd=ROOT, stdout=theirs, stderr=theirs, env=plain | {"TERM": "xterm"} | env
    )
    os.close(theirs)
    sent = b""
    while True:
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        sent += piece
    os.close(ours)
    return process.wait(), sent.decode().replace("\r\n", "\n")
