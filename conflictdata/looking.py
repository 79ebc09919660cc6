"""What lies at a path, asked without an exception: where that cannot be found out, as in a folder that may not be
looked into or under a name too long to be one, nothing lies there. Opening it says why.
"""

from __future__ import annotations

import os
from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether a plain file lies there, or a link to one."""
    return os.path.isfile(path)  # noqa: PTH113 - pathlib raises what this calls False


def is_folder(path: Path) -> bool:
    """Whether a folder lies there, or a link to one."""
    return os.path.isdir(path)  # noqa: PTH112 - pathlib raises what this calls False


def is_taken(path: Path) -> bool:
    """Whether anything has the name already, a link to nothing included."""
    return os.path.lexists(path)
