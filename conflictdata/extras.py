"""Optional libraries: imported when they are used; the error for a missing one names the command that installs it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from conflictdata.errors import MissingExtra

EXTRAS = {
    "orjson": "fast",
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "arrow",
    "pyarrow.parquet": "arrow",
    "numpy": "arrow",
    "geopandas": "geo",
    "shapely": "geo",
    "duckdb": "duckdb",
    "xlsxwriter": "xlsx",
    "hatchling": "release",
}
"""The extra of this package that installs each library."""


def require(library: str) -> Any:
    """The library; `MissingExtra`, with the command that installs it, if it is missing."""
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        if error.name != library:  # the library is installed, but something that it imports is not
            raise
        raise MissingExtra(library, EXTRAS[library]) from None


def is_installed(library: str) -> bool:
    """Whether the library can be imported, found out without importing it."""
    return find_spec(library) is not None
