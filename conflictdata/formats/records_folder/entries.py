"""What lies in a folder: the files that are wanted, none of them outside it, and everything else told as a finding."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

from conflictdata.findings import Code, Finding
from conflictdata.text import named


def json_files(folder: Path, root: Path, otherwise: str) -> Iterator[Path | Finding]:
    """Each .json file of a folder within `root`, in order; `otherwise` is said of whatever else lies there."""
    try:
        paths = visible(folder)
    except OSError as error:
        yield unreadable(folder, error.strerror or str(error))
        return
    for path in paths:
        if path.suffix != ".json":
            yield stray(path, otherwise)
        else:
            yield astray(path, root) or path


def visible(folder: Path) -> list[Path]:
    """What lies in a folder, in order; raises `OSError`.

    Names that begin with a dot are what systems and editors leave behind, and are passed over.
    """
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def astray(path: Path, root: Path) -> Finding | None:
    """Said of a link to something outside the folder `root`, or to nothing, and of what nobody may look at."""
    try:
        if path.resolve(strict=True).is_relative_to(root):
            return None
    except (FileNotFoundError, RuntimeError):  # a link to nothing, or in a circle
        pass
    except OSError as error:
        if error.errno != errno.ELOOP:
            return unreadable(path, error.strerror or str(error))
    return unreadable(path, "it is a link that leads out of the folder, or nowhere")


def stray(path: Path, told: str) -> Finding:
    """Said of what would be passed over in silence."""
    return Finding(named(path), "", Code.STRAY_FILE, told)


def unreadable(path: Path, reason: str) -> Finding:
    """Said of what cannot be read."""
    return Finding(named(path), "", Code.UNREADABLE_FILE, f"cannot be read: {reason}")
