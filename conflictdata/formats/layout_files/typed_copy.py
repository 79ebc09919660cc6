"""One file of a layout on its way through DuckDB: a typed copy as Parquet, and the cells that are wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflictdata.extras import require
from conflictdata.findings import MAX_FINDINGS, Code, Finding
from conflictdata.formats.layout_files.expected import Expected, Kind, LayoutSpec, checks

if TYPE_CHECKING:
    import duckdb

MEMORY = "400MB"
"""The memory limit of DuckDB for reading a file."""

WRONG = "conflictdata_wrong"
"""The column of the typed copy that marks wrong rows; data frames leave it out."""

_NUMBER = "conflictdata_row"
"""The first column of a numbered file."""

_NA = "NA"
"""How R writes an empty cell, by default."""

_MOST = 100 * MAX_FINDINGS
"""More than the findings that are reported, because warnings are not counted."""


class TypedCopy:
    """The copy of a file; `sources` has the type that is read of each column, and SQL for its value.

    In SQL `c0` and so on are the cells as read, and `t0` and so on their values. A numbered file has no heading.
    """

    def __init__(
        self,
        spec: LayoutSpec,
        names: tuple[str, ...],
        sources: Sequence[tuple[str, str]],
        separator: str,
        plain: Path,
        folder: Path,
        *,
        numbered: bool = False,
    ) -> None:
        self.names = names
        self.path = folder / "typed.parquet"
        self.connection: duckdb.DuckDBPyConnection = require("duckdb").connect()
        self.connection.execute("SET enable_progress_bar = false")
        self.connection.execute(f"SET memory_limit = '{MEMORY}'")
        self.connection.execute(f"SET temp_directory = {sql_text(folder)}")
        columns = [f"'c{n}': '{kind}'" for n, (kind, _) in enumerate(sources)]
        if numbered:
            columns = [f"'{_NUMBER}': 'BIGINT'", *columns]
        source = (
            f"read_csv({sql_text(plain)}, auto_detect = false, header = {not numbered},"
            f" columns = {{{', '.join(columns)}}}, delim = '{separator}', quote = '\"', escape = '\"',"
            " strict_mode = true, compression = 'none', hive_partitioning = false)"
        )
        self.at = {name: n for n, name in enumerate(names) if name in spec.by_name}
        self.as_written = source
        self.may_be_na: dict[int, Expected] = {}
        if numbered:
            known = ((n, spec.by_name[name]) for name, n in self.at.items())
            self.may_be_na = {n: column for n, column in known if column.kind is not Kind.TEXT}
            read = ", ".join(f"nullif(c{n}, '{_NA}') AS c{n}" for n in self.may_be_na)
            source = f"(SELECT * REPLACE ({read}) FROM {source})" if read else source
        self.rows = f"(SELECT *, {', '.join(f'{value} AS t{n}' for n, (_, value) in enumerate(sources))} FROM {source})"
        cells = {name: f"c{n}" for name, n in self.at.items()}
        self.checks = list(checks(spec, cells, {name: f"t{n}" for name, n in self.at.items()}))
        # Cells that were read directly as the right type need no check.
        sure = {f"c{n} IS NOT NULL AND t{n} IS NULL" for n, (_, value) in enumerate(sources) if value == f"c{n}"}
        self.wrong = (
            "(" + " OR ".join(f"({each.wrong})" for each in self.checks if each.wrong not in sure) + ") IS TRUE"
        )

    def write(self) -> tuple[int, int]:
        """Make the copy; returns the number of rows and of wrong rows."""
        columns = ", ".join(f"t{n} AS {sql_name(name)}" for n, name in enumerate(self.names))
        self._asked(
            f"COPY (SELECT {columns}, {self.wrong} AS {WRONG} FROM {self.rows})"
            f" TO {sql_text(self.path)} (FORMAT parquet, COMPRESSION snappy)"
        )
        [(rows, wrong)] = self._asked(f"SELECT count(*), count(*) FILTER ({WRONG}) FROM {sql_text(self.path)}")
        return int(rows), int(wrong)

    def _asked(self, query: str) -> list[tuple[Any, ...]]:
        try:
            return self.connection.execute(query).fetchall()
        except (RuntimeError, require("duckdb").InterruptException) as error:
            if "interrupted" in str(error).lower():
                raise KeyboardInterrupt from error
            raise

    def wrong_cells(self, file: str) -> Iterator[Finding]:
        """Findings for the first wrong cells of a numbered file, in the order of the rows."""
        faults = ", ".join(
            f"CASE WHEN {check.wrong} THEN {{'check': {n}, 'cell': c{self.at[check.column]}}} END"
            for n, check in enumerate(self.checks)
        )
        found = f"SELECT {_NUMBER} AS n, unnest([{faults}]) AS fault FROM {self.rows} WHERE {self.wrong}"
        query = f"SELECT n, fault['check'], fault['cell'] FROM ({found}) WHERE fault IS NOT NULL LIMIT {_MOST}"
        for row, which, cell in self._asked(query):
            check = self.checks[which]
            content = f": {cell[:60]!a}" if cell is not None else ""
            yield Finding(f"{file}:{row}", f"/{check.column}", check.code, f"{check.message}{content}")

    def na_cells(self, file: str) -> Iterator[Finding]:
        """A warning for each column of a numbered file with cells that are NA; an empty one that must not be is wrong.

        One warning a column: R writes NA into every empty cell, and an error must not be lost among them.
        """
        optional = {n: column for n, column in self.may_be_na.items() if not column.filled}
        counts = ", ".join(
            f"count(*) FILTER (c{n} = '{_NA}'), min({_NUMBER}) FILTER (c{n} = '{_NA}')" for n in optional
        )
        if not counts:
            return
        [found] = self._asked(f"SELECT {counts} FROM {self.as_written}")
        for column, cells, row in zip(optional.values(), found[::2], found[1::2], strict=True):
            if cells:
                message = f"{cells} cells of the column are {_NA}, as R writes empty cells; they were read as empty"
                yield Finding(f"{file}:{row}", f"/{column.name}", Code.CSV_REPAIRED, message)


def sql_text(path: Path) -> str:
    """A path as an SQL literal."""
    return "'" + os.fspath(path).replace("'", "''") + "'"


def sql_name(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'
