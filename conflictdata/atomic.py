"""Files written atomically, and checks of what is at a path that raise nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from conflictdata.errors import AlreadyExists, CannotWrite

if TYPE_CHECKING:
    from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether the path is a regular file, or a link to one; False if that cannot be known."""
    return os.path.isfile(path)  # noqa: PTH113 - pathlib raises what this calls False


def is_folder(path: Path) -> bool:
    """Whether the path is a folder, or a link to one; False if that cannot be known."""
    return os.path.isdir(path)  # noqa: PTH112 - pathlib raises what this calls False


def is_taken(path: Path | str) -> bool:
    """Whether the name is already in use, also by a broken link."""
    return os.path.lexists(path)


def expand_home(path: str) -> str:
    """The path with a leading `~` replaced by the home folder, unless a file has that name.

    A shell does so only at the start of a word: `--data=~/records` and variables of a service arrive as written.
    """
    if not path.startswith("~") or is_taken(path):
        return path
    return os.path.expanduser(path)  # noqa: PTH111 - pathlib raises if there is no such user


def write_bytes(
    path: Path, content: bytes | Iterable[bytes], *, replace: bool = True, mark: str = "", within: Path | None = None
) -> None:
    """Write `content` to `path` atomically; `CannotWrite` gives the reason if that fails.

    Without `replace`, a name in use raises `AlreadyExists`. `mark` becomes part of the temporary name. A path that a
    link leads out of the folder `within` is refused.
    """
    with open_atomic(path, replace=replace, mark=mark, within=within) as stream:
        stream.writelines([content] if isinstance(content, bytes) else content)


@contextmanager
def open_atomic(path: Path, *, replace: bool = True, mark: str = "", within: Path | None = None) -> Iterator[BinaryIO]:
    """A stream whose bytes appear at `path` when the block ends, and not at all if it raises.

    The mode of a file is kept. A pipe, a terminal or `/dev/null` receives the bytes directly.
    """
    with as_cannot_write(path):
        target = _target_of(path, replace=replace, within=within)
        if replace and _is_pipe_or_device(path):
            with path.open("wb") as stream:
                yield stream
            return
        if not replace and is_taken(target):
            raise AlreadyExists(path)
        mode = _mode_of_file(path) if replace else None
        temporary = temporary_beside(target, mark)
        try:
            with temporary.open("xb") as stream:
                yield stream
                if not stream.closed:  # a text wrapper around it may have closed it
                    flush(stream)
            _rename(temporary, target, path, mode, replace=replace)
        finally:
            with suppress(OSError):  # after the rename there is nothing to remove
                temporary.unlink()


def move_file(temporary: Path, path: Path, *, replace: bool, within: Path | None = None) -> None:
    """Give a finished file the name `path`, as `write_bytes` does."""
    with as_cannot_write(path):
        target = _target_of(path, replace=replace, within=within)
        _rename(temporary, target, path, _mode_of_file(path) if replace else None, replace=replace)


def _target_of(path: Path, *, replace: bool, within: Path | None) -> Path:
    target = real_path(path) if replace else real_path(path.parent) / path.name
    check_within(path, target, within)
    return target


def _rename(temporary: Path, target: Path, path: Path, mode: int | None, *, replace: bool) -> None:
    if mode is not None:
        temporary.chmod(mode)
    if replace:
        temporary.replace(target)
    else:
        _link_to_new(temporary, target, path)


def flush(stream: BinaryIO) -> None:
    """Write to the disk what was written to the stream."""
    stream.flush()
    os.fsync(stream.fileno())


def _is_pipe_or_device(path: Path) -> bool:
    """Whether the path is a pipe, or a device such as a terminal."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def check_within(path: Path, target: Path, within: Path | None) -> None:
    """Refuse a path that a link leads out of the folder `within`."""
    if within is not None and not target.is_relative_to(real_path(within)):
        raise CannotWrite(path, f"a link leads out of {within}; remove the link")


def check_writable(path: Path) -> None:
    """Raise now what `write_bytes` would raise because of the target."""
    with as_cannot_write(path):
        _mode_of_file(path)
    parent = real_path(path).parent
    if not is_folder(parent):
        raise CannotWrite(path, f"there is no folder {parent}; make it first")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise CannotWrite(path, f"the folder {parent} is read-only; choose another folder")


def real_path(path: Path) -> Path:
    """The path with links and dots resolved; `CannotWrite` if the working folder is not known."""
    from pathlib import Path

    with as_cannot_write(path):
        return Path(os.path.realpath(path))


@contextmanager
def as_cannot_write(path: Path) -> Iterator[None]:
    """Raise errors of the operating system as `CannotWrite`."""
    try:
        yield
    except BrokenPipeError:  # standard output, to which a block may write too, is closed
        raise
    except OSError as error:
        no_folder = isinstance(error, FileNotFoundError) and not path.parent.is_dir()
        reason = f"there is no folder {path.parent}; make it first" if no_folder else error.strerror or str(error)
        raise CannotWrite(path, reason) from error
    except ValueError as error:
        if "null byte" in str(error) or isinstance(error, UnicodeEncodeError):
            raise CannotWrite(path, f"no file can have this name ({error}); choose another name") from error
        raise


def temporary_beside(target: Path, mark: str) -> Path:
    """A new hidden name in the folder of `target`; it is short, because the target's name may be as long as allowed."""
    return target.with_name(f".conflictdata-{mark}{os.urandom(8).hex()}.tmp")


def _mode_of_file(path: Path) -> int | None:
    """The permissions to keep, None for a new file; raises if the target is not a regular file or is read-only."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise CannotWrite(path, "it is a folder; give the name of a file")
    if not stat.S_ISREG(mode):
        raise CannotWrite(path, "it is not a regular file; choose another name")
    if not os.access(path, os.W_OK):  # a rename would replace a read-only file all the same
        raise CannotWrite(path, "it is read-only; choose another name")
    return stat.S_IMODE(mode)


def _link_to_new(temporary: Path, target: Path, path: Path) -> None:
    """Give a file its name, unless the name has just been taken."""
    try:
        os.link(temporary, target)
    except FileExistsError as error:
        raise AlreadyExists(path) from error
    except OSError:  # a file system without hard links, such as that of a memory card
        if is_taken(target):
            raise AlreadyExists(path) from None
        temporary.replace(target)
