"""The versions of package, schema and data."""

from __future__ import annotations

from conflictdata import __version__
from conflictdata.release.version import release_of
from conflictdata.resources import SCHEMA_VERSION, is_carried


def version_line() -> str:
    """The versions of the package and of the schema, and the installed release."""
    release = release_of(__version__)
    released = release is not None and is_carried(f"releases/{release}/dataset.json")
    carries = f"release {release}" if released else "unreleased records"
    return f"conflictdata {__version__}, schema {SCHEMA_VERSION}, {carries}"
