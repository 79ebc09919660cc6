"""The entries of a folder: its record files, and a finding for everything else."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from conflictdata.findings import Code, Finding, unreadable
from conflictdata.text import named

EXCLUSIONS = "exclusions.csv"
"""The name of the table of exclusions, beside the records and in a release."""


def json_files(folder: Path, root: Path, otherwise: str) -> Iterator[Path | Finding]:
    """Each .json file of a folder in `root`, in order; `otherwise` is the message for anything else in it."""
    if wrong := astray(folder, root):
        yield wrong
        return
    try:
        with os.scandir(folder) as entries:
            links = {entry.name: entry.is_symlink() for entry in entries if not entry.name.startswith(".")}
    except OSError as error:
        yield unreadable(named(folder), error.strerror or str(error))
        return
    for name in sorted(links):
        path = folder / name
        if not name.endswith(".json"):
            yield stray(path, otherwise)
        else:
            yield (astray(path, root) if links[name] else None) or path


def visible(folder: Path) -> list[Path]:
    """The entries of a folder, in order; raises `OSError`.

    Names that begin with a dot belong to systems and editors, and are ignored.
    """
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def astray(path: Path, root: Path) -> Finding | None:
    """The finding for a link out of the folder `root` or to nothing, or for an unreadable path; else None."""
    try:
        if path.resolve(strict=True).is_relative_to(root):
            return None
    except (FileNotFoundError, RuntimeError):  # a broken link, or a cycle of links
        pass
    except OSError as error:
        if error.errno != errno.ELOOP:
            return unreadable(named(path), error.strerror or str(error))
    return unreadable(named(path), "the link leads out of the folder or to nothing", "put the file itself there")


def stray(path: Path, message: str) -> Finding:
    """The finding for a file that would be ignored."""
    return Finding(named(path), "", Code.STRAY_FILE, message)
