"""One event of the explorer's page: its record, its claims, and what is derived from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conflictdata.analysis.citation import event_citation
from conflictdata.analysis.claim_text import actor_name, value_of
from conflictdata.analysis.comparison import claimant_ranges
from conflictdata.analysis.contradictions import disputed
from conflictdata.analysis.disputes import disputes
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.figures.over_events import figures
from conflictdata.analysis.geography import locate
from conflictdata.analysis.grades import grade
from conflictdata.analysis.origins import origins
from conflictdata.formats.html.name_index import NameIndex, with_names
from conflictdata.model import Claim, Count, Event, Records
from conflictdata.model.codes import EventKind, Property
from conflictdata.text import spell_range

Json = Any

_DATASETS = {"airwars": "Airwars", "acled": "ACLED", "ucdp_ged": "UCDP GED"}
_COUNTS = (Property.KILLED, Property.INJURED, Property.CASUALTIES, Property.CAPTURED)
"""The counts whose ranges an event's page shows."""


def event_payload(
    records: Records,
    event: Event,
    index: NameIndex,
    types: Mapping[str, int],
    grades: Mapping[str, int],
    parts: list[str],
) -> dict[str, Json]:
    """What the page shows of the event; `types` and `grades` give each code's position, `parts` its events' ids."""
    dates = event_dates(records, event)
    found = locate(records, event.where)
    graded = grade(records, event)
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
        "why": with_names(records, graded.why),
        "origins": len(origins(records, event)),
        "disputed": sorted(disputed(records, event)),
        "disputes": [
            [dispute.kind, [[claim.id for claim in side] for side in dispute.sides]]
            for dispute in disputes(records, event)
        ],
        "means": [*event.means],
        "target": [*event.target],
        "actors": [[index.actor(who.actor), who.side, who.role] for who in event.participants],
        "partOf": event.part_of,
        "parts": parts,
        "figures": _figures(records, event, index),
        "killed": _killed(records, event),
        "counts": {index.actor(who): [*range_] for who, range_ in claimant_ranges(event).items()},
        "claims": [_claim(event, claim, index) for claim in event.claims],
        "external": [[_DATASETS.get(one.dataset, one.dataset), one.id, one.url or ""] for one in event.external_ids],
        "cite": event_citation(records, event),
    }


def _figures(records: Records, event: Event, index: NameIndex) -> list[dict[str, Json]]:
    rows = []
    for what in _COUNTS:
        if any(claim.property is what and claim.live for claim in event.claims):
            answer = figures(records, what, events=[event])
            for figure in (*(f for group in answer.whole for f in group.figures), *answer.statements):
                rows.append(
                    {
                        "what": f"{what}: {_population(records, figure.claims[0].claim.count)}",
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


def _population(records: Records, count: Count | None) -> str:
    """Who or what is counted, in words: `combatants of Islamic State`, `children`, `people`."""
    of = count.of if count is not None else None
    if of is None:
        return "people"
    status = of.status.replace("_", " ") if of.status is not None else ""
    name = actor_name(records, of.actor)
    group = " of ".join(filter(None, (status, name))) if name.lower() not in (status, f"{status}s") else name
    return ", ".join(filter(None, (group, of.nationality, of.item))) or "people"


_GROUPS = {
    Property.OCCURRED: "Whether it happened",
    Property.RESPONSIBILITY: "Who did it",
    Property.RESULT: "How it ended",
    Property.DATE: "When",
}


def _property(claim: Claim) -> str:
    return claim.property.replace("_", " ").capitalize()


def _claim(event: Event, claim: Claim, index: NameIndex) -> dict[str, Json]:
    group = _GROUPS.get(claim.property, _property(claim))
    if claim.count is not None:
        group = f"{_property(claim)}: {_population(index.records, claim.count)}"
    elif claim.control is not None:
        index.place(claim.control.place)
        group = f"Who holds {with_names(index.records, claim.control.place)}"
    elif claim.statement is not None:
        group = f"Statements: {claim.statement.topic.replace('_', ' ')}"
    count = claim.count
    number = spell_range(count.low, count.high) if count is not None and (count.low, count.high) != (None, None) else ""
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
        "day": _days(claim),
        "conflicts": [*claim.conflicts_with],
        "ev": [[index.source(one.source), one.paragraph, one.locator] for one in claim.evidence],
    }


def _text(index: NameIndex, claim: Claim) -> str:
    """What is claimed, in words; of a count the words of the document, who caused it and what it covers."""
    if claim.statement is not None:
        return claim.statement.text
    count = claim.count
    if count is None:
        value = with_names(index.records, value_of(claim))
        return f"that {value} did it" if claim.property is Property.RESPONSIBILITY else value or "that it happened"
    by = f", caused by {' and '.join(with_names(index.records, actor) for actor in count.by)}" if count.by else ""
    total = {"period_total": ", a total over a period", "running_total": ", a running total"}
    return f"\u201c{count.as_stated}\u201d{by}{total.get(count.scope or '', '')}"


def _days(claim: Claim) -> str | None:
    days = claim.stated_on
    if days is None:
        return None
    first, last = (day.isoformat() if day else None for day in (days.earliest, days.latest))
    if first == last:
        return first
    if first and last:
        return f"between {first} and {last}"
    return f"by {last}" if last else f"from {first}"
