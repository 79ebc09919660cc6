"""Where schema, records and releases lie: beside the package in a checkout or an editable install, else inside it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def read_text(path: str) -> str:
    """A text file that the package carries, by its path from the folder above the package."""
    return (PACKAGE.parent / path).read_text(encoding="utf-8")


def is_installed() -> bool:
    """Whether the package was installed as a copy, of which an upgrade or a removal leaves nothing."""
    return (PACKAGE / "_project").is_dir()


def schema_folder() -> Path:
    """The folder of the JSON Schemas, their README and the codelists."""
    packed = PACKAGE / "_schema"  # a wheel carries the schema here; a checkout and an editable install do not
    return packed if packed.is_dir() else PACKAGE.parent / "schema"


def records_folder() -> Path:
    """The folder of the hand-curated records."""
    return PACKAGE / "records"


def releases_folder() -> Path:
    """The folder of the releases and their index; of each, a wheel carries what is needed to load and to compare it."""
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
