"""The tables as data frames of common libraries, with the types that the columns declare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from conflictdata.errors import UnknownName
from conflictdata.extras import is_installed, require
from conflictdata.model import Records
from conflictdata.tables.columns import Column, ColumnType, Layout, Value
from conflictdata.tables.gathering import gathered, plain
from conflictdata.tables.registry import TABLES, layout_of

if TYPE_CHECKING:
    import duckdb
    import geopandas
    import pandas
    import polars
    import pyarrow

PANDAS_TYPES = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "Int64",
    ColumnType.NUMBER: "Float64",
    ColumnType.DATE: "datetime64[ns]",
    ColumnType.BOOLEAN: "boolean",
}
"""The pandas type of each type of column. Codes are categories in the order of `Column.categories` instead."""


def to_pandas(records: Records, table: str) -> pandas.DataFrame:
    """A table as a pandas data frame: unknown is missing, numbers are nullable, days are datetime64[ns] at midnight."""
    pd = require("pandas")
    # pandas makes a column of an Arrow array in a quarter of the time that a list takes, and of codes' numbers in half.
    arrow = require("pyarrow") if is_installed("pyarrow") else None
    by_type = {kind: pd.api.types.pandas_dtype(name) for kind, name in PANDAS_TYPES.items()}
    types = _arrow_types(arrow) if arrow is not None else {}

    def series(column: Column[Any], cells: list[Any]) -> Any:
        if column.codelist is not None:
            number = {code: position for position, code in enumerate(column.categories)}
            codes = [number.get(cell, -1) for cell in cells]
            return pd.Categorical.from_codes(codes, column.categories, ordered=column.ordered)
        if arrow is None or column.type is ColumnType.DATE:
            return pd.Series(cells, dtype=by_type[column.type])
        return arrow.array(cells, types[column.type]).to_pandas(types_mapper=lambda _: by_type[column.type])

    frame: pandas.DataFrame = pd.DataFrame(
        {column.name: series(column, cells) for column, cells in gathered(records, layout_of(table))}
    )
    return frame


def to_polars(records: Records, table: str) -> polars.DataFrame:
    """A table as a polars data frame: unknown is null, days are Date, codes an Enum in the order of their codelist."""
    pl = require("polars")
    types = {
        ColumnType.STRING: pl.String(),
        ColumnType.INTEGER: pl.Int64(),
        ColumnType.NUMBER: pl.Float64(),
        ColumnType.DATE: pl.Date(),
        ColumnType.BOOLEAN: pl.Boolean(),
    }
    frame: polars.DataFrame = pl.DataFrame(
        [
            pl.Series(
                column.name,
                cells,
                pl.Enum(column.categories) if column.codelist is not None else types[column.type],
            )
            for column, cells in gathered(records, layout_of(table))
        ]
    )
    return frame


def to_arrow(records: Records, table: str) -> pyarrow.Table:
    """A table as an Arrow table: unknown is null, days are date32, codes dictionaries, each column with its meaning."""
    layout = layout_of(table)
    return _arrow(layout, gathered(records, layout))


def arrow_table(table: str, rows: Iterable[tuple[Value, ...]]) -> pyarrow.Table:
    """Rows of a table as an Arrow table."""
    return _arrow(layout_of(table), columns_of(table, rows))


def _arrow(layout: Layout[Any], columns: Iterable[tuple[Column[Any], list[Any]]]) -> pyarrow.Table:
    pa = require("pyarrow")
    types = _arrow_types(pa)
    fields, arrays = [], []
    for column, cells in columns:
        kind = types[column.type]
        array = pa.array(cells, kind)
        if column.codelist is not None:
            kind = pa.dictionary(pa.int32(), kind, ordered=column.ordered)
            categories = pa.array(column.categories, pa.string())
            indices = pa.compute.index_in(array, categories)
            array = pa.DictionaryArray.from_arrays(indices, categories, ordered=column.ordered)
        arrays.append(array)
        fields.append(
            pa.field(
                column.name,
                kind,
                nullable=column.name not in layout.key,
                metadata={"description": column.description},
            )
        )
    made: pyarrow.Table = pa.Table.from_arrays(arrays, schema=pa.schema(fields))
    return made


def _arrow_types(pa: Any) -> dict[ColumnType, Any]:
    """The Arrow type of each type of column."""
    return {
        ColumnType.STRING: pa.string(),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.NUMBER: pa.float64(),
        ColumnType.DATE: pa.date32(),
        ColumnType.BOOLEAN: pa.bool_(),
        ColumnType.CODE: pa.string(),
    }


def to_geopandas(records: Records, table: str) -> geopandas.GeoDataFrame:
    """Events or places with their points in WGS 84 (EPSG:4326); a row without a point has the geometry None."""
    if table not in _LOCATED:
        raise UnknownName("table with points", table, _LOCATED)
    gpd = require("geopandas")
    frame = to_pandas(records, table)
    longitude, latitude = (frame[name].astype("float64") for name in ("longitude", "latitude"))
    points = gpd.points_from_xy(longitude, latitude)
    points[longitude.isna().to_numpy()] = None
    made: geopandas.GeoDataFrame = gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
    return made


_LOCATED = ("events", "places")


def to_duckdb(records: Records) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in memory that holds every table; codes are enums."""
    engine = require("duckdb")
    connection: duckdb.DuckDBPyConnection = engine.connect()
    coded = {column.codelist: column for columns in TABLES.values() for column in columns if column.codelist}
    for codelist, column in coded.items():
        values = ", ".join(f"'{code}'" for code in column.categories)
        connection.execute(f'CREATE TYPE "{codelist}" AS ENUM ({values})')
    for table, columns in TABLES.items():
        connection.register("arriving", to_arrow(records, table))
        cells = ", ".join(
            f'"{c.name}"::VARCHAR::"{c.codelist}" AS "{c.name}"' if c.codelist else f'"{c.name}"' for c in columns
        )
        connection.execute(f'CREATE TABLE "{table}" AS SELECT {cells} FROM arriving')
        connection.unregister("arriving")
    return connection


def columns_of(table: str, rows: Iterable[tuple[Value, ...]]) -> list[tuple[Column[Any], list[Any]]]:
    """Each column of a table with its cells; codes are plain strings."""
    columns = layout_of(table).columns
    held = list(rows)
    cells: list[list[Any]] = [list(each) for each in zip(*held, strict=True)] if held else [[] for _ in columns]
    return [(column, plain(column, each)) for column, each in zip(columns, cells, strict=True)]
