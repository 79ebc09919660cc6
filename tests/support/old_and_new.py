"""Files and folders as they are before and after something is written, and a write that fails."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from conflictdata.atomic import write_bytes

OLD = b"old\n" * 1000
NEW = b"new\n" * 300_000  # more than one buffer
OLD_FOLDER = {"a.csv": b"old a", "deep/er/b.csv": b"old b"}
NEW_FOLDER = {"a.csv": b"new a" * 100_000, "deep/er/b.csv": b"new b", "deep/c.csv": b"new c"}


def content(path: Path) -> bytes | dict[str, bytes] | None:
    if path.is_dir():
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}
    return path.read_bytes() if path.exists() else None


def put(path: Path, what: bytes | dict[str, bytes] | None) -> None:
    if isinstance(what, bytes):
        path.write_bytes(what)
    elif what is not None:
        path.mkdir()
        for name, data in what.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(data)


def failing(error: BaseException) -> Iterator[bytes]:
    yield NEW
    raise error


def write_new(path: Path) -> None:
    write_bytes(path, NEW, replace=False)


def write_new_where_no_file_has_two_names(path: Path) -> None:
    def refuse(*_: object):
        raise OSError(errno.EPERM, "Operation not permitted")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "link", refuse)
        write_new(path)
