"""What is on standard input, as a file."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click

_LONGEST_LINE = 1 << 21


class _StandardInput(type(Path())):  # type: ignore[misc]
    """The file that holds standard input; messages name it so, and not by its temporary path."""

    def __fspath__(self) -> str:
        return str(Path.__str__(self))

    def __str__(self) -> str:
        return "standard input"


def standard_input(ctx: click.Context | None) -> Path:
    """What is on standard input as a file with an ending by its content; it is there as long as the command runs."""
    folder = Path(tempfile.mkdtemp(prefix="conflictdata-"))
    if ctx is not None:
        ctx.call_on_close(lambda: shutil.rmtree(folder, ignore_errors=True))
    held = folder / "standard-input"
    with held.open("wb") as stream:
        shutil.copyfileobj(sys.stdin.buffer, stream)
    with held.open("rb") as stream:
        first, more = stream.readline(_LONGEST_LINE), stream.readline(_LONGEST_LINE)
    kind = ".zip" if first.startswith(b"PK\x03\x04") else ".json" if first.lstrip()[:1] in (b"", b"{", b"[") else ".csv"
    if kind == ".json" and first.rstrip().endswith(b"}") and more.lstrip().startswith(b"{"):
        kind = ".jsonl"
    return _StandardInput(held.rename(held.with_suffix(kind)))
