"""`conflictdata browse`: the explorer in the browser."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, dataset, filters, found_events
from conflictdata.cli.output import talk

if TYPE_CHECKING:
    from conflictdata.analysis.event_search import EventFilter


@click.command(cls=Command)
@filters
@DATA
def command(asked: EventFilter | None, data: str | Path | None) -> None:
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
    write_bytes(page, HTML.content(whole.records, found_events(asked, whole)))
    talk(f"wrote {page}")
    if not webbrowser.open(page.as_uri()):
        talk("no browser could be started; open the file in one")
