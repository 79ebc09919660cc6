"""`conflictdata similar`: the events that may be the same as one, for a curator to read."""

from __future__ import annotations

from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, dataset
from conflictdata.cli.output import many, talk
from conflictdata.cli.param_types import Kilometres, RecordId
from conflictdata.cli.table_output import print_table

_COLUMNS = ("id", "days_apart", "km_apart", "shared_actors", "numbers_agree", "date_start", "date_end", "title")


@click.command(cls=Command)
@click.argument("event", type=RecordId("event"))
@click.option("--days", default=3, show_default=True, type=click.IntRange(0, 366), help="Maximum days apart.")
@click.option("--km", default=30.0, show_default=True, type=Kilometres(), help="Maximum distance apart, in km.")
@FORM
@DATA
def command(event: str, days: int, km: float, form: str, data: str | Path | None) -> None:
    """List events that may be duplicates of an event.

    EVENT is an id. The listed events have the same kind and a compatible type. Read both records and their texts: if
    they are one event, move the claims into one record; if they are two, record the reason in `distinct_from`.

    \b
    Example:
      conflictdata similar CD-0053 --days 7
    """
    from conflictdata.analysis.event_dates import event_dates
    from conflictdata.curation.similar import similar

    whole = dataset(data)
    found = similar(whole.records, event, days=days, km=km)
    rows = []
    for alike in found:
        dates = event_dates(whole.records, alike.event)
        far = None if alike.km is None else round(alike.km, 1)
        agree = {True: "yes", False: "no", None: ""}[alike.numbers_agree]
        shared = " ".join(alike.actors)
        rows.append((alike.event.id, alike.days, far, shared, agree, dates.start, dates.end, alike.event.title))
    print_table(_COLUMNS, rows, form)
    talk(many(len(found), "event"))
