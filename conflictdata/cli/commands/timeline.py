"""`conflictdata timeline`: an actor through time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, dataset, say_namesakes
from conflictdata.cli.param_types import RecordId
from conflictdata.cli.table_output import Cell, print_answer, print_table
from conflictdata.text import spell_range

if TYPE_CHECKING:
    from conflictdata.analysis.timeline import Strength


@click.command(cls=Command)
@click.argument("actor", type=RecordId("actor"))
@click.option("--exact", is_flag=True, help="Only the actor, without its parts and branches.")
@click.option("--strength", is_flag=True, help="Its reported number of fighters over time, instead of events.")
@FORM
@DATA
def command(actor: str, exact: bool, strength: bool, form: str, data: str | Path | None) -> None:
    """List the events that an actor took part in, in order of time.

    ACTOR is an id or a name. An empty cell is unknown.

    \b
    Example:
      conflictdata timeline islamic-state
      conflictdata timeline islamic-state --strength
    """
    from conflictdata.analysis.event_search import EventFilter

    whole = dataset(data)
    if strength and form == "text":
        names = ("date_start", "date_end", "strength", "place", "claimant", "claim_id")
        print_table(names, [_row(point) for point in whole.strength(actor, branches=not exact)])
    elif strength:
        print_answer(whole.strength(actor, branches=not exact), form)
    else:
        entries = whole.timeline(actor, branches=not exact)
        if not exact:
            say_namesakes(EventFilter(actor=actor), whole, (entry.event for entry in entries))
        print_answer(entries, form)


def _row(point: Strength) -> tuple[Cell, ...]:
    return *point.days, spell_range(point.low, point.high), point.place, point.claim.claim.claimant, point.claim.id
