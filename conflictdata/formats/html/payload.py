"""What the explorer's page shows, as one JSON object: events with their claims, and what is derived of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from conflictdata.analysis.citation import citation
from conflictdata.analysis.claim_text import actor_name
from conflictdata.analysis.control import control_series
from conflictdata.analysis.control_spans import ControlSpan
from conflictdata.analysis.publication import first_publisher
from conflictdata.codelists import codelist
from conflictdata.date_windows import spell_window
from conflictdata.formats.html.event_payload import event_payload
from conflictdata.formats.html.name_index import NameIndex, with_names
from conflictdata.model import Event, Place, Records, Source
from conflictdata.model.codes import Grade, Stance
from conflictdata.resources import read_text

Json = Any

_ABOUT = (
    "Each mark is an event that somebody says happened. Open one to see who says what of it, in which document and "
    "which paragraph. Claims that contradict each other stand side by side.",
    "A number is a range: the lowest and the highest that independent sources give. An event without a number is not "
    "an event without deaths.",
    "The events are those that the documents of this dataset report. They are not all events of the war; their "
    "number by place or month says as much about the documents as about the war.",
    "Marks are at the point of the place, from a document or a gazetteer; the place is somewhere within the dashed "
    "circle. Timeline bars cover every day on which an event can have happened.",
)
_CREDITS = (
    "Data: conflictdata contributors, CC BY 4.0. Coordinates of settlements: GeoNames, CC BY 4.0. News articles read "
    "in FA-KES (Abu Salem and others 2019, CC BY 4.0). Civilian casualty reports: Combined Joint Task Force - "
    "Operation Inherent Resolve. Incident records: Airwars.",
    "Map: Natural Earth, public domain. Drawn with D3 by Mike Bostock, ISC licence.",
)


def payload(records: Records, events: Iterable[Event], selection: str = "") -> dict[str, Json]:
    """Everything that the page shows of these events; `selection` says what they were chosen from."""
    index = NameIndex(records)
    kept = [event for event in events if event.withdrawn is None]
    parts: dict[str, list[str]] = {}
    for event in kept:
        if event.part_of is not None:
            parts.setdefault(event.part_of, []).append(event.id)
    types = _codes("event-types")
    grades = [[row["code"], row["title"], row["description"]] for row in codelist("grades")]
    position = {code: n for n, (code, _) in enumerate(types)}
    rank: dict[str, int] = {code: n for n, code in enumerate(Grade)}
    rows = [event_payload(records, event, index, position, rank, parts.get(event.id, [])) for event in kept]
    sources = [_source(records, index, source_id) for source_id in [*index.sources]]
    places = _places(records, index, rows)
    release = records.release
    version = f"release {release.version}" if release is not None else "unreleased records"
    return {
        "meta": {
            "title": "conflictdata",
            "subtitle": "The war against Islamic State in Syria and Iraq, 2014 to 2017: who says what happened, and "
            "who says otherwise.",
            "footer": " · ".join(filter(None, (version, citation(records).strip(), selection))),
            "citation": citation(records).strip(),
            "about": _ABOUT,
            "credits": _CREDITS,
        },
        "types": types,
        "grades": grades,
        "means": _codes("means"),
        "targets": _codes("targets"),
        "basemap": json.loads(read_text("conflictdata/formats/html/basemap.json")),
        "events": rows,
        "sources": sources,
        "places": places,
        "actors": [_actor(records, actor_id) for actor_id in index.actors],
    }


def _codes(name: str) -> list[list[str]]:
    return [[row["code"], row["title"]] for row in codelist(name)]


def _source(records: Records, index: NameIndex, source_id: str) -> dict[str, Json]:
    source: Source | None = records.sources.get(source_id)
    if source is None:
        return {"id": source_id, "name": source_id, "title": source_id, "by": None, "file": "", "composition": ""}
    publisher = first_publisher(source)
    day = source.chain[0].date
    latest = day.latest.isoformat() if day is not None and day.latest is not None else None
    by = records.actors.get(publisher).name if publisher and records.actors.get(publisher) else publisher or ""  # type: ignore[union-attr]
    return {
        "id": source.id,
        "name": f"{by} {latest or ''}".strip() or source.id,
        "title": source.title,
        "by": index.actor(publisher) if publisher is not None else None,
        "date": latest,
        **_address(records, source),
        "file": source.file,
        "composition": source.composition,
        "notes": source.notes,
    }


def _address(records: Records, source: Source) -> dict[str, Json]:
    """The address of the document, and what it is: the page itself, or where it was read."""
    for step in source.chain:
        if step.url is not None:
            label = "page" if step is source.chain[0] else f"read at {actor_name(records, step.by)}"
            return {"url": step.url, "urlLabel": label}
    return {"url": None}


def _places(records: Records, index: NameIndex, rows: list[dict[str, Json]]) -> list[dict[str, Json]]:
    counted: dict[int, int] = {}
    for row in rows:
        if row["place"] is not None:
            counted[row["place"]] = counted.get(row["place"], 0) + 1
    return [_place(records, place_id, index, counted.get(n, 0)) for n, place_id in enumerate([*index.places])]


def _place(records: Records, place_id: str, index: NameIndex, count: int) -> dict[str, Json]:
    place: Place | None = records.places.get(place_id)
    if place is None:
        return {"id": place_id, "name": place_id, "kind": "place", "within": None, "n": count, "control": []}
    point = place.point
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "within": index.places.get(place.within) if place.within is not None else None,
        **({"lat": point.lat, "lon": point.lon, "radius": point.radius_m} if point is not None else {}),
        "n": count,
        "control": [_span(records, span, index, place.id) for span in control_series(records, place.id).spans],
    }


def _span(records: Records, span: ControlSpan, index: NameIndex, place: str) -> dict[str, Json]:
    """`days` are those that the claim names: where a window is open, no other day is covered."""
    first, last = span.named_days or (None, None)
    return {
        "days": [first.isoformat(), last.isoformat()] if first and last else None,
        "when": spell_window(span.window),
        "text": with_names(records, span.text),
        "own": span.place == place,
        "holds": span.stance is Stance.ASSERTS,
        "who": index.actor(span.placed.claim.claimant),
        "claim": span.claim,
    }


def _actor(records: Records, actor_id: str) -> dict[str, Json]:
    actor = records.actors.get(actor_id)
    if actor is None:
        return {"id": actor_id, "name": actor_id, "description": ""}
    return {"id": actor.id, "name": actor.name, "description": actor.description}
