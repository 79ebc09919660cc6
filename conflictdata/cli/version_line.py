"""The versions of package, schema and data."""

from __future__ import annotations

from conflictdata import __version__
from conflictdata.release.version import release_of
from conflictdata.resources import SCHEMA_VERSION, releases_folder


def version_line() -> str:
    """The versions of the package and of the schema, and the installed release."""
    release = release_of(__version__)
    is_carried = release is not None and (releases_folder() / release / "dataset.json").is_file()
    carries = f"release {release}" if is_carried else "unreleased records"
    return f"conflictdata {__version__}, schema {SCHEMA_VERSION}, {carries}"
