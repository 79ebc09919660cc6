"""`conflictdata timeline`: an actor through time."""

from __future__ import annotations

from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, dataset
from conflictdata.cli.param_types import RecordId
from conflictdata.cli.table_output import print_table


@click.command(cls=Command)
@click.argument("actor", type=RecordId("actor"))
@click.option("--exact", is_flag=True, help="The actor alone, without its parts and branches.")
@click.option("--strength", is_flag=True, help="How many fighters it is said to have had, in place of events.")
@FORM
@DATA
def command(actor: str, exact: bool, strength: bool, form: str, data: str | Path | None) -> None:
    """List the events that an actor took part in, in order of time.

    ACTOR is an id or a name. Where a day is not known its cell is empty.

    \b
    Example:
      conflictdata timeline islamic-state
      conflictdata timeline islamic-state --strength
    """
    whole = dataset(data)
    if strength:
        series = whole.strength(actor, branches=not exact)
        stated = [(*s.days, s.low, s.high, s.place, s.claim.claim.claimant, s.claim.id) for s in series]
        print_table(("earliest", "latest", "low", "high", "place", "claimant", "claim"), stated, form)
        return
    entries = whole.timeline(actor, branches=not exact)
    rows = [
        (*e.days, e.event.id, e.event.type, ", ".join(dict.fromkeys(part.role for part in e.parts)), e.event.title)
        for e in entries
    ]
    print_table(("earliest", "latest", "event", "type", "roles", "title"), rows, form)
