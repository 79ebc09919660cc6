"""The explorer's page: template, style, script, library and data in one HTML file that asks nothing of a network."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator

from conflictdata.errors import ConflictDataError
from conflictdata.formats.html.payload import payload
from conflictdata.formats.interface import Chosen, FileFormat, events_of, source_text
from conflictdata.model import Records
from conflictdata.resources import read_text

MAX_EVENTS = 20_000
"""More events than that make a page that no browser shows quickly."""

_FOLDER = "conflictdata/formats/html"
_SCRIPTS = ("1-data", "2-state", "3-marks", "4-map", "5-timeline", "6-panels", "7-main")


def page(records: Records, events: Chosen | None) -> Iterator[bytes]:
    """The whole page. More than MAX_EVENTS events raise `ConflictDataError`."""
    chosen = events_of(records, events)
    if len(chosen) > MAX_EVENTS:
        raise ConflictDataError(f"{len(chosen)} events are too many for one page (maximum {MAX_EVENTS}); use filters")
    data = json.dumps(
        payload(records, chosen, source_text(records, events)), ensure_ascii=False, separators=(",", ":")
    ).encode()
    parts = {
        "css": read_text(f"{_FOLDER}/explorer.css"),
        "payload": base64.b64encode(zlib.compress(data, 9)).decode(),
        "d3": read_text(f"{_FOLDER}/d3.bundle.js"),
        "js": "\n".join(read_text(f"{_FOLDER}/js/{name}.js") for name in _SCRIPTS),
    }
    text = read_text(f"{_FOLDER}/page.html")
    for name, part in parts.items():
        before, mark, text_after = text.partition(f"/*{{{name}}}*/")
        assert mark, f"the template has no place for {name}"
        yield before.encode()
        yield part.encode()
        text = text_after
    yield text.encode()


HTML = FileFormat(
    name="html",
    description="The explorer: one page with map, timeline, claims and contradictions. It opens without a network.",
    file="explorer",
    extension=".html",
    chunks=page,
    loses=("release", "selection", "context", "period", "sources", "actors", "places", "events"),
)
"""The explorer is for reading only; the other formats hold its data."""
