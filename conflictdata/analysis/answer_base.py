"""What every answer offers: a short repr, an HTML table, and conversion to rows, a dictionary or a data frame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from conflictdata.errors import MissingExtra
from conflictdata.text import truncate_line

if TYPE_CHECKING:
    import pandas
    import polars

T = TypeVar("T", bound="Answer")

Cell = str | int | float | bool | dt.date | None
"""The value of a cell in the rows of an answer; None is unknown."""

Columns = Mapping[str, type]
"""The columns of an answer and what their cells hold: str, int, float, bool or date."""

LONGEST_REPR = 160
MOST_SHOWN = 3
"""The number of items that the repr of a list shows."""

MOST_HTML_ROWS = 20
"""The number of rows that a notebook shows."""

_PANDAS = {str: "string", int: "Int64", float: "Float64", bool: "boolean", dt.date: "datetime64[ns]"}


class Answer:
    """An answer, or one item of a longer one: it has rows with the columns that its type declares."""

    __slots__ = ()

    COLUMNS: ClassVar[Columns]

    @property
    def columns(self) -> Columns:
        """The columns of its rows."""
        return self.COLUMNS

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """Its rows, a cell for each column. By default one row with the attributes that the columns name."""
        yield tuple(getattr(self, name) for name in self.columns)

    def rows(self) -> list[dict[str, Any]]:
        """Its rows, each by the names of the columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.iter_rows()]

    def to_dict(self) -> Any:
        """The answer as dictionaries, lists and plain values."""
        return dict(zip(self.columns, next(self.iter_rows()), strict=True))

    def to_pandas(self) -> pandas.DataFrame:
        """Its rows as a pandas data frame; days are datetime64[ns], numbers nullable. Without pandas `MissingExtra`."""
        return to_pandas(self.columns, self.iter_rows())

    def to_polars(self) -> polars.DataFrame:
        """Its rows as a polars data frame; unknown is null. Without polars `MissingExtra`."""
        return to_polars(self.columns, self.iter_rows())

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {truncate_line(str(self), LONGEST_REPR)}>"

    def _repr_html_(self) -> str:
        return html_table(list(self.columns), self.iter_rows(), caption=str(self).partition("\n")[0])


class AnswerList(tuple[T, ...], Answer):
    """Answers of one kind, in order: a tuple that is also a table."""

    _item: type[Answer]

    def __new__(cls, item: type[T], answers: Iterable[T] = ()) -> AnswerList[T]:
        """Answers of the type `item`."""
        made = super().__new__(cls, tuple(answers))
        made._item = item
        return made

    @property
    def columns(self) -> Columns:
        """The columns of each item's rows."""
        return self._item.COLUMNS

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows of every item."""
        for answer in self:
            yield from answer.iter_rows()

    def to_dict(self) -> list[Any]:
        """Each item as a dictionary."""
        return [answer.to_dict() for answer in self]

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self._item, tuple(self)

    def __str__(self) -> str:
        return "\n".join(map(str, self))

    def __repr__(self) -> str:
        return list_repr(self._item.__name__, self)

    def _repr_html_(self) -> str:
        return html_table(list(self.columns), self.iter_rows(), caption=f"{len(self)} x {self._item.__name__}")


def list_repr(name: str, items: Sequence[object]) -> str:
    """A list on one line: how many items, and the first few, shortened."""
    first = "; ".join(truncate_line(str(item), 100) for item in items[:MOST_SHOWN])
    more = "; ..." if len(items) > MOST_SHOWN else ""
    return f"<{len(items)} x {name}{': ' if items else ''}{first}{more}>"


def html_table(names: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "") -> str:
    """Rows as an HTML table, with all text escaped. Of many rows only the first are shown, with the total number."""
    import html

    held = [*rows]
    head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
    cells = ("".join(f"<td>{html.escape(spell(cell))}</td>" for cell in row) for row in held[:MOST_HTML_ROWS])
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    more = f"<p>{MOST_HTML_ROWS} of {len(held)} rows</p>" if len(held) > MOST_HTML_ROWS else ""
    title = f"<caption>{html.escape(truncate_line(caption, 300))}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def spell(cell: object) -> str:
    """A cell as text: unknown is empty."""
    return "" if cell is None else str(cell)


def joined(items: Iterable[object]) -> str | None:
    """Items joined in one cell, as in the tables; None if there are none."""
    return "; ".join(map(str, items)) or None


def to_pandas(columns: Columns, rows: Iterable[Sequence[Cell]]) -> pandas.DataFrame:
    """Rows as a pandas data frame with the types of the columns."""
    try:
        import pandas
    except ImportError:
        raise MissingExtra("pandas") from None
    cells = _by_column(columns, rows)
    return pandas.DataFrame({name: pandas.Series(cells[name], dtype=_PANDAS[kind]) for name, kind in columns.items()})


def to_polars(columns: Columns, rows: Iterable[Sequence[Cell]]) -> polars.DataFrame:
    """Rows as a polars data frame with the types of the columns."""
    try:
        import polars
    except ImportError:
        raise MissingExtra("polars") from None
    types = {
        str: polars.String(),
        int: polars.Int64(),
        float: polars.Float64(),
        bool: polars.Boolean(),
        dt.date: polars.Date(),
    }
    cells = _by_column(columns, rows)
    return polars.DataFrame([polars.Series(name, cells[name], types[kind]) for name, kind in columns.items()])


def _by_column(columns: Columns, rows: Iterable[Sequence[Cell]]) -> dict[str, list[Cell]]:
    held = [*rows]
    return {
        name: [None if row[place] is None else str(row[place]) if kind is str else row[place] for row in held]
        for place, (name, kind) in enumerate(columns.items())
    }
