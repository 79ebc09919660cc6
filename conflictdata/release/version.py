"""Version numbers and file names of releases."""

from __future__ import annotations

import re

from conflictdata.errors import InvalidValue
from conflictdata.text import quote

_VERSION = r"(20[0-9]{2})\.([1-9]|1[0-2])\.(0|[1-9][0-9]{0,3})"
_OF_SOFTWARE = rf"({_VERSION})(?:rc[1-9][0-9]*|\.post[0-9]+)?"


def parse_version(version: str) -> tuple[int, int, int]:
    """The parts of a version as a sort key; raises `InvalidValue`."""
    found = re.fullmatch(_VERSION, version)
    if found is None:
        raise InvalidValue(f"{quote(version)} is not a version of a release; write one such as 2026.11.0")
    year, month, number = map(int, found.groups())
    return year, month, number


def is_version(text: str) -> bool:
    """Whether a text is a version of a release rather than a path."""
    return re.fullmatch(_VERSION, text) is not None


def archive_name(version: str) -> str:
    """The name of the zip of a release."""
    return f"{top_folder(version)}.zip"


def top_folder(version: str) -> str:
    """The folder in the zip of a release that contains all its files."""
    return f"conflictdata-{version}"


def release_of(software: str) -> str | None:
    """The release that a version of the package carries.

    A candidate carries 2026.12.0 as 2026.12.0rc1 and a fix of software as 2026.12.0.post1; one in development has none.
    """
    found = re.fullmatch(_OF_SOFTWARE, software)
    return found[1] if found else None


def is_maker(software: str, version: str, *, final: bool) -> bool:
    """Whether this version of the package builds that release: the same, or `rcN` of it for a candidate."""
    return software == version if final else re.fullmatch(rf"{re.escape(version)}rc[1-9][0-9]*", software) is not None
