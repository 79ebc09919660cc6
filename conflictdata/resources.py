"""Where the schema and the records lie: beside the package in a checkout and an editable install, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def schema_folder() -> Path:
    """The folder of the JSON Schemas, their README and the codelists."""
    packed = PACKAGE / "_schema"  # a wheel carries the schema here; a checkout and an editable install do not
    return packed if packed.is_dir() else PACKAGE.parent / "schema"


def records_folder() -> Path:
    """The folder of the hand-curated records."""
    return PACKAGE / "records"
