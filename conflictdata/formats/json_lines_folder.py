"""A folder of JSON Lines, for data of any size: each file is validated by itself, several at a time."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from conflictdata.errors import ConflictDataError
from conflictdata.findings import Code, Finding, limited
from conflictdata.formats.json_lines import RecordIds, validate_lines_of
from conflictdata.text import named

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess


def validate_line_files(files: Iterable[Path], folder: str, *, jobs: int = 1) -> Iterator[Finding]:
    """The findings of each file in order, and each id that an earlier file has, with at most `jobs` processes.

    They do not depend on `jobs`. `ConflictDataError` if a process dies.
    """
    return limited(_findings(files, jobs), folder)


def _findings(files: Iterable[Path], jobs: int) -> Iterator[Finding]:
    known = RecordIds()
    for file, findings, ids in _validated(files, jobs):
        yield from findings
        for record_id in known.shared(ids):
            message = f"{record_id} is also the id of a record in an earlier file; change or delete one of them"
            yield Finding(file, "", Code.DUPLICATE_ID, message)
        known.update(ids)


_Validated = tuple[str, list[Finding], RecordIds]


def _validated(files: Iterable[Path], jobs: int) -> Iterator[_Validated]:
    """Name, findings and ids of each file, in order."""
    if jobs == 1:
        yield from map(_validate, files)
        return
    import multiprocessing

    # Plain processes, one a file: the pools of the standard library may wait without end after a process has died.
    fresh = multiprocessing.get_context("spawn")  # a copy of a process with threads, such as polars has, may hang
    left = iter(files)
    running: deque[tuple[Path, BaseProcess, Connection]] = deque()

    def start_next() -> None:
        for path in islice(left, 1):
            receiver, sender = fresh.Pipe(duplex=False)
            process = fresh.Process(target=_send, args=(path, sender), daemon=True)
            process.start()
            sender.close()  # so that the connection ends when the process does
            running.append((path, process, receiver))

    try:
        for _ in range(jobs):
            start_next()
        while running:
            path, process, receiver = running[0]
            try:
                found: _Validated = receiver.recv()
            except EOFError:
                message = f"the process that validated {named(path)} ended, perhaps because there was too little memory"
                raise ConflictDataError(f"{message}; validate again with fewer --jobs") from None
            running.popleft()
            process.join()
            start_next()
            yield found
    finally:
        for _, process, _ in running:
            process.terminate()


def _send(path: Path, sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupt ends it without a traceback
    sender.send(_validate(path))


def _validate(path: Path) -> _Validated:
    ids = RecordIds()
    return named(path), [*validate_lines_of(path, ids)], ids
