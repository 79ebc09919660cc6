"""`conflictdata control`: who held a place on a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, dataset
from conflictdata.cli.output import say
from conflictdata.cli.param_types import Day, RecordId


@click.command(cls=Command)
@click.argument("place", type=RecordId("place"))
@click.option("--on", "day", type=Day(), required=True, help="The local day, as YYYY-MM-DD.")
@DATA
def command(place: str, day: dt.date, data: str | Path | None) -> None:
    """Say who held a place on a day, on whose word, or that it is not known.

    PLACE is an id or a name. Where no claim covers the day, the nearest earlier and later ones are shown; they are no
    answer, since control is never carried forward.

    \b
    Example:
      conflictdata control raqqa --on 2016-06-15
    """
    answer = dataset(data).control(place, day)
    for line in str(answer).split("\n"):
        say(line)
