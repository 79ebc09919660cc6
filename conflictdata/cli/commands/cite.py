"""`conflictdata cite`: a citation of the dataset or of one event."""

from __future__ import annotations

from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, dataset
from conflictdata.cli.output import write
from conflictdata.cli.param_types import RecordId, named


def _forms() -> tuple[str, ...]:
    from conflictdata.analysis.citation import FORMS

    return tuple(FORMS)


@click.command(cls=Command)
@click.argument("event", required=False, type=RecordId("event"))
@click.option(
    "--style",
    metavar="STYLE",
    type=named("citation style", _forms),
    default="apa",
    show_default=True,
    help="Citation style: apa, bibtex, csl-json or cff.",
)
@DATA
def command(event: str | None, style: str, data: str | Path | None) -> None:
    """Print a citation of the dataset and its data sources, or of one event and its documents.

    EVENT is an id. The author is given as "conflictdata contributors".

    \b
    Example:
      conflictdata cite --style bibtex
      conflictdata cite CD-0003
    """
    from conflictdata.analysis.citation import citation
    from conflictdata.analysis.credits import credited_works

    records = dataset(data).records
    write([citation(records, event, style, credited_works(records) if event is None else ()).encode()])
