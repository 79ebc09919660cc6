"""Events as GeoJSON (RFC 7946): one collection, or one feature on each line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import compress

from conflictdata.analysis.citation import citation
from conflictdata.canonical.dump import line_encoder
from conflictdata.formats.csv_flat import CSV
from conflictdata.formats.interface import Chosen, FileFormat, source_text
from conflictdata.model import Records
from conflictdata.tables.columns import Value
from conflictdata.tables.event_item import EventItem
from conflictdata.tables.events import EVENTS
from conflictdata.tables.gathering import gathered

Row = tuple[Value, ...]

_NAMES = [column.name for column in EVENTS.columns]
_ID, _LAT, _LON = (_NAMES.index(name) for name in ("id", "latitude", "longitude"))


def event_rows(records: Records, events: Chosen | None) -> Iterator[Row]:
    """The rows of the table of events, without those withdrawn."""
    if events is None:
        cells = (each for _, each in gathered(records, EVENTS))
        live = (event.withdrawn is None for event in records.events)
        yield from compress(zip(*cells, strict=True), live)
        return
    for event in events:
        if event.withdrawn is None:
            item = EventItem(records, event)
            yield tuple(column.value(item) for column in EVENTS.columns)


def features(rows: Iterable[Row]) -> Iterator[bytes]:
    """Each row as a feature on its own line, with the event's id; the geometry is null if there is no point."""
    encode = line_encoder()
    for row in rows:
        lat, lon = row[_LAT], row[_LON]
        properties = dict(zip(_NAMES, row, strict=True))
        yield encode(
            {
                "type": "Feature",
                "id": row[_ID],
                "geometry": None if lat is None or lon is None else {"type": "Point", "coordinates": (lon, lat)},
                "properties": properties,
            }
        )


def collection(records: Records, events: Chosen | None) -> Iterator[bytes]:
    """One FeatureCollection, a feature a line, with the citation as a member of its own."""
    about = {"title": "conflictdata", "citation": citation(records).strip(), "licence": "CC-BY-4.0"}
    if selection := source_text(records, events):
        about["selection"] = selection
    yield b'{"type":"FeatureCollection","metadata":' + json.dumps(about, ensure_ascii=False).encode() + b',"features":['
    for position, feature in enumerate(features(event_rows(records, events))):
        yield (b",\n" if position else b"\n") + feature
    yield b"\n]}\n"


def lines(records: Records, events: Chosen | None) -> Iterator[bytes]:
    """One feature a line."""
    for feature in features(event_rows(records, events)):
        yield feature + b"\n"


GEOJSON = FileFormat(
    name="geojson",
    description="Events as points for maps (GeoJSON, RFC 7946); the properties are the columns of the table of events.",
    extension=".geojson",
    chunks=collection,
    loses=CSV.loses,
)

GEOJSON_LINES = FileFormat(
    name="geojsonl",
    description="The same features, one per line (newline-delimited GeoJSON).",
    extension=".geojsonl",
    chunks=lines,
    loses=CSV.loses,
)
