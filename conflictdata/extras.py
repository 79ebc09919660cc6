"""Libraries that are not needed by everybody: imported when used, and by one command installed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from conflictdata.errors import MissingExtra

EXTRAS = {
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
    """The library; `MissingExtra`, with the command that installs it, where it is not there."""
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        if error.name != library:  # it is there, and something that it needs itself is not
            raise
        raise MissingExtra(library, EXTRAS[library]) from None


def is_installed(library: str) -> bool:
    """Whether the library can be imported; it is not imported."""
    return find_spec(library) is not None
