"""Files and folders written atomically, and what lies at a path, asked without an exception."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

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


def write_bytes(path: Path, content: bytes | Iterable[bytes], *, replace: bool = True, mark: str = "") -> None:
    """Put `content` at `path`, whole or not at all; `CannotWrite` says what prevents it.

    Unless `replace`, `AlreadyExists` says that something has that name. The `mark` is in the temporary name.
    """
    with open_atomic(path, replace=replace, mark=mark) as stream:
        stream.writelines([content] if isinstance(content, bytes) else content)


@contextmanager
def open_atomic(path: Path, *, replace: bool = True, mark: str = "") -> Iterator[BinaryIO]:
    """A stream whose bytes are at `path` once the block ends, and nowhere if it raises; the mode of a file is kept."""
    with _as_cannot_write(path):
        target = real_path(path) if replace else real_path(path.parent) / path.name
        if not replace and is_taken(target):
            raise AlreadyExists(path)
        mode = _mode_of_file(path) if replace else None
        temporary = _temporary_beside(target, mark)
        try:
            with temporary.open("xb") as stream:
                yield stream
                if not stream.closed:  # a text layer over it may have closed it
                    stream.flush()
                    os.fsync(stream.fileno())
            if mode is not None:
                temporary.chmod(mode)
            if replace:
                temporary.replace(target)
            else:
                _link_to_new(temporary, target, path)
        finally:
            with suppress(OSError):  # after the rename there is nothing left to remove
                temporary.unlink()


def check_writable(path: Path) -> None:
    """Refuse now what `write_bytes` would refuse to replace or to make."""
    with _as_cannot_write(path):
        _mode_of_file(path)
    parent = real_path(path).parent
    if not is_folder(parent):
        raise CannotWrite(path, f"there is no folder {parent}")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise CannotWrite(path, f"the folder {parent} is read-only")


def write_folder(path: Path, files: Mapping[str, bytes | Iterable[bytes]], *, replace: bool, mark: str = "") -> None:
    """Put a folder of `files`, keyed by relative POSIX path, at `path`, whole or not at all.

    A folder that exists is refused (`AlreadyExists`) unless `replace`; and even then it is replaced only if all that it
    holds are files of the same names, so that a stranger's file is never lost.
    """
    names = _plain_paths(files)
    with _as_cannot_write(path):
        target = real_path(path)
        there = is_taken(target)
        if there and not replace:
            raise AlreadyExists(path)
        mode = _mode_of_folder(path, target, names) if there else None
        stage, old = _temporary_beside(target, mark), _temporary_beside(target, mark)
        try:
            stage.mkdir()
            for name, content in files.items():
                (stage / name).parent.mkdir(parents=True, exist_ok=True)
                with (stage / name).open("xb") as stream:
                    stream.writelines([content] if isinstance(content, bytes) else content)
                    stream.flush()
                    os.fsync(stream.fileno())
            if mode is not None:
                stage.chmod(mode)
                target.rename(old)
            try:
                stage.rename(target)
            except OSError as error:
                if mode is not None:
                    old.rename(target)
                elif is_taken(target):
                    raise AlreadyExists(path) from error
                raise
        finally:
            import shutil  # which imports every kind of compression

            for folder in (stage, old):
                shutil.rmtree(folder, ignore_errors=True)


def real_path(path: Path) -> Path:
    """The path without links and dots; `CannotWrite` where not even the working folder is known."""
    with _as_cannot_write(path):
        return Path(os.path.realpath(path))


@contextmanager
def _as_cannot_write(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into `CannotWrite`."""
    try:
        yield
    except BrokenPipeError:  # of standard output, to which a block may write as well
        raise
    except OSError as error:
        no_folder = isinstance(error, FileNotFoundError) and not path.parent.is_dir()
        reason = f"there is no folder {path.parent}" if no_folder else error.strerror or str(error)
        raise CannotWrite(path, reason) from error
    except ValueError as error:
        if "null byte" in str(error) or isinstance(error, UnicodeEncodeError):
            raise CannotWrite(path, f"its name cannot be a file name ({error})") from error
        raise


def _temporary_beside(target: Path, mark: str) -> Path:
    """A new hidden name in the folder of `target`, short whatever the length of the target's own."""
    return target.with_name(f".conflictdata-{mark}{os.urandom(8).hex()}.tmp")


def _mode_of_file(path: Path) -> int | None:
    """The permissions to keep, or None for a new file; refuses what is not a regular file or is read-only."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise CannotWrite(path, "it is a folder")
    if not stat.S_ISREG(mode):
        raise CannotWrite(path, "it is not a plain file")
    if not os.access(path, os.W_OK):  # a rename would not mind, but whoever made the file read-only would
        raise CannotWrite(path, "it is read-only")
    return stat.S_IMODE(mode)


def _mode_of_folder(path: Path, target: Path, names: list[str]) -> int:
    """The permissions to keep; refuses what is not a folder, or holds anything that `names` does not name."""
    if not target.is_dir():
        raise CannotWrite(path, "it is not a folder")
    if not os.access(target, os.W_OK):
        raise CannotWrite(path, "it is read-only")
    folders = {str(parent) for name in names for parent in PurePosixPath(name).parents}
    for inner in target.rglob("*"):
        member = inner.relative_to(target).as_posix()
        expected = inner.is_file() if member in names else inner.is_dir() and member in folders
        if inner.is_symlink() or not expected:
            raise CannotWrite(path, f"it holds {member}, which is not among the files to write")
    return stat.S_IMODE(target.stat().st_mode)


def _plain_paths(files: Iterable[str]) -> list[str]:
    """The names; one that is no plain relative POSIX path is a `ValueError`."""
    names = [*files]
    for name in names:
        if not name or "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in name.split("/")):
            raise ValueError(f"{name!r} is not a plain relative path")
    return names


def _link_to_new(temporary: Path, target: Path, path: Path) -> None:
    """Give a file its name, unless something took the name a moment ago."""
    try:
        os.link(temporary, target)
    except FileExistsError as error:
        raise AlreadyExists(path) from error
    except OSError:  # a file system without links, such as that of a memory card
        if is_taken(target):
            raise AlreadyExists(path) from None
        temporary.replace(target)
