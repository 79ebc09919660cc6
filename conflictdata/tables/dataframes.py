"""The tables as data frames with the types that the columns declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conflictdata.codelists import codes
from conflictdata.errors import MissingExtra
from conflictdata.model import Records
from conflictdata.tables.columns import Column, ColumnType
from conflictdata.tables.registry import TABLES, table_rows

if TYPE_CHECKING:
    import pandas
    import polars

PANDAS_TYPES = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "Int64",
    ColumnType.NUMBER: "Float64",
    ColumnType.DATE: "datetime64[ns]",
    ColumnType.BOOLEAN: "boolean",
}
"""The pandas type of each type of column but codes, which are categories in the order of their codelist."""


def to_pandas(records: Records, table: str) -> pandas.DataFrame:
    """A table as a pandas data frame: unknown is missing, numbers are nullable, days are datetime64[ns] at midnight."""
    try:
        import pandas
    except ImportError:
        raise MissingExtra("pandas") from None
    columns = _columns(records, table)
    return pandas.DataFrame(
        {
            column.name: (
                pandas.Categorical(cells, categories=codes(column.codelist))
                if column.codelist is not None
                else pandas.Series(cells, dtype=PANDAS_TYPES[column.type])
            )
            for column, cells in columns
        }
    )


def to_polars(records: Records, table: str) -> polars.DataFrame:
    """A table as a polars data frame: unknown is null, days are Date, codes an Enum in their codelist's order."""
    try:
        import polars
    except ImportError:
        raise MissingExtra("polars") from None
    types = {
        ColumnType.STRING: polars.String(),
        ColumnType.INTEGER: polars.Int64(),
        ColumnType.NUMBER: polars.Float64(),
        ColumnType.DATE: polars.Date(),
        ColumnType.BOOLEAN: polars.Boolean(),
    }
    return polars.DataFrame(
        [
            polars.Series(
                column.name,
                cells,
                polars.Enum(codes(column.codelist)) if column.codelist is not None else types[column.type],
            )
            for column, cells in _columns(records, table)
        ]
    )


def _columns(records: Records, table: str) -> list[tuple[Column[Any], list[Any]]]:
    rows = list(table_rows(records, table))
    return [(column, [_plain(row[place]) for row in rows]) for place, column in enumerate(TABLES[table])]


def _plain(value: Any) -> Any:
    """A code as a plain string, since the libraries take an enum's member for something else."""
    return str(value) if isinstance(value, str) else value
