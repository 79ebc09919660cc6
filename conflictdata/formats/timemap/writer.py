"""The three JSON files that TimeMap reads, and the part of its configuration that names them.

TimeMap refuses an event with an unknown member, null or a number, so every value is text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from conflictdata.analysis.citation import citation
from conflictdata.analysis.claim_text import actor_name
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.geography import locate, place_of
from conflictdata.analysis.grades import grade
from conflictdata.analysis.publication import first_publisher
from conflictdata.codelists import codelist
from conflictdata.date_windows import spell_window
from conflictdata.formats.interface import Chosen, FolderFormat, Setting, Skip, events_of, source_text
from conflictdata.model import Event, Records, Source

_DATE = "%m/%d/%Y"
_MODES = {"type": "CATEGORY", "grade": "FILTER", "actor": "FILTER"}
_TITLES = {"type": "Event type", "grade": "Grade", "actor": "Actor"}


def files(records: Records, events: Chosen | None) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The events, what they are filtered by, the documents, and the configuration."""
    dated = [each for each in events_of(records, events) if not list(_reasons(records, each))]
    yield "events.json", _json([_event(records, event) for event in dated])
    yield "associations.json", _json(_associations(records, dated))
    cited = sorted({source for event in dated for source in _sources(event)})
    known = [source for each in cited if (source := records.sources.get(each)) is not None]
    yield "sources.json", _json({source.id: _source(records, source) for source in known})
    yield "config.js", [_config(records, source_text(records, events)).encode()]


def skipped(records: Records, events: tuple[Event, ...], **_: Setting) -> Iterator[Skip]:
    """The events that TimeMap would discard: those without a day, and withdrawn ones."""
    for event in events:
        yield from _reasons(records, event)


def _reasons(records: Records, event: Event) -> Iterator[Skip]:
    if event.withdrawn is not None:
        yield Skip(event.id, "withdrawn", "It was withdrawn.")
    elif event_dates(records, event).best is None:
        yield Skip(event.id, "window-open", "One end of its window is not known; TimeMap needs a day.")


def _event(records: Records, event: Event) -> dict[str, Any]:
    dates = event_dates(records, event)
    located = locate(records, event.where)
    place = place_of(records, event)
    assert dates.best is not None, "an event without a day is skipped"
    return {
        "id": event.id,
        "description": f"{event.title}. {event.summary}",
        "date": dates.best.strftime(_DATE),
        "time": "",
        "time_precision": f"{dates.precision} days" if dates.precision != 1 else "day",
        "time_display": spell_window(dates.window),
        "location": place.name if place is not None else "",
        "latitude": str(located.point.lat) if located is not None else "",
        "longitude": str(located.point.lon) if located is not None else "",
        "type": _titles("event-types")[event.type],
        "category": _titles("event-types")[event.type],
        "associations": [f"{kind}:{code}" for kind, code in _filed(records, event)],
        "sources": [*_sources(event)],
        "comments": f"Grade: {grade(records, event)}.",
    }


def _filed(records: Records, event: Event) -> Iterator[tuple[str, str]]:
    """The filters that the event belongs to."""
    yield "type", event.type
    yield "grade", str(grade(records, event))
    for actor in dict.fromkeys(who.actor for who in event.participants):
        yield "actor", actor


def _associations(records: Records, events: list[Event]) -> list[dict[str, Any]]:
    found = sorted({filed for event in events for filed in _filed(records, event)})
    return [
        {
            "id": f"{kind}:{code}",
            "title": (title := _title(records, kind, code)),
            "mode": _MODES[kind],
            "filter_paths": [_TITLES[kind], title],
        }
        for kind, code in found
    ]


def _title(records: Records, kind: str, code: str) -> str:
    if kind == "actor":
        return actor_name(records, code)
    return _titles("event-types" if kind == "type" else "grades")[code]


def _titles(name: str) -> dict[str, str]:
    return {row["code"]: row["title"] for row in codelist(name)}


def _sources(event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.source for claim in event.claims if claim.live for each in claim.evidence))


def _source(records: Records, source: Source) -> dict[str, Any]:
    days = source.chain[0].date
    return {
        "id": source.id,
        "title": source.title,
        "type": "Document",
        "url": next((step.url for step in source.chain if step.url), ""),
        "author": actor_name(records, first_publisher(source)),
        "date": days.latest.strftime(_DATE) if days is not None and days.latest is not None else "",
        "paths": [],
    }


def _json(value: Any) -> list[bytes]:
    return [json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"]


def _config(records: Records, selection: str) -> str:
    """What a configuration of TimeMap needs so that it finds and reads these files."""
    about = json.dumps(
        " ".join(filter(None, (f"conflictdata: {citation(records).strip()}", selection))), ensure_ascii=False
    )
    return f"""// Put these files where SERVER_ROOT leads and merge this into TimeMap's config.js.
module.exports = {{
  title: "conflictdata",
  display_title: "conflictdata",
  description: {about},
  SERVER_ROOT: "http://localhost:8000",
  EVENTS_EXT: "/events.json",
  ASSOCIATIONS_EXT: "/associations.json",
  SOURCES_EXT: "/sources.json",
  DATE_FMT: "MM/DD/YYYY",
  TIME_FMT: "hh:mm",
  store: {{
    app: {{
      map: {{ anchor: [35.5, 40.0], startZoom: 7 }},
      timeline: {{ range: ["2014-01-01T00:00:00.000", "2018-01-01T00:00:00.000"] }},
      associations: {{ defaultCategory: "Event type" }},
    }},
  }},
  features: {{ USE_CATEGORIES: true, CATEGORIES_AS_FILTERS: true, USE_ASSOCIATIONS: true, USE_SOURCES: true }},
}};
"""


TIMEMAP = FolderFormat(
    name="timemap",
    description="The JSON files of TimeMap (Forensic Architecture, Bellingcat) and the configuration that names them.",
    files=files,
    skipped=skipped,
    loses=(
        *(
            "release",
            "selection",
            "context",
            "period",
            "actors",
            "places.id",
            "places.kind",
            "places.names",
            "places.within",
        ),
        *("places.point.mgrs", "places.point.radius_m", "places.point.source", "places.point.standing"),
        *("places.point_unknown", "places.country", "places.admin1", "places.admin2", "places.admin3"),
        *("places.geonames_id", "places.withdrawn", "places.notes"),
        *("sources.language", "sources.chain", "sources.composition", "sources.wire", "sources.layout"),
        *("sources.alterations", "sources.paragraphs", "sources.furniture", "sources.sha256", "sources.file"),
        *("sources.withdrawn", "sources.notes"),
        *("events.kind", "events.part_of", "events.when", "events.where", "events.means", "events.target"),
        *("events.participants.side", "events.participants.role", "events.participants.claims"),
        *("events.claims", "events.distinct_from", "events.external_ids", "events.grade_override"),
        *("events.withdrawn", "events.notes"),
    ),
)
