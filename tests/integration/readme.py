"""The README's examples, run: `python -m tests.integration.readme` writes what they print into it.

They are run on the release that the README names, so that new records alone change nothing in it. Before the next
release is built, `python -m tests.integration.readme 2026.12.0 2026-12-01` runs them on the records as that release,
which the README names from then on.
"""

from __future__ import annotations

import code
import contextlib
import datetime as dt
import io
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

import conflictdata
from conflictdata import loading
from conflictdata.cli import main
from conflictdata.model import Release
from conflictdata.model.codes import ReleaseStage

README = Path(__file__).parents[2] / "README.md"


@contextlib.contextmanager
def carrying(text: str, version: str | None = None, date: str | None = None) -> Iterator[None]:
    """The package as if it carried the release that a README names, or one to come; else it carries what it does."""
    named = re.search(r"<conflictdata, release (\S+) ", text)
    with patch("conflictdata.loading.__version__", version or (named[1] if named else conflictdata.__version__)):
        records = loading.load_bundled()  # which each command would load again
        if version is not None and date is not None:
            release = Release(version=version, date=dt.date.fromisoformat(date), stage=ReleaseStage.FINAL)
            records = replace(records, release=release)
        with patch("conflictdata.loading.load_bundled", lambda: records):
            yield


def rewritten(text: str) -> str:
    """The README with every output as it is now."""
    text = re.sub(r"(```console\n)(.*?)(```)", lambda m: m[1] + console(m[2]) + m[3], text, flags=re.DOTALL)
    interpreter = code.InteractiveConsole()
    return re.sub(r"(```pycon\n)(.*?)(```)", lambda m: m[1] + session(interpreter, m[2]) + m[3], text, flags=re.DOTALL)


def console(block: str) -> str:
    """A block of commands, each with what it prints on stdout."""
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{printed(command)}" for command in commands)


def printed(command: str) -> str:
    """What a command prints on stdout, without blanks at the ends of its lines."""
    result = CliRunner().invoke(main, shlex.split(command)[1:], catch_exceptions=False)
    assert result.exit_code == 0, command
    return "".join(f"{line.rstrip()}\n" for line in result.stdout.splitlines())


def session(interpreter: code.InteractiveConsole, block: str) -> str:
    """A block of Python typed line by line, each statement with what it prints."""
    typed: list[str] = []
    going_on = False  # an output line may begin with dots too; what is typed follows a typed line directly
    for line in block.splitlines():
        going_on = line.startswith(">>> ") or (going_on and line.startswith("... "))
        if going_on:
            typed.append(line)
    lines: list[str] = []
    for number, line in enumerate(typed):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            more = interpreter.push(line[4:])
            if more and not (number + 1 < len(typed) and typed[number + 1].startswith("... ")):
                interpreter.push("")
        lines += [line, *(shown.rstrip() for shown in out.getvalue().splitlines())]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    before = README.read_text(encoding="utf-8")
    with carrying(before, *sys.argv[1:]):
        README.write_text(rewritten(before), encoding="utf-8")
