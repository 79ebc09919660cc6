"""The command line in a process of its own: what it prints, how it ends, and what it takes."""

from __future__ import annotations

import importlib
import os
import pkgutil
import resource
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

import click

import conflictdata
from tests.support.calling import PROGRAM

UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts memory."""


@dataclass(frozen=True)
class Ended:
    """A process that has ended; `seconds` are of processor time, `held` the most bytes that it had in memory."""

    status: int
    out: bytes
    err: bytes
    seconds: float
    held: int


Run = Callable[[Sequence[str], Path, Mapping[str, str]], Ended]


def fresh(words: Sequence[str], home: Path, env: Mapping[str, str]) -> Ended:
    """The program started anew, as a shell starts it."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            [*PROGRAM, *words], cwd=home, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=os.environ | env
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return _ended(process.returncode, out, err, usage)


def forked(words: Sequence[str], home: Path, env: Mapping[str, str]) -> Ended:
    """A child of this process, in which the program is loaded already; it saves the quarter of a second of a start."""
    main = _loaded()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            status = 70
            try:
                os.chdir(home)
                os.environ.update(env)
                for number, stream in enumerate((open(os.devnull, "rb"), out, err)):  # noqa: SIM115, PTH123
                    os.dup2(stream.fileno(), number)
                status = _status(lambda: main(list(words), prog_name="conflictdata"))
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(status)
        _, status, usage = os.wait4(child, 0)
        return _ended(os.waitstatus_to_exitcode(status), out, err, usage)


@cache
def _loaded() -> click.Command:
    """The command line, with every module of the package imported."""
    for module in pkgutil.walk_packages(conflictdata.__path__, "conflictdata."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from conflictdata.cli import main

    return main


def _status(run: Callable[[], object]) -> int:
    """The exit status that the interpreter would end with."""
    try:
        run()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _ended(status: int, out: IO[bytes], err: IO[bytes], usage: resource.struct_rusage) -> Ended:
    return Ended(status, _read(out), _read(err), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * UNIT)


def _read(stream: IO[Any]) -> bytes:
    stream.seek(0)
    content: bytes = stream.read()
    return content
