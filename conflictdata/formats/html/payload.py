"""What the explorer's page shows, as one JSON object: events with their claims, and what is derived of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from conflictdata.analysis.citation import citation, event_citation
from conflictdata.analysis.claim_text import value_of
from conflictdata.analysis.comparison import claimant_ranges
from conflictdata.analysis.control import control_series
from conflictdata.analysis.disputes import disputed
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.figures.estimate import say
from conflictdata.analysis.figures.summary import figures
from conflictdata.analysis.geography import locate
from conflictdata.analysis.grades import grade
from conflictdata.analysis.origins import first_publisher, origins
from conflictdata.codelists import codelist
from conflictdata.model import Claim, Count, Event, Place, Records, Source
from conflictdata.model.codes import EventKind, Grade, Property
from conflictdata.resources import read_text

Json = Any

_SHOWN = (Property.KILLED, Property.INJURED, Property.CASUALTIES, Property.CAPTURED)
"""The counts whose ranges an event's page shows."""

_ABOUT = (
    "Each mark is an event that somebody says happened. Open one to see who says what of it, in which document and "
    "which paragraph. Claims that contradict each other stand side by side.",
    "A number is a range: the lowest and the highest that independent sources give. An event without a number is not "
    "an event without deaths.",
    "The events are those that the documents of this dataset tell. They are not all events of the war, and their "
    "number by place or month says as much about the documents as about the war.",
    "Marks lie where the documents or a gazetteer put the place; the dashed circle shows within which distance the "
    "place lies. Timeline bars cover every day on which an event can have happened.",
)
_CREDITS = (
    "Data: conflictdata contributors, CC BY 4.0. Coordinates of settlements: GeoNames, CC BY 4.0. News articles read "
    "in FA-KES (Abu Salem and others 2019, CC BY 4.0). Civilian casualty reports: Combined Joint Task Force - "
    "Operation Inherent Resolve. Incident records: Airwars.",
    "Map: Natural Earth, public domain. Drawn with D3 by Mike Bostock, ISC licence.",
)


class _Index:
    """The actors, places and sources that the page names, each by its position."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.actors: dict[str, int] = {}
        self.places: dict[str, int] = {}
        self.sources: dict[str, int] = {}

    def actor(self, actor: str) -> int:
        return self.actors.setdefault(actor, len(self.actors))

    def place(self, place: str) -> int:
        position = self.places.setdefault(place, len(self.places))
        record = self.records.places.get(place)
        if record is not None and record.within is not None and record.within not in self.places:
            self.place(record.within)
        return position

    def source(self, source: str) -> int:
        return self.sources.setdefault(source, len(self.sources))


def payload(records: Records, events: Iterable[Event], selection: str = "") -> dict[str, Json]:
    """Everything that the page shows of these events; `selection` says what they were chosen from."""
    index = _Index(records)
    shown = [event for event in events if event.withdrawn is None]
    parts: dict[str, list[str]] = {}
    for event in shown:
        if event.part_of is not None:
            parts.setdefault(event.part_of, []).append(event.id)
    types = _codes("event-types")
    grades = [[row["code"], row["title"], row["description"]] for row in codelist("grades")]
    position = {code: n for n, (code, _) in enumerate(types)}
    rank: dict[str, int] = {code: n for n, code in enumerate(Grade)}
    rows = [_event(records, event, index, position, rank, parts.get(event.id, [])) for event in shown]
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


def _event(
    records: Records, event: Event, index: _Index, types: Mapping[str, int], grades: Mapping[str, int], parts: list[str]
) -> dict[str, Json]:
    dates = event_dates(records, event)
    found = locate(records, event.where) if event.where is not None else None
    graded = grade(records, event)
    ranges = _figures(records, event, index)
    return {
        "id": event.id,
        "kind": event.kind,
        "title": event.title,
        "summary": event.summary,
        "type": types[event.type],
        "start": dates.start.isoformat() if dates.start else None,
        "end": dates.end.isoformat() if dates.end else None,
        "startBasis": dates.start_basis,
        "endBasis": dates.end_basis,
        "basis": event.when.basis,
        "place": index.place(event.where.place) if event.where is not None else None,
        "precision": (found.precision if found else event.where.precision) if event.where is not None else None,
        "whereNote": event.where.note if event.where is not None else None,
        **({"lat": found.point.lat, "lon": found.point.lon, "radius": found.point.radius_m} if found else {}),
        "grade": grades[graded],
        "why": _named(records, graded.why),
        "origins": len(origins(records, event)),
        "disputed": sorted(disputed(records, event)),
        "means": [*event.means],
        "target": [*event.target],
        "actors": [[index.actor(who.actor), who.side, who.role] for who in event.participants],
        "partOf": event.part_of,
        "parts": parts,
        "figures": ranges,
        "killed": _killed(records, event),
        "counts": {index.actor(who): [*range_] for who, range_ in claimant_ranges(event).items()},
        "claims": [_claim(event, claim, index) for claim in event.claims],
        "external": [[_DATASETS.get(one.dataset, one.dataset), one.id, one.url or ""] for one in event.external_ids],
        "cite": event_citation(records, event),
    }


def _named(records: Records, text: str) -> str:
    """The text with the names of actors and places in place of their ids."""

    def name(found: re.Match[str]) -> str:
        record = records.actors.get(found[0]) or records.places.get(found[0])
        return record.name if record is not None else found[0]

    return re.sub(r"[a-z][a-z0-9-]+", name, text)


_DATASETS = {"airwars": "Airwars", "acled": "ACLED", "ucdp_ged": "UCDP GED"}


def _figures(records: Records, event: Event, index: _Index) -> list[dict[str, Json]]:
    rows = []
    for what in _SHOWN:
        if any(claim.property is what and claim.live for claim in event.claims):
            answer = figures(records, what, events=[event])
            for figure in (*(f for group in answer.whole for f in group.figures), *answer.statements):
                rows.append(
                    {
                        "what": f"{what}: {_population(figure.claims[0].claim.count)}",
                        "low": figure.low,
                        "high": figure.high,
                        "lowBy": sorted({index.actor(claim.claim.claimant) for claim in figure.lowest}),
                        "highBy": sorted({index.actor(claim.claim.claimant) for claim in figure.highest}),
                    }
                )
    return rows


def _killed(records: Records, event: Event) -> list[Json] | None:
    """The range of people killed: the sum of an incident's figures, or the widest single figure of an operation."""
    if not any(claim.property is Property.KILLED and claim.live for claim in event.claims):
        return None
    answer = figures(records, "killed", events=[event])
    if event.kind is EventKind.INCIDENT:
        return [answer.low, answer.high]
    lows = [figure.low for figure in answer.statements if figure.low is not None]
    return [max(lows, default=None), None] if lows else None


def _population(count: Count | None) -> str:
    of = count.of if count is not None else None
    return ", ".join(filter(None, (of.status, of.actor, of.nationality, of.item))) if of is not None else "people"


_GROUPS = {
    Property.OCCURRED: "Whether it happened",
    Property.RESPONSIBILITY: "Who did it",
    Property.RESULT: "How it ended",
    Property.DATE: "When",
}


def _claim(event: Event, claim: Claim, index: _Index) -> dict[str, Json]:
    group = _GROUPS.get(claim.property, claim.property.capitalize())
    if claim.count is not None:
        group = f"{claim.property.capitalize()}: {_population(claim.count)}"
    elif claim.control is not None:
        index.place(claim.control.place)
        group = f"Who holds {claim.control.place}"
    elif claim.statement is not None:
        group = f"Statements: {claim.statement.topic}"
    count = claim.count
    number = say(count.low, count.high) if count is not None and (count.low, count.high) != (None, None) else ""
    return {
        "id": f"{event.id}#{claim.id}",
        "group": group,
        "who": index.actor(claim.claimant),
        "stated": claim.claimant_as_stated,
        "speaker": claim.speaker,
        "via": [index.actor(channel) for channel in claim.via],
        "stance": claim.stance,
        "number": number,
        "text": _text(index, claim),
        "hedge": claim.hedge,
        "status": claim.status,
        "day": _stated(claim),
        "conflicts": [*claim.conflicts_with],
        "ev": [[index.source(one.source), one.paragraph, one.locator] for one in claim.evidence],
    }


def _text(index: _Index, claim: Claim) -> str:
    """What is claimed, in words; of a count the words of the document, who caused it and what it covers."""
    if claim.statement is not None:
        return claim.statement.text
    count = claim.count
    if count is None:
        return _named(index.records, value_of(claim)) or "that it happened"
    by = f", caused by {' and '.join(_named(index.records, actor) for actor in count.by)}" if count.by else ""
    total = {"period_total": ", a total over a period", "running_total": ", a running total"}
    return f"\u201c{count.as_stated}\u201d{by}{total.get(count.scope or '', '')}"


def _stated(claim: Claim) -> str | None:
    days = claim.stated_on
    if days is None:
        return None
    first, last = (day.isoformat() if day else None for day in (days.earliest, days.latest))
    if first == last:
        return first
    if first and last:
        return f"between {first} and {last}"
    return f"by {last}" if last else f"from {first}"


def _source(records: Records, index: _Index, source_id: str) -> dict[str, Json]:
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
            by = records.actors.get(step.by) if step.by is not None else None
            label = "page" if step is source.chain[0] else f"read at {by.name if by is not None else step.by}"
            return {"url": step.url, "urlLabel": label}
    return {"url": None}


def _places(records: Records, index: _Index, rows: list[dict[str, Json]]) -> list[dict[str, Json]]:
    counted: dict[int, int] = {}
    for row in rows:
        if row["place"] is not None:
            counted[row["place"]] = counted.get(row["place"], 0) + 1
    return [_place(records, place_id, index, counted.get(n, 0)) for n, place_id in enumerate([*index.places])]


def _place(records: Records, place_id: str, index: _Index, count: int) -> dict[str, Json]:
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
        "control": [
            {
                "from": span.start.isoformat() if span.start else None,
                "to": span.end.isoformat() if span.end else None,
                "text": _named(records, span.text),
                "claims": [*span.claims],
            }
            for span in control_series(records, place.id).spans
        ],
    }


def _actor(records: Records, actor_id: str) -> dict[str, Json]:
    actor = records.actors.get(actor_id)
    if actor is None:
        return {"id": actor_id, "name": actor_id, "description": ""}
    return {"id": actor.id, "name": actor.name, "description": actor.description}
