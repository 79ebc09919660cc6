"""`conflictdata cite`: how to cite the dataset or one event."""

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
    "--format",
    "form",
    type=named("form of citation", _forms),
    default="apa",
    show_default=True,
    help="apa, bibtex, csl-json or cff.",
)
@DATA
def command(event: str | None, form: str, data: str | Path | None) -> None:
    """Say how to cite the dataset, or one event with its documents.

    EVENT is an id. The authors are the contributors as a body; no address or identifier is given that does not exist.

    \b
    Example:
      conflictdata cite --format bibtex
      conflictdata cite CD-0003
    """
    from conflictdata.analysis.citation import citation

    write([citation(dataset(data).records, event, form).encode()])
