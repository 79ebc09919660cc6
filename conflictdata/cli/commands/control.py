"""`conflictdata control`: who held a place on a day or over time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, dataset
from conflictdata.cli.param_types import Day, RecordId
from conflictdata.cli.table_output import print_answer

if TYPE_CHECKING:
    from conflictdata.analysis.control import ControlAnswer, ControlSeries


@click.command(cls=Command)
@click.argument("place", type=RecordId("place"))
@click.option("--on", "day", metavar="DAY", type=Day(), help="The local day, as YYYY-MM-DD.")
@click.option("--series", is_flag=True, help="All claims about the place over time, one row for each.")
@FORM
@DATA
def command(place: str, day: dt.date | None, series: bool, form: str, data: str | Path | None) -> None:
    """Show who held a place on a day or over time, and who says so.

    PLACE is an id or a name. If no claim covers the day, the nearest earlier and later claims are shown; control is
    never assumed to continue.

    \b
    Example:
      conflictdata control raqqa --on 2016-06-15
      conflictdata control raqqa --series
    """
    if series == (day is not None):
        raise click.UsageError("--on DAY or --series is needed, and not both; give one of them")
    whole = dataset(data)
    answer: ControlSeries | ControlAnswer = whole.control_series(place) if day is None else whole.control(place, day)
    print_answer(answer, form, str(answer).split("\n"))
