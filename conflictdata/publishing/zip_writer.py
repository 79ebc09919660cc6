"""A zip whose bytes follow from its files alone: one order, one time, one mode, and nothing compressed.

What is stored as it is has the same bytes whichever compression library a system has, and every tool can read it.
"""

from __future__ import annotations

import datetime as dt
import io
import stat
import zipfile
from collections.abc import Mapping

YEARS = range(2000, 2100)
"""The years in which a release can be dated: a version begins so, and no zip has a time before 1980."""


def packed(files: Mapping[str, bytes], top: str, day: dt.date) -> bytes:
    """A zip of the files within the folder `top`, dated midnight of the day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            info = zipfile.ZipInfo(f"{top}/{path}", (day.year, day.month, day.day, 0, 0, 0))
            info.create_system = 3  # Unix, whatever this is: so that the mode is read as one
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, files[path])
    return out.getvalue()
