"""`conflictdata figures`: how many, as a range from low to high."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, dataset, filters, found_events
from conflictdata.cli.output import say
from conflictdata.cli.param_types import Day, coded, named
from conflictdata.cli.table_output import Cell, print_table
from conflictdata.text import spell_range

if TYPE_CHECKING:
    from pathlib import Path

    from conflictdata.analysis.event_search import EventFilter


def _counts() -> tuple[str, ...]:
    from conflictdata.analysis.figures.count_claims import COUNTS

    return tuple(sorted(COUNTS))


def _groupings() -> tuple[str, ...]:
    from conflictdata.analysis.figures.grouping import GROUPINGS

    return GROUPINGS


def _best() -> Mapping[str, Any]:
    from conflictdata.analysis.figures.estimate import RULES

    return RULES


@click.command(cls=Command)
@click.argument("what", default="killed", type=named("counting property", _counts))
@click.option(
    "--by",
    metavar="WHAT",
    type=named("grouping", _groupings),
    help="Group by event, type, operation, place, country, admin1, year, month, status, actor or another.",
)
@click.option(
    "--status",
    metavar="CODE",
    type=coded("population status", "population-statuses"),
    help="Only people of this status, such as civilian.",
)
@click.option(
    "--vague",
    metavar="TABLE",
    default="default",
    show_default=True,
    help="Table that converts number words such as `dozens`.",
)
@click.option(
    "--best",
    metavar="RULE",
    type=named("rule for a best estimate", _best),
    help="Add a column with the best estimate by this rule.",
)
@click.option("--as-of", metavar="DAY", type=Day(), help="Leave out claims that were made after this day.")
@filters
@FORM
@DATA
def command(
    what: str,
    by: str | None,
    status: str | None,
    vague: str,
    best: str | None,
    as_of: dt.date | None,
    asked: EventFilter | None,
    form: str,
    data: str | Path | None,
) -> None:
    """Count the killed, injured or captured, as a range from low to high.

    WHAT is a counting property, by default killed. Rows of the scope `incident` add up incidents. Rows of the scope
    `operation` are what each claimant last reported of a whole operation; they are not added. `7 or more` has no
    reported upper bound; in CSV and JSON the cell `high` is then empty. An empty cell never means 0. The column
    `doubted_by` names the claims that deny or doubt a count. Where somebody denies or doubts a whole count, its low is
    0; a denial of only some of the people, such as those killed by one party, leaves the low as it is.

    \b
    Example:
      conflictdata figures killed --by year
      conflictdata figures killed --by causer
      conflictdata figures injured --status civilian --place mosul
    """
    from conflictdata.analysis.figures.rows import columns

    whole = dataset(data)
    found = whole.figures(
        what, events=found_events(asked, whole), by=by, status=status, vague=vague, best=best, as_of=as_of
    )
    names = columns(by, best=best is not None)
    rows = found.rows()
    if form == "text":
        rows = [{name: _short(cell) for name, cell in row.items()} | {what: _range(row)} for row in rows]
        names = (*names[:2], what, *names[4:])
        names = tuple(name for name in names if name not in _UNPRINTED and any(row[name] is not None for row in rows))
    print_table(names, [tuple(cast(Cell, row[name]) for name in names) for row in rows], form)
    if form == "text":
        say("")
        say(f"{found.n_without} of {found.n_events} incidents have no count.")
        say(f'Number words ("dozens") converted with table {found.vague}.')
        if found.statements:
            say("Scope operation: reported for whole operations (not added to the totals).")


_UNPRINTED = ("bound", "unit", "date_start")
_MOST = 2
"""The most items of a cell that are printed as text."""


def _range(row: Mapping[str, Any]) -> str:
    return spell_range(row["low"], row["high"])


def _short(cell: object) -> object:
    """A cell with many items, shortened; CSV and JSON have all of them."""
    items = cell.split("; ") if isinstance(cell, str) else []
    return cell if len(items) <= _MOST + 1 else f"{'; '.join(items[:_MOST])} and {len(items) - _MOST} more"
