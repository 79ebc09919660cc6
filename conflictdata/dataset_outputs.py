"""A dataset in other forms: data frames, a database, the explorer, plots, and its citation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from conflictdata.model import Event, Records, Release

if TYPE_CHECKING:
    import duckdb
    import geopandas
    import matplotlib.figure
    import pandas
    import polars
    import pyarrow

    from conflictdata.formats.html.notebook import Explorer


class DatasetViews:
    """Methods that convert or show a whole dataset; each imports its library when it is called."""

    _records: Records

    @property
    def release(self) -> Release | None:
        """The release that this is; None for records of no release."""
        return self._records.release

    def to_pandas(self, table: str) -> pandas.DataFrame:
        """A table as a pandas data frame: days as datetime64[ns], numbers nullable, codes as categories.

        `attrs["conflictdata"]` gives the release and the citation. Tables are those of
        `conflictdata.tables.registry.TABLES`; another raises `UnknownName`, and without pandas `MissingExtra`.
        """
        from conflictdata.tables.dataframes import to_pandas

        frame = to_pandas(self._records, table)
        frame.attrs["conflictdata"] = {"table": table, "release": self._version, "citation": self.citation}
        return frame

    def to_polars(self, table: str) -> polars.DataFrame:
        """A table as a polars data frame: days as Date, nulls for unknown, codes as Enum.

        An unknown table raises `UnknownName`; without polars `MissingExtra`.
        """
        from conflictdata.tables.dataframes import to_polars

        return to_polars(self._records, table)

    def to_arrow(self, table: str) -> pyarrow.Table:
        """A table as an Arrow table: days as date32, nulls for unknown, codes as dictionaries.

        An unknown table raises `UnknownName`; without pyarrow `MissingExtra`.
        """
        from conflictdata.tables.dataframes import to_arrow

        return to_arrow(self._records, table)

    def to_geopandas(self, table: str = "events") -> geopandas.GeoDataFrame:
        """Events or places with their points in WGS 84 degrees; a row without a point has no geometry.

        Another table raises `UnknownName`, and without geopandas `MissingExtra`.
        """
        from conflictdata.tables.dataframes import to_geopandas

        frame = to_geopandas(self._records, table)
        frame.attrs["conflictdata"] = {"table": table, "release": self._version, "citation": self.citation}
        return frame

    def to_duckdb(self) -> duckdb.DuckDBPyConnection:
        """An in-memory DuckDB connection with every table; without duckdb or pyarrow `MissingExtra`."""
        from conflictdata.tables.dataframes import to_duckdb

        return to_duckdb(self._records)

    def explore(self, events: Iterable[Event | str] | None = None) -> Explorer:
        """The explorer page for all events or some. A notebook displays it; `.save(path)` writes it to a file.

        Raises `UnknownName`, or `ConflictDataError` for more than 20,000 events.
        """
        from conflictdata.formats.html.notebook import Explorer

        return Explorer(self._records, events)

    def plot_timeline(self, events: Iterable[Event | str] | None = None) -> matplotlib.figure.Figure:
        """A static timeline of all events or some, the citation in the margin; without matplotlib `MissingExtra`."""
        from conflictdata.plots import plot_timeline

        return plot_timeline(self._records, events)

    def plot_map(self, events: Iterable[Event | str] | None = None) -> matplotlib.figure.Figure:
        """A static map of all events or some, the citation in the margin; without matplotlib `MissingExtra`."""
        from conflictdata.plots import plot_map

        return plot_map(self._records, events)

    @property
    def citation(self) -> str:
        """How to cite this dataset, on one line in APA style; `conflictdata.analysis.citation` has other styles."""
        from conflictdata.analysis.citation import citation

        return citation(self._records).rstrip("\n")

    @property
    def _version(self) -> str:
        if self.release is None:
            return "unreleased records"
        stage = "" if self.release.stage == "final" else f", {self.release.stage}"
        return f"release {self.release.version} ({self.release.date.isoformat()}{stage})"
