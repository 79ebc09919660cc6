"""The expected columns of a layout, declared once and turned into checks in SQL for DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from conflictdata.findings import Code

DATE_FORMATS = tuple(
    f"{form}{year}"
    for year in ("%y", "%Y")  # %Y would also take 17, as the year 17
    for form in ("%d %B ", "%d-%B-", "%d %b ", "%d-%b-", "%d/%m/", "%d-%m-")
)
"""The forms of days in real files, besides ISO."""


class Kind(StrEnum):
    """The type of the cells of a column."""

    TEXT = "text"
    INTEGER = "a whole number"
    NUMBER = "a number"
    DATE = "a day"
    BOOLEAN = "true or false"


SQL_TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.DATE: "DATE",
    Kind.BOOLEAN: "BOOLEAN",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """A column: a `needed` one is in every file, a `filled` one has no empty cell; numbers are from `low` to `high`."""

    name: str
    kind: Kind = Kind.TEXT
    needed: bool = False
    filled: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule between cells of a row: `wrong` is SQL over the typed columns; its finding is at the last of `columns`."""

    columns: tuple[str, ...]
    wrong: str
    code: Code
    message: str


@dataclass(frozen=True, slots=True)
class LayoutSpec:
    """A layout of other people's files: its columns, and the rules between them."""

    name: str
    columns: tuple[Expected, ...]
    rules: tuple[RowRule, ...] = ()

    @property
    def by_name(self) -> Mapping[str, Expected]:
        """The columns by name."""
        return {column.name: column for column in self.columns}


@dataclass(frozen=True, slots=True)
class Check:
    """SQL that is true for a wrong row, and the finding with its column."""

    column: str
    wrong: str
    code: Code
    message: str


def typed(column: Expected, cell: str) -> str:
    """SQL for the value of a text cell; NULL if it is not of its kind."""
    match column.kind:
        case Kind.TEXT:
            return cell
        case Kind.INTEGER:
            # A cast rounds, and a whole number that a spreadsheet wrote as 12.0 is still whole.
            whole = f"regexp_full_match({cell}, '-?[0-9]+[.]0+')"
            return f"CASE WHEN contains({cell}, '.') AND NOT {whole} THEN NULL ELSE TRY_CAST({cell} AS BIGINT) END"
        case Kind.DATE:
            formats = ", ".join(f"'{each}'" for each in DATE_FORMATS)
            iso = f"COALESCE(TRY_CAST({cell} AS DATE), CAST(TRY_CAST({cell} AS TIMESTAMP) AS DATE))"
            # A cast would take 02/06/17 as a day of the year 2.
            other = f"CAST(TRY_STRPTIME({cell}, [{formats}]) AS DATE)"
            return f"CASE WHEN regexp_full_match({cell}, '[0-9]{{4}}-.*') THEN {iso} ELSE {other} END"
        case _:
            return f"TRY_CAST({cell} AS {SQL_TYPES[column.kind]})"


def parsed(column: Expected, cell: str, sample: Sequence[str]) -> tuple[str, str]:
    """The SQL type with which a cell can be read directly, and SQL for its value.

    It fits a file whose cells are like its first ones; DuckDB refuses a row with another cell.
    """
    match column.kind:
        case Kind.INTEGER:  # DuckDB would round 12.5 to a whole number
            return "DOUBLE", f"CASE WHEN {cell} = trunc({cell}) THEN TRY_CAST({cell} AS BIGINT) END"
        case Kind.NUMBER:
            return "DOUBLE", cell
        case Kind.DATE if all(_ISO_DAY.fullmatch(each) for each in sample):
            return "DATE", cell
        case Kind.DATE if all(_ISO_TIME.fullmatch(each) for each in sample):
            return "TIMESTAMP", f"CAST({cell} AS DATE)"
        case _:
            return "VARCHAR", typed(column, cell)


_ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_TIME = re.compile(_ISO_DAY.pattern + "[ T][0-9:.]+Z?")


def checks(spec: LayoutSpec, cells: Mapping[str, str], values: Mapping[str, str]) -> Iterator[Check]:
    """Every check of the columns that a file has; `cells` and `values` are SQL for the text and the value of each."""
    for name in values:
        column = spec.by_name[name]
        cell, value = cells[name], values[name]
        if column.filled:
            yield Check(name, f"{cell} IS NULL", Code.EMPTY_STRING, "the cell is empty")
        if column.kind is not Kind.TEXT:
            wrong = f"{cell} IS NOT NULL AND {value} IS NULL"
            if column.kind is Kind.DATE:  # a year of two digits, which DuckDB takes as it stands
                wrong = f"{cell} IS NOT NULL AND ({value} IS NULL OR {value} < DATE '1900-01-01')"
            yield Check(name, wrong, Code.WRONG_TYPE, f"the cell is not {column.kind}")
        limits = [
            f"{value} {sign} {limit}" for sign, limit in (("<", column.low), (">", column.high)) if limit is not None
        ]
        if limits:
            bounds = f"{_bound(column.low)} to {_bound(column.high)}"
            yield Check(name, " OR ".join(limits), Code.OUT_OF_RANGE, f"the value is outside {bounds}")
    for rule in spec.rules:
        if all(name in values for name in rule.columns):
            named = {name: f"({value})" for name, value in values.items()}
            yield Check(rule.columns[-1], rule.wrong.format_map(named), rule.code, rule.message)


def _bound(limit: float | None) -> str:
    return "..." if limit is None else str(limit)
