"""Every format that the dataset can be exported to, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from conflictdata.formats.acled.writer import ACLED
from conflictdata.formats.csv_flat import CSV
from conflictdata.formats.csv_tables.writer import TABLES
from conflictdata.formats.html.writer import HTML
from conflictdata.formats.interface import FileFormat, FolderFormat, Format, Option, Skip
from conflictdata.formats.json_document import JSON
from conflictdata.formats.json_lines import JSON_LINES

FORMATS: Mapping[str, FileFormat | FolderFormat] = MappingProxyType(
    {each.name: each for each in (JSON, JSON_LINES, CSV, TABLES, ACLED, HTML)}
)
"""Each format by the name that a user gives it."""

__all__ = ["FORMATS", "FileFormat", "FolderFormat", "Format", "Option", "Skip"]
