"""A folder of JSON Lines, for data of any size: each file is validated by itself, several at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from conflictdata.errors import ConflictDataError
from conflictdata.findings import Code, Finding, limited
from conflictdata.formats.json_lines import RecordIds, validate_lines_of
from conflictdata.text import named

_SUFFIX = ".jsonl"


def line_files(folder: Path) -> list[Path]:
    """The files of a folder that holds JSON Lines and nothing else, in order of name; none for any other folder."""
    try:
        entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
    return entries if all(path.name.endswith(_SUFFIX) for path in entries) else []


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
    import signal
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    others = set(multiprocessing.active_children())
    # Whoever interrupts the command ends these processes with it, without a traceback from each.
    on_interrupt = (signal.SIGINT, signal.SIG_DFL)
    fresh = multiprocessing.get_context("spawn")  # a copy of a process with threads, such as polars has, may hang
    pool = ProcessPoolExecutor(jobs, fresh, initializer=signal.signal, initargs=on_interrupt)
    try:
        yield from pool.map(_validate, files)
    except BrokenProcessPool:
        told = "a process that validated a file ended, perhaps because there was too little memory"
        raise ConflictDataError(f"{told}; validate again with fewer --jobs") from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - others:  # whose files nobody asks about any more
            process.terminate()


def _validate(path: Path) -> _Validated:
    ids = RecordIds()
    return named(path), [*validate_lines_of(path, ids)], ids
