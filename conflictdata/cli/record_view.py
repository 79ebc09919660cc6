"""A record as lines of text, with headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

from conflictdata.analysis.claim_text import cited, days, describe_claim, describe_claimant
from conflictdata.dataset import Dataset
from conflictdata.model import Actor, Event, EventClaim, Place, Source

Line = tuple[str, bool]
"""A line, and whether it is a heading."""


def render_record(whole: Dataset, record: Any) -> Iterator[Line]:
    """The lines of a record and its derived values."""
    yield from _sheet(record, whole)


@singledispatch
def _sheet(record: Any, whole: Dataset) -> Iterator[Line]:
    raise NotImplementedError(type(record))


@_sheet.register
def _event(event: Event, whole: Dataset) -> Iterator[Line]:
    part = f", part of {event.part_of} {whole.records.all_events[event.part_of].title}" if event.part_of else ""
    named_origins = ", ".join(whole.origins(event.id)) or "none"
    yield f"{event.id}  {event.title}", True
    yield from _withdrawn(event.withdrawn)
    yield f"  type       {event.kind}, {event.type}{part}", False
    yield f"  when       {days(event.when)}{_lasting(event)}", False
    if event.when.basis:
        yield f"             {event.when.basis}", False
    yield f"  where      {_where(event, whole)}", False
    yield f"  grade      {whole.grade(event.id)}; independent origins: {named_origins}", False
    yield from _paragraph("Summary", event.summary)
    yield from _section("Participants", (_participant(p.side, p.actor, p.role) for p in event.participants))
    yield from _section("Claims", (_claim(f"{claim.id}", claim) for claim in event.claims))
    yield from _section("Positions", map(str, whole.positions(event.id)))
    yield from _section("Disputes", map(str, whole.disputes(event.id)))
    yield from _section("Distinct from", (f"{other.event}: {other.reason}" for other in event.distinct_from))
    if event.grade_override:
        yield from _paragraph("Grade set by the curator", event.grade_override.reason)
    yield from _paragraph("Notes", event.notes)
    yield from _paragraph("Sentence", whole.sentence(event.id))


@_sheet.register
def _placed(placed: EventClaim, whole: Dataset) -> Iterator[Line]:
    claim = placed.claim
    yield f"{placed.id}  {describe_claim(claim)}", True
    yield f"  event      {placed.event}", False
    yield f"  claimant   {describe_claimant(claim)}", False
    facts = {
        "via": " > ".join(claim.via),
        "window": days(claim.window),
        "where": claim.where.place if claim.where else "",
        "stated on": days(claim.stated_on),
        "fate": claim.fate,
        "opposes": ", ".join(claim.conflicts_with),
        "reason": claim.status_reason,
        "evidence": cited(claim),
        "notes": claim.notes,
    }
    yield from _facts(facts)


@_sheet.register
def _actor(actor: Actor, whole: Dataset) -> Iterator[Line]:
    yield f"{actor.id}  {actor.name}", True
    yield from _withdrawn(actor.withdrawn)
    yield from _facts({"kind": actor.kind, "country": actor.country, "scale": actor.source_scale})
    yield f"  events     {len(whole.timeline(actor.id))}, with those of its parts and branches", False
    yield from _paragraph("Description", actor.description)
    yield from _section("Names", (_name(name) for name in actor.names))
    yield from _section("Relations", (_claim(f"{actor.id}#{relation.id}", relation) for relation in actor.relations))
    layout = (f"{n.name} (inter {n.inter}{f', {n.country}' if n.country else ''})" for n in actor.acled)
    yield from _section("Names in the ACLED layout", layout)
    yield from _paragraph("Notes", actor.notes)


@_sheet.register
def _place(place: Place, whole: Dataset) -> Iterator[Line]:
    from conflictdata.analysis.geography import admin, country

    areas = [area.name for level in (3, 2, 1) if (area := admin(whole.records, place.id, level))]
    land = country(whole.records, place.id)
    point = place.point
    yield f"{place.id}  {place.name}", True
    yield from _withdrawn(place.withdrawn)
    facts = {
        "kind": place.kind,
        "within": place.within,
        "areas": ", ".join(dict.fromkeys([*areas, *([land] if land else [])])),
        "point": f"{point.lat}, {point.lon}, within {point.radius_m} m ({point.standing}; {point.source})"
        if point
        else f"not known: {place.point_unknown or 'an area'}",
        "GeoNames": str(place.geonames_id or ""),
    }
    yield from _facts(facts)
    yield f"  events     {len(whole.find(place=place.id))}, with those in places inside it", False
    yield from _section("Names", (_name(name) for name in place.names))
    yield from _paragraph("Notes", place.notes)


@_sheet.register
def _source(source: Source, whole: Dataset) -> Iterator[Line]:
    claims = sum(any(e.source == source.id for e in placed.claim.evidence) for placed in whole.claims)
    steps = (
        ", ".join(str(part) for part in (step.step, step.by, step.author, days(step.date), step.url) if part)
        for step in source.chain
    )
    altered = (f"paragraph {', '.join(map(str, part.paragraphs))}: {part.note}" for part in source.alterations)
    yield f"{source.id}  {source.title}", True
    yield from _withdrawn(source.withdrawn)
    facts = {
        "language": source.language,
        "text": f"{source.composition}, {source.paragraphs} paragraphs, {source.file}",
        "SHA-256": source.sha256,
        "no claims": ", ".join(map(str, source.furniture)),
    }
    yield from _facts(facts)
    yield f"  claims     {claims}", False
    yield from _section("Chain", steps)
    yield from _section("Alterations", altered)
    yield from _paragraph("Notes", source.notes)


def _facts(facts: dict[str, Any]) -> Iterator[Line]:
    for name, fact in facts.items():
        if fact:
            yield f"  {name:<10} {fact}", False


def _section(heading: str, lines: Iterable[str]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        if not number:
            yield "", False
            yield heading, True
        yield f"  {line}", False


def _paragraph(heading: str, text: str | None) -> Iterator[Line]:
    return _section(heading, (text or "").splitlines())


def _withdrawn(tombstone: Any) -> Iterator[Line]:
    if tombstone is not None:
        instead = f"; replaced by {', '.join(tombstone.replaced_by)}" if tombstone.replaced_by else ""
        yield f"  WITHDRAWN: {tombstone.reason}{instead}", True


def _claim(address: str, statement: Any) -> str:
    return f"{address}  {describe_claim(statement)} [{cited(statement)}]"


def _participant(side: int | None, actor: str, role: str) -> str:
    return f"{f'side {side}' if side else 'no side'}  {actor} ({role})"


def _name(name: Any) -> str:
    return f"{name.text} ({', '.join([name.kind, *name.sources])})"


def _lasting(event: Event) -> str:
    if not event.when.lasting:
        return ""
    ends = ((word, end) for word, end in (("began", event.when.started), ("ended", event.when.ended)) if end)
    return "; lasting: " + ", ".join(f"{word} {days(end)}" for word, end in ends)


def _where(event: Event, whole: Dataset) -> str:
    if event.where is None:
        return "no place"
    note = f"; {event.where.note}" if event.where.note else ""
    return f"{event.where.place} {whole.places[event.where.place].name} ({event.where.precision}){note}"
