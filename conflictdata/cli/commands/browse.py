"""`conflictdata browse`: the explorer in the browser."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, Choice, dataset, filters
from conflictdata.cli.output import talk


@click.command(cls=Command)
@filters
@DATA
def command(choice: Choice, data: str | Path | None) -> None:
    """Open the explorer in the browser: map, timeline, claims and contradictions.

    The page is written to a temporary folder. To keep or share it, use `conflictdata export html -o FILE`.

    \b
    Example:
      conflictdata browse
      conflictdata browse --place raqqa --from 2017-06-01
    """
    from conflictdata.atomic import write_bytes
    from conflictdata.formats.html.writer import HTML

    whole = dataset(data)
    page = Path(tempfile.mkdtemp(prefix="conflictdata-")) / "explorer.html"
    write_bytes(page, HTML.content(whole.records, choice.events(whole)))
    if click.launch(page.as_uri()) != 0:
        talk("no browser could be started; open the file by hand")
    talk(f"wrote {page}")
