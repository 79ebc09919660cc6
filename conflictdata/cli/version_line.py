"""Which package, schema and release this is."""

from __future__ import annotations

import conflictdata
from conflictdata.schema.documents import VERSION


def version_line() -> str:
    """The versions of the package and of the schema, and the release that the package carries."""
    release = conflictdata.load().release
    carries = f"release {release.version}" if release is not None else "unreleased records"
    return f"conflictdata {conflictdata.__version__}, schema {VERSION}, {carries}"
