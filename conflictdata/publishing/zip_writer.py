"""A zip whose bytes depend on its files alone: fixed order, time and mode, and no compression.

Without compression the bytes do not depend on the compression library of the system.
"""

from __future__ import annotations

import datetime as dt
import stat
import zipfile
from typing import BinaryIO

from conflictdata.release.archive import FileSet

YEARS = range(2000, 2100)
"""The years of a release: a version begins with the year, and a zip cannot hold a time before 1980."""


def pack(files: FileSet, top: str, day: dt.date, to: BinaryIO) -> None:
    """Write a zip of the files in the folder `top`, dated at midnight of the day; no file is held in memory."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        for path in files.paths:
            info = zipfile.ZipInfo(f"{top}/{path}", (day.year, day.month, day.day, 0, 0, 0))
            info.create_system = 3  # always Unix, so that the mode is read as a Unix mode
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            with archive.open(info, "w") as member:
                for chunk in files.chunks(path):
                    member.write(chunk)
