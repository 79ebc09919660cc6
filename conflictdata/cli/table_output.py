"""Results as text, one JSON document or CSV; on a terminal with rich, tables have borders and colours."""

from __future__ import annotations

import datetime as dt
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from conflictdata.cli.output import encodable, escape, is_terminal, say, say_all, takes_colour, telling_stdout, write

if TYPE_CHECKING:
    from conflictdata.analysis.answer_base import Answer

Cell = str | int | float | bool | dt.date | None
"""The value of a cell; None is unknown and printed as nothing."""

_WHOLE = 21
"""Columns of a terminal within which the cells of a table are never folded: days, numbers, every type of event."""

_FOLDED = 10
"""The least width of a folded cell, in terminal columns."""


def print_table(names: Sequence[str], rows: Iterable[Sequence[Cell]], form: str = "text") -> None:
    """Print rows with the names of their columns, as `text`, `csv` or `json`."""
    match form:
        case "csv":
            write(_csv(names, rows))
        case "json":
            write(_json(names, rows))
        case _ if is_terminal() and find_spec("rich") is not None:
            _print_pretty(names, list(rows))
        case _:
            _print_plain(names, list(rows))


def _csv(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    from conflictdata.formats.csv_writer import csv_line
    from conflictdata.text import spell_cell

    yield csv_line(names)
    for row in rows:
        yield csv_line([spell_cell(cell) for cell in row])


def print_answer(answer: Answer, form: str, lines: Iterable[str] | None = None) -> None:
    """Print an answer: as `lines`, or else as a table; as a JSON document; or its rows as CSV."""
    if form == "json":
        write(json_document(answer.to_dict()))
    elif form == "csv" or lines is None:
        print_table([*answer.columns], answer.iter_rows(), form)
    else:
        for line in lines:
            say(line)


def json_document(value: object) -> Iterator[bytes]:
    """A value as a JSON document of several lines."""
    yield json.dumps(value, ensure_ascii=False, indent=1, default=str).encode() + b"\n"


def _json(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """One JSON document: a list with an object for each row, without unknown values."""
    between = b"["
    for row in rows:
        known = {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
        yield between + b"\n" + json.dumps(known, ensure_ascii=False, default=str).encode()
        between = b","
    yield b"[]\n" if between == b"[" else b"\n]\n"


def _visible(rows: Iterable[Sequence[Cell]]) -> list[list[str]]:
    """The visible text of each cell, whose width can be measured."""
    from conflictdata.text import spell_cell

    return [[encodable(escape(spell_cell(cell)), sys.stdout) for cell in row] for row in rows]


def _print_plain(names: Sequence[str], rows: list[Sequence[Cell]]) -> None:
    texts, right = _visible(rows), _numeric(len(names), rows)
    columns = [_aligned([name, *(line[n] for line in texts)], right=n in right) for n, name in enumerate(names)]
    heading, *lines = ["  ".join(cells).rstrip() for cells in zip(*columns, strict=True)]
    say(heading, strong=True)
    say_all(lines)


def _aligned(cells: list[str], *, right: bool) -> list[str]:
    """The cells of a column, each as wide as the widest."""
    widths = [*map(_width, cells)]
    widest = max(widths)
    pads = [" " * (widest - width) for width in widths]
    return [pad + cell if right else cell + pad for cell, pad in zip(cells, pads, strict=True)]


def _print_pretty(names: Sequence[str], rows: list[Sequence[Cell]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    texts = _visible(rows)
    widths = [max((_width(line[n]) for line in texts), default=0) for n in range(len(names))]
    # If the table is too wide, titles and other long cells are folded; days, codes and numbers are not.
    whole = [width <= _WHOLE for width in widths]
    headings = [
        name.replace("_", "\n" if width < len(name) else " ") for name, width in zip(names, widths, strict=True)
    ]
    console = Console(color_system="auto" if takes_colour() else None, highlight=False)
    least = sum(
        max(width if width <= _WHOLE else _FOLDED, *map(len, heading.split("\n"))) + 2
        for width, heading in zip(widths, headings, strict=True)
    )
    if least > console.width:
        _print_plain(names, rows)
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    right = _numeric(len(names), rows)
    for n, heading in enumerate(headings):
        table.add_column(Text(heading), justify="right" if n in right else "left", overflow="fold", no_wrap=whole[n])
    for line in texts:
        table.add_row(*map(Text, line))
    with telling_stdout():
        console.print(table)


def _numeric(columns: int, rows: list[Sequence[Cell]]) -> set[int]:
    """The columns with numbers only."""
    held = [{type(row[n]) for row in rows} - {type(None)} for n in range(columns)]
    return {n for n, types in enumerate(held) if types and types <= {int, float}}


def _width(text: str) -> int:
    """The width of the text in terminal columns."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text
    )
