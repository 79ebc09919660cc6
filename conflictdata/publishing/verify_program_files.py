"""Files of a release for other programs, made again and compared: the bytes, or else the tables that they hold."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import zip_longest
from typing import Any

from conflictdata.errors import MissingExtra
from conflictdata.extras import require
from conflictdata.findings import Code, Finding, not_as_released
from conflictdata.model import Records
from conflictdata.publishing.program_files import VIEWS, files_of_view, view_of
from conflictdata.release.archive import FileSet
from conflictdata.text import and_list


def verify_program_files(records: Records, files: FileSet) -> Iterator[Finding]:
    """Findings for files that hold other data than the records give, or that cannot be made here.

    A release has all of these files or none.
    """
    found = {view: [path for path in files.paths if view_of(path) == view] for view in VIEWS}
    for view, paths in found.items() if any(found.values()) else ():
        try:
            again = {path: b"".join(chunks) for path, chunks in files_of_view(records, view)}
        except MissingExtra as missing:
            yield not_rebuilt(files.label, paths or [view], str(missing))
            continue
        if paths and not again:
            yield not_rebuilt(files.label, paths, "this package does not carry it; use the wheel beside the release")
            continue
        for path in sorted({*paths, *again}):
            if path not in again:
                wrong = "no such file is built from the records"
            elif path not in paths:
                wrong = "the file is missing"
            elif not _same(path, b"".join(files.chunks(path)), again[path]):
                wrong = "other data is built from the records"
            else:
                continue
            yield not_as_released(f"{files.label}/{path}", Code.NOT_REPRODUCED, wrong)


def not_rebuilt(label: str, paths: Iterable[str], why: str) -> Finding:
    """The warning that names files that were not made again."""
    names = sorted(paths)
    were = "was" if len(names) == 1 else "were"
    return Finding(label, "", Code.NOT_REBUILT, f"{and_list(names)} {were} not built again: {why}")


def _same(path: str, one: bytes, other: bytes) -> bool:
    if one == other:
        return True
    if path.endswith(".parquet"):
        return _same_parquet(one, other)
    return path.endswith(".db") and _same_database(one, other)


def _same_parquet(one: bytes, other: bytes) -> bool:
    """Whether two files have the same columns, types, metadata and rows."""
    parquet = require("pyarrow.parquet")
    try:
        tables = [parquet.read_table(io.BytesIO(data)) for data in (one, other)]
        return bool(tables[0].equals(tables[1], check_metadata=True))
    except (require("pyarrow").ArrowException, OSError, ValueError):
        return False


def _same_database(one: bytes, other: bytes) -> bool:
    """Whether two databases have the same tables, indexes, views and rows, and an index of words that fits them."""
    try:
        return all(row == another for row, another in zip_longest(_content(one), _content(other)))
    except sqlite3.Error:
        return False


def _content(data: bytes) -> Iterator[tuple[Any, ...]]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        database.execute("PRAGMA trusted_schema = OFF")
        parts = database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        searches = [name for _, name, sql in parts if sql and sql.startswith("CREATE VIRTUAL TABLE")]
        for kind, name, sql in parts:
            # The tables behind an index of words are laid out by the version of SQLite.
            if not any(name.startswith(f"{search}_") for search in searches):
                yield kind, name, sql
        for kind, name, _ in parts:
            if name in searches:
                database.execute(f'INSERT INTO "{name}" ("{name}", rank) VALUES (\'integrity-check\', 1)')
            elif kind == "table" and not any(name.startswith(f"{search}_") for search in searches):
                yield from database.execute(f'SELECT * FROM "{name}"')
