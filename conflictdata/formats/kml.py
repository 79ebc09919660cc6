"""Events as KML 2.2 for Google Earth: a folder for each event type, with time spans and the columns as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from conflictdata.analysis.citation import citation
from conflictdata.analysis.event_dates import event_dates
from conflictdata.codelists import codelist
from conflictdata.formats.csv_flat import CSV
from conflictdata.formats.interface import Chosen, FileFormat, events_of, source_text
from conflictdata.model import Event, Records
from conflictdata.tables.event_item import EventItem
from conflictdata.tables.events import EVENTS
from conflictdata.text import spell_cell

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document can hold."""

_APART = frozenset({"id", "title", "summary", "latitude", "longitude"})
"""The columns that have their own KML element."""


def document(records: Records, events: Chosen | None) -> Iterator[bytes]:
    """The document; an event without a point has none, one without a known day no span."""
    about = " ".join(filter(None, (citation(records).strip(), source_text(records, events))))
    by_type: dict[str, list[Event]] = {}
    for event in events_of(records, events):
        if event.withdrawn is None:
            by_type.setdefault(event.type, []).append(event)
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
        f"<name>conflictdata</name>\n<description>{_text(about)}</description>\n"
    ).encode()
    for row in codelist("event-types"):
        if row["code"] in by_type:
            yield f'<Folder id="{row["code"]}">\n<name>{_text(row["title"])}</name>\n'.encode()
            for event in by_type[row["code"]]:
                yield "".join(_placemark(records, event)).encode()
            yield b"</Folder>\n"
    yield b"</Document>\n</kml>\n"


def _placemark(records: Records, event: Event) -> Iterator[str]:
    item = EventItem(records, event)
    yield f'<Placemark id="{event.id}">\n<name>{_text(event.title)}</name>\n'
    yield f"<description>{_text(event.summary)}</description>\n"
    dates = event_dates(records, event)
    if dates.start is not None or dates.end is not None:
        begin = f"<begin>{dates.start}</begin>" if dates.start is not None else ""
        end = f"<end>{dates.end}</end>" if dates.end is not None else ""
        yield f"<TimeSpan>{begin}{end}</TimeSpan>\n"
    yield "<ExtendedData>\n"
    for column in EVENTS.columns:
        cell = spell_cell(column.value(item)) if column.name not in _APART else ""
        if cell:
            yield f"<Data name={quoteattr(column.name)}><value>{_text(cell)}</value></Data>\n"
    yield "</ExtendedData>\n"
    if item.located is not None:
        point = item.located.point
        yield f"<Point><coordinates>{point.lon},{point.lat}</coordinates></Point>\n"
    yield "</Placemark>\n"


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


KML = FileFormat(
    name="kml",
    description="Events for Google Earth (KML 2.2), with time spans, and a folder for each type of event.",
    extension=".kml",
    chunks=document,
    loses=CSV.loses,
)
