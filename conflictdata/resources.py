"""Where schema, records and releases are: beside the package in a checkout or editable install, else inside it."""

from __future__ import annotations

from pathlib import Path

SCHEMA_VERSION = "1.1.0"
"""The version of the schema in the package."""

PACKAGE = Path(__file__).resolve().parent


def read_text(path: str) -> str:
    """A text file that the package carries, by its path from the folder above the package."""
    return (PACKAGE.parent / path).read_text(encoding="utf-8")


def is_installed() -> bool:
    """Whether the package is an installed copy, which an upgrade or uninstall replaces or removes."""
    return (PACKAGE / "_project").is_dir()


def schema_folder() -> Path:
    """The folder of the JSON Schemas, their README and the codelists."""
    packed = PACKAGE / "_schema"  # a wheel carries the schema here; a checkout and an editable install do not
    return packed if packed.is_dir() else PACKAGE.parent / "schema"


def records_folder() -> Path:
    """The folder of the hand-curated records."""
    return PACKAGE / "records"


def releases_folder() -> Path:
    """The folder of the releases and their index.

    A wheel has only the files needed to load and compare each release.
    """
    packed = PACKAGE / "_releases"
    return packed if packed.is_dir() else PACKAGE.parent / "releases"


def project_folder() -> Path:
    """The folder of the changelog and the licences."""
    packed = PACKAGE / "_project"
    return packed if packed.is_dir() else PACKAGE.parent


INDEX = "index.json"
RELEASES = "CONFLICTDATA_RELEASES"
"""The environment variable that names a folder or a web address with more releases."""
CACHE = "CONFLICTDATA_CACHE"
"""The environment variable that names the folder in which fetched releases are kept."""
