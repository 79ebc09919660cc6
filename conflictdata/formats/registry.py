"""Every export format by name; the module of a format is imported when it is first used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from conflictdata.errors import InvalidValue
from conflictdata.formats.interface import FileFormat, FolderFormat, Format, Option, Skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A format before it is imported: its module in this package, its name there, and a line of help."""

    module: str
    attribute: str
    help: str


LISTED: Mapping[str, Listed] = {
    "json": Listed("json_document", "JSON", "The whole dataset as one JSON document; loads back without loss."),
    "jsonl": Listed("json_lines", "JSON_LINES", "The events with their claims, one JSON object per line."),
    "csv": Listed("csv_flat", "CSV", "The table of events as one CSV file."),
    "tables": Listed("csv_tables.writer", "TABLES", "A folder of CSV tables with keys; loads back without loss."),
    "xlsx": Listed("xlsx", "XLSX", "An Excel workbook, a sheet a table; text stays text."),
    "acled": Listed("acled.writer", "ACLED", "Incidents in the ACLED column layout."),
    "ged": Listed("ged.writer", "GED", "Incidents with deaths in the column layout of UCDP GED."),
    "geojson": Listed("geojson", "GEOJSON", "Events as points for maps."),
    "geojsonl": Listed("geojson", "GEOJSON_LINES", "The same points, one feature per line."),
    "sqlite": Listed("sqlite.writer", "SQLITE", "A SQLite database with search, and metadata for Datasette."),
    "parquet": Listed("parquet.writer", "PARQUET", "A folder of Parquet files, one per table; events are GeoParquet."),
    "kml": Listed("kml", "KML", "Events for Google Earth, with time spans."),
    "timemap": Listed("timemap.writer", "TIMEMAP", "The JSON files that TimeMap reads."),
    "html": Listed("html.writer", "HTML", "The explorer: map, timeline and claims in one page."),
}
"""Every format, in the order in which they are offered."""


class _Formats(Mapping[str, FileFormat | FolderFormat]):
    """The formats by name, each imported when it is looked up."""

    def __getitem__(self, name: str) -> FileFormat | FolderFormat:
        listed = LISTED[name]
        found: FileFormat | FolderFormat = getattr(
            import_module(f"conflictdata.formats.{listed.module}"), listed.attribute
        )
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(LISTED)

    def __len__(self) -> int:
        return len(LISTED)

    def __contains__(self, name: object) -> bool:
        return name in LISTED


FORMATS: Mapping[str, FileFormat | FolderFormat] = _Formats()
"""Each format by its name on the command line."""

__all__ = ["FORMATS", "LISTED", "FileFormat", "FolderFormat", "Format", "InvalidValue", "Listed", "Option", "Skip"]
