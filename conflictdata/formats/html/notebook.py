"""The explorer's page inside a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path

from conflictdata.atomic import write_bytes
from conflictdata.formats.html.writer import HTML
from conflictdata.model import Event, Records


class Explorer:
    """The explorer's page for a dataset or a selection: a notebook shows it in place, `save` writes it to a file."""

    def __init__(self, records: Records, events: Iterable[Event | str] | None = None) -> None:
        self._page = b"".join(HTML.content(records, events))

    def save(self, path: Path | str) -> Path:
        """Write the page to a file (atomically) and return its path."""
        write_bytes(Path(path), self._page)
        return Path(path)

    def _repr_html_(self) -> str:
        page = html.escape(self._page.decode(), quote=True)
        return (
            f'<iframe srcdoc="{page}" title="conflictdata explorer" style="width:100%;height:720px;border:0"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<Explorer: a page of {len(self._page):,} bytes; show it in a notebook or save it with save(path)>"
