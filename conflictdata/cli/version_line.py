"""The versions of package, schema and data."""

from __future__ import annotations

import conflictdata
from conflictdata.schema.documents import VERSION


def version_line() -> str:
    """The versions of the package and of the schema, and the installed release."""
    release = conflictdata.load().release
    carries = f"release {release.version}" if release is not None else "unreleased records"
    return f"conflictdata {conflictdata.__version__}, schema {VERSION}, {carries}"
