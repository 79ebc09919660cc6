"""Every format that the dataset can be exported to, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from conflictdata.export.acled import ACLED
from conflictdata.export.document import JSON, JSON_LINES
from conflictdata.export.flat import CSV
from conflictdata.export.format import BadOption, FileFormat, FolderFormat, Format, Option, Skip
from conflictdata.export.tables import TABLES

FORMATS: Mapping[str, FileFormat | FolderFormat] = MappingProxyType(
    {each.name: each for each in (JSON, JSON_LINES, CSV, TABLES, ACLED)}
)
"""Each format by the name that a user gives it."""

__all__ = ["FORMATS", "BadOption", "FileFormat", "FolderFormat", "Format", "Option", "Skip"]
