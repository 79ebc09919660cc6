"""`conflictdata figures`: how many, as a range from low to high."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conflictdata.analysis.claim_text import counted
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, Choice, dataset, filters
from conflictdata.cli.output import say
from conflictdata.cli.param_types import Day, coded, named
from conflictdata.cli.table_output import Cell, print_table

if TYPE_CHECKING:
    from conflictdata.analysis.figures.summary import Figures


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
    choice: Choice,
    form: str,
    data: str | Path | None,
) -> None:
    """Count the killed, injured or captured, as a range from low to high.

    WHAT is a counting property, by default killed. Only incidents are added up. Below the table stands what each
    claimant last reported of whole operations, which is not added. An empty cell means that no bound is reported; it
    never means 0.

    \b
    Example:
      conflictdata figures killed --by year
      conflictdata figures injured --status civilian --place mosul
    """
    whole = dataset(data)
    found = whole.figures(what, events=choice.events(whole), by=by, status=status, vague=vague, best=best, as_of=as_of)
    estimate = ("best",) if best is not None else ()
    names = (by or "of", "unit", "item", "low", "high", *estimate, "incidents", "without_count")
    rows: list[tuple[Cell, ...]] = [
        (
            *(group.key if by is not None else "all", group.unit, group.item),
            *(group.low, group.high, *((group.best,) if best is not None else ())),
            *(group.n_events, group.n_without),
        )
        for group in (found.groups if by is not None else found.whole)
    ]
    print_table(names, rows, form)
    if form == "text":
        for line in _beside(found):
            say(line)


def _beside(found: Figures) -> Iterator[str]:
    from conflictdata.analysis.figures.estimate import say as say_range

    yield ""
    yield f"{found.n_without} of {found.n_events} incidents have no count."
    yield f'Number words ("dozens") converted with table {found.vague}.'
    if found.statements:
        yield "Reported for whole operations (not added to the totals):"
    for figure in found.statements:
        said = ", ".join(dict.fromkeys(f"{claim.claim.claimant} ({claim.id})" for claim in figure.claims))
        yield f"  {say_range(figure.low, figure.high)} {counted(figure.claims[0].count)}, reported by {said}"
