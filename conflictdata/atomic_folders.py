"""Folders written atomically."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from conflictdata.atomic import (
    as_cannot_write,
    check_within,
    flush,
    is_taken,
    move_file,
    real_path,
    temporary_beside,
)
from conflictdata.errors import AlreadyExists, CannotWrite


def write_folder(
    path: Path,
    files: Mapping[str, bytes | Iterable[bytes]],
    *,
    replace: bool,
    within: Path | None = None,
) -> None:
    """Write a folder of `files`, by relative POSIX path, to `path` atomically.

    An existing folder raises `AlreadyExists` unless `replace`. Even then it is replaced only if it holds nothing but
    files of the same names, so that no other file is lost.
    """
    names = _plain_paths(files)
    with as_cannot_write(path):
        target = real_path(path)
        check_within(path, target, within)
        _check_replaceable(path, target, names, replace=replace)
        stage = temporary_beside(target, "")
        try:
            stage.mkdir()
            for name, content in files.items():
                with _new_file(stage / name) as stream:
                    stream.writelines([content] if isinstance(content, bytes) else content)
            while not _moved(stage, target, path, names, "", replace=replace):
                pass  # another program put its folder there in between
        finally:
            _remove(stage)


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A stream to a new file in a hidden folder; when the block ends, its bytes are on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:
        yield stream
        flush(stream)


class Unfinished:
    """A hidden folder in the folder `within`: files are made there, and moved out once all are whole.

    What was not moved is removed when the block ends. If a step fails, `CannotWrite` gives the reason and names
    `within` or the place that was moved to. `mark` becomes part of the hidden name.
    """

    def __init__(self, within: Path, mark: str) -> None:
        self.folder = temporary_beside(within / "any", mark)
        self._within, self._mark = within, mark

    def __enter__(self) -> Unfinished:
        with as_cannot_write(self._within):
            self.folder.mkdir()
        return self

    def __exit__(self, *raised: object) -> None:
        _remove(self.folder)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A stream to a new file, by its relative POSIX path in the hidden folder."""
        _plain_paths([name])
        with as_cannot_write(self._within), _new_file(self.folder / name) as stream:
            yield stream

    def move_file(self, name: str, path: Path, *, replace: bool) -> None:
        """Move one of its files to `path`, as `write_bytes` would write it there."""
        move_file(self.folder / name, path, replace=replace, within=self._within)

    def move_folder(self, name: str, path: Path, *, replace: bool) -> None:
        """Move one of its folders to `path`, as `write_folder` would write it there."""
        stage = self.folder / name
        names = [each.relative_to(stage).as_posix() for each in stage.rglob("*") if each.is_file()]
        with as_cannot_write(path):
            target = real_path(path)
            check_within(path, target, self._within)
            while not _moved(stage, target, path, names, self._mark, replace=replace):
                pass  # another program put its folder there in between


def _check_replaceable(path: Path, target: Path, names: list[str], *, replace: bool) -> int | None:
    """The mode of the folder that is to be replaced, None if there is none; raises if it must stay."""
    while (seen := _identity(target)) is not None:
        if not replace:
            raise AlreadyExists(path)
        try:
            return _mode_of_folder(path, target, names)
        except (CannotWrite, FileNotFoundError):
            if _identity(target) == seen:
                raise
            # Another program has just put its own folder there: look at that one.
    return None


def _identity(target: Path) -> tuple[int, int] | None:
    """What tells a file or folder from another of the same name; None where there is none."""
    try:
        found = target.lstat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _moved(stage: Path, target: Path, path: Path, names: list[str], mark: str, *, replace: bool) -> bool:
    """Move a folder to its place; False if another program moved its own there at the same time."""
    mode = _check_replaceable(path, target, names, replace=replace)
    old = temporary_beside(target, mark)
    if mode is not None:
        stage.chmod(mode)
        try:
            target.rename(old)
        except FileNotFoundError:
            return False
    try:
        stage.rename(target)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST) or is_taken(target):
            return False
        if mode is not None:
            old.rename(target)
        raise
    finally:
        _remove(old)
    return True


def _remove(folder: Path) -> None:
    import shutil  # which imports every kind of compression

    shutil.rmtree(folder, ignore_errors=True)


def _mode_of_folder(path: Path, target: Path, names: list[str]) -> int:
    """The permissions to keep; raises if the target is not a folder, or holds anything that is not in `names`."""
    if not target.is_dir():
        raise CannotWrite(path, "it is not a folder; choose another name")
    if not os.access(target, os.W_OK):
        raise CannotWrite(path, "it is read-only; choose another name")
    folders = {str(parent) for name in names for parent in PurePosixPath(name).parents}
    for inner in target.rglob("*"):
        member = inner.relative_to(target).as_posix()
        expected = inner.is_file() if member in names else inner.is_dir() and member in folders
        if inner.is_symlink() or not expected:
            raise CannotWrite(path, f"it holds {member}, which would be lost; choose a new or empty folder")
    return stat.S_IMODE(target.stat().st_mode)


def _plain_paths(files: Iterable[str]) -> list[str]:
    """The names as plain relative POSIX paths; any other name raises `ValueError`."""
    names = [*files]
    for name in names:
        if not name or "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in name.split("/")):
            raise ValueError(f"{name!r} is not a plain relative path")
    return names
