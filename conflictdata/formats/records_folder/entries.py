"""The entries of a folder: the files that are wanted, and a finding for everything else."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

from conflictdata.findings import Code, Finding, unreadable
from conflictdata.text import named


def json_files(folder: Path, root: Path, otherwise: str) -> Iterator[Path | Finding]:
    """Each .json file of a folder within `root`, in order; `otherwise` is said of whatever else lies there."""
    try:
        paths = visible(folder)
    except OSError as error:
        yield unreadable(named(folder), error.strerror or str(error))
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
            return unreadable(named(path), error.strerror or str(error))
    return unreadable(named(path), "the link leads out of the folder or to nothing")


def stray(path: Path, told: str) -> Finding:
    """Said of what would be passed over in silence."""
    return Finding(named(path), "", Code.STRAY_FILE, told)
