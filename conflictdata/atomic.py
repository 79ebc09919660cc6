"""Files and folders written atomically, and what lies at a path, asked without an exception."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from conflictdata.errors import AlreadyExists, CannotWrite


def is_file(path: Path) -> bool:
    """Whether a plain file lies there, or a link to one."""
    return os.path.isfile(path)  # noqa: PTH113 - pathlib raises what this calls False


def is_folder(path: Path) -> bool:
    """Whether a folder lies there, or a link to one."""
    return os.path.isdir(path)  # noqa: PTH112 - pathlib raises what this calls False


def is_taken(path: Path) -> bool:
    """Whether anything has the name already, a link to nothing included."""
    return os.path.lexists(path)


if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_BUFFER = 1 << 18
_LINKLESS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""What file systems answer, such as those of memory cards, on which a file cannot have two names."""
_KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a named pipe"),
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
)


def write_bytes(path: Path, content: bytes | Iterable[bytes], *, replace: bool = True, mark: str = "") -> None:
    """Put `content` at `path`, whole or not at all; `CannotWrite` says what prevents it.

    Unless `replace`, whatever has that name, a link to nothing included, is left alone: `AlreadyExists`. The `mark` is
    in the hidden name, so that whoever has to clear up knows his own.
    """
    with open_atomic(path, replace=replace, mark=mark) as stream:
        _write_all(stream, content)


@contextmanager
def open_atomic(path: Path, *, replace: bool = True, mark: str = "") -> Iterator[BinaryIO]:
    """A stream whose bytes stand at `path` once the block ends, and nowhere if it raises.

    A file that is replaced keeps its mode; unless `replace`, `AlreadyExists` says that something has that name.
    """
    with _telling(path):
        mode = _mode_of_file(path) if replace else None
        target = real_path(path) if replace else real_path(path.parent) / path.name
        if not replace and os.path.lexists(target):
            raise AlreadyExists(path)
    temporary = _hidden_beside(target, mark)
    try:
        with _new_file(temporary, path) as stream:
            yield stream
        with _telling(path):
            if mode is not None:
                temporary.chmod(mode)
            if replace:
                os.replace(temporary, target)  # noqa: PTH105 - the name that the fault tests intercept
            else:
                _link_to_new(temporary, target, path)
            _sync_folder(target.parent)
    finally:
        with suppress(OSError):  # after the rename there is nothing left to remove
            temporary.unlink()


def check_writable(path: Path) -> None:
    """Refuse now what `write_bytes` would refuse to replace or to make; what it has no room for is told only then."""
    with _telling(path):
        _mode_of_file(path)
    parent = real_path(path).parent
    if not is_folder(parent):
        raise CannotWrite(path, f"there is no folder {parent}")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise CannotWrite(path, f"the folder {parent} is read-only")


def write_folder(path: Path, files: Mapping[str, bytes | Iterable[bytes]], *, replace: bool, mark: str = "") -> None:
    """Put a folder of `files`, keyed by relative POSIX path, at `path`, whole or not at all.

    A folder that exists is refused (`AlreadyExists`) unless `replace`; and even then it is replaced only if all that it
    holds are files of the same names, so that a stranger's file is never lost. On Linux the two folders change places
    in one step; elsewhere a kill between two renames can leave the old one under its hidden name.
    """
    folders = _folders_of(files)
    with _telling(path):
        target = real_path(path)
        mode = _mode_of_folder(path, target, files, folders) if os.path.lexists(target) and replace else None
        if mode is None and os.path.lexists(target):
            raise AlreadyExists(path)
    stage = _hidden_beside(target, mark)
    try:
        with _telling(path):
            for folder in [stage, *(stage / name for name in folders)]:
                folder.mkdir()
        for name, content in files.items():
            with _new_file(stage / name, path / name) as stream:
                _write_all(stream, content)
        with _telling(path):
            for folder in [*(stage / name for name in folders), stage]:
                _sync_folder(folder)
            if mode is None:
                _rename_to_new(stage, target, path)
            else:
                stage.chmod(mode)
                _exchange(stage, target)
            _sync_folder(target.parent)
    finally:
        _remove(stage, files, folders)  # what was staged, if it came to nothing; else the folder that it replaced


def real_path(path: Path) -> Path:
    """The path without links and dots; `CannotWrite` where not even the working folder is known."""
    with _telling(path):
        return Path(os.path.realpath(path))


class _Unfinished(io.FileIO):
    """A file being written: a failed write is told as `CannotWrite`, and once abandoned it swallows what is left."""

    def __init__(self, descriptor: int, path: Path) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self.path = path
        self.abandoned = False

    def write(self, chunk: ReadableBuffer) -> int:
        # An abandoned stream is still closed by its buffer, which must not fail a second time over the first error.
        if self.abandoned:
            return memoryview(chunk).nbytes
        with _telling(self.path):
            return os.write(self.fileno(), chunk)


@contextmanager
def _new_file(where: Path, told_as: Path) -> Iterator[BinaryIO]:
    """A stream into the new file `where`, on the disk when the block ends."""
    with _telling(told_as):
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(where, flags, 0o666)
    try:
        raw = _Unfinished(descriptor, told_as)
        stream = io.BufferedWriter(raw, _BUFFER)
        try:
            yield stream
            if not stream.closed:  # a text layer over it may have closed it, which flushes
                stream.flush()
            with _telling(told_as):
                os.fsync(descriptor)
        except BaseException:
            raw.abandoned = True
            raise
        finally:
            stream.close()
    finally:
        with _telling(told_as):
            os.close(descriptor)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Tell what the operating system refuses as `CannotWrite`."""
    try:
        yield
    except OSError as error:
        homeless = isinstance(error, FileNotFoundError) and not path.parent.is_dir()
        reason = f"there is no folder {path.parent}" if homeless else error.strerror or str(error)
        raise CannotWrite(path, reason) from error
    except ValueError as error:  # a NUL or an unpaired surrogate in the name
        raise CannotWrite(path, f"its name cannot be a file name ({error})") from error


def _write_all(stream: BinaryIO, content: bytes | Iterable[bytes]) -> None:
    for chunk in [content] if isinstance(content, bytes) else content:
        stream.write(chunk)


def _hidden_beside(target: Path, mark: str = "") -> Path:
    """A new hidden name in the folder of `target`, short whatever the length of the target's own."""
    return target.with_name(f".conflictdata-{mark}{os.urandom(8).hex()}.tmp")


def _mode_of_file(path: Path) -> int | None:
    """The permissions to keep, or None for a new file; refuses what is not a regular file or is read-only."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    for is_kind, reason in _KINDS:
        if is_kind(status.st_mode):
            raise CannotWrite(path, reason)
    if not os.access(path, os.W_OK):  # a rename would not mind, but whoever made the file read-only would
        raise CannotWrite(path, "it is read-only")
    return stat.S_IMODE(status.st_mode)


def _mode_of_folder(path: Path, target: Path, files: Mapping[str, object], folders: list[str]) -> int:
    """The permissions to keep; refuses what is not a folder, or holds anything that `files` does not name."""
    if not target.is_dir():
        raise CannotWrite(path, "it is not a folder")
    if not os.access(target, os.W_OK):
        raise CannotWrite(path, "it is read-only")
    for parent, inner_folders, inner_files in os.walk(target, onerror=_raise):
        below = Path(parent).relative_to(target)
        for name in inner_folders + inner_files:
            member = (below / name).as_posix()
            status = (target / member).lstat()
            known = stat.S_ISREG(status.st_mode) if member in files else stat.S_ISDIR(status.st_mode)
            if not known or member not in {*files, *folders}:
                raise CannotWrite(path, f"it holds {member}, which is not among the files to write")
    return stat.S_IMODE(target.stat().st_mode)


def _raise(error: OSError) -> None:
    raise error


def _folders_of(files: Iterable[str]) -> list[str]:
    """The folders that `files` need, parents first; a name that is no plain relative POSIX path is a `ValueError`."""
    names = set(files)
    for name in names:
        if not name or "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in name.split("/")):
            raise ValueError(f"{name!r} is not a plain relative path")
    folders = {str(parent) for name in names for parent in PurePosixPath(name).parents} - {"."}
    if clash := folders & names:
        raise ValueError(f"{min(clash)!r} cannot be both a file and a folder")
    return sorted(folders)


def _link_to_new(temporary: Path, target: Path, path: Path) -> None:
    """Give a file its name where nothing had it a moment ago; whoever got there first is left alone."""
    try:
        os.link(temporary, target)
    except FileExistsError as error:
        raise AlreadyExists(path) from error
    except OSError as error:
        if error.errno not in _LINKLESS:
            raise
        if os.path.lexists(target):
            raise AlreadyExists(path) from error
        # Where a file has one name only, one who is quicker by less than the time between these lines is overwritten.
        os.replace(temporary, target)  # noqa: PTH105


def _rename_to_new(stage: Path, target: Path, path: Path) -> None:
    """Rename into place where nothing stood a moment ago; whoever got there first is left alone."""
    try:
        stage.rename(target)
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY):
            raise AlreadyExists(path) from error
        raise


def _exchange(stage: Path, target: Path) -> None:
    """Let two folders change places: in one step where the system can, else by renames, undone if they fail."""
    if sys.platform == "linux":
        import ctypes

        at_working_folder, exchange = -100, 2
        renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
        names = os.fsencode(stage), os.fsencode(target)
        if renameat2 and renameat2(at_working_folder, names[0], at_working_folder, names[1], exchange) == 0:
            return
    aside = _hidden_beside(target)
    try:
        target.rename(aside)
        stage.rename(target)
        aside.rename(stage)
    except BaseException:
        if not target.exists():
            aside.rename(target)
        elif aside.exists():
            aside.rename(stage)
        raise


def _remove(folder: Path, files: Iterable[str], folders: list[str]) -> None:
    """Remove a folder and the named files in it, and nothing else: an unknown file keeps its folder."""
    for name in files:
        with suppress(OSError):
            (folder / name).unlink()
    for place in [*(folder / name for name in reversed(folders)), folder]:
        with suppress(OSError):
            place.rmdir()


def _sync_folder(folder: Path) -> None:
    """Put a rename itself on the disk; Windows has no such call."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
