"""How far long work has come: on stderr, and only where a person reads it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from conflictdata.cli.terminal import escape


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """The file, opened; where stderr is a terminal, a bar shows how much of it has been read."""
    with path.open("rb") as stream:
        if sys.stderr is None or not sys.stderr.isatty():
            yield stream
            return
        with click.progressbar(length=path.stat().st_size, label=escape(path.name), file=sys.stderr) as bar:
            yield _Watched(stream, bar.update)  # type: ignore[misc]  # a stream of which only lines are asked


class _Watched:
    """Lines of a stream, with `told` how many bytes each had."""

    def __init__(self, stream: BinaryIO, told: Callable[[int], None]) -> None:
        self._stream = stream
        self._told = told

    def readline(self, limit: int = -1) -> bytes:
        """The next line."""
        line = self._stream.readline(limit)
        self._told(len(line))
        return line
