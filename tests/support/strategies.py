"""Hypothesis strategies for everything that the schema defines: valid values, near misses, records and datasets."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import strategies as st

from conflictdata.schema.documents import hand_written, schema
from tests.support.damage import TRAPS, damage
from tests.support.draw import claims as c
from tests.support.draw import records as r
from tests.support.draw import releases as s
from tests.support.draw import values as v
from tests.support.draw.claims import claims
from tests.support.draw.plain import json_objects, json_values
from tests.support.draw.records import actors, datasets, events, places, sources
from tests.support.draw.values import Strategy, dates, days, lines, schema_at, slugs, texts, whens
from tests.support.draw.world import FREE

__all__ = [
    "DEFINITIONS",
    "RECORDS",
    "actors",
    "claims",
    "damaged",
    "datasets",
    "dates",
    "days",
    "events",
    "json_objects",
    "json_values",
    "lines",
    "near_misses",
    "places",
    "schema_at",
    "slugs",
    "sources",
    "texts",
    "valid",
    "whens",
]  # fmt: skip

RECORDS: dict[str, Callable[[], Strategy]] = {
    "source": sources, "actor": actors, "place": places, "event": events, "dataset": datasets,
}  # fmt: skip
"""A strategy for each kind of document."""

_BY_HAND: dict[str, Callable[[], Strategy]] = {
    "slug": v.slugs,
    "event_id": v.event_ids,
    "claim_id": lambda: v.numbered("c"),
    "relation_id": lambda: v.numbered("r"),
    "claim_ref": v.claim_refs,
    "record_id": lambda: v.slugs() | v.event_ids(),
    "line": v.lines,
    "text": v.texts,
    "date": v.dates,
    "url": v.urls,
    "file_name": v.file_names,
    "language": v.languages,
    "country_code": v.country_codes,
    "days": v.days,
    "when": v.whens,
    "end": v.ends,
    "where": FREE.wheres,
    "evidence": FREE.evidence,
    "evidence_list": FREE.evidence_list,
    "name": v.names,
    "withdrawn": lambda: v.withdrawals(v.slugs()),
    "grade_override": v.overrides,
    "control": c.controls,
    "result": c.results,
    "responsibility": c.responsibilities,
    "movement": c.movements,
    "count": c.counts,
    "population": c.populations,
    "statement": c.statements,
    "participant": r.participants,
    "distinction": r.distinctions,
    "relation": r.relations,
    "layout_name": r.layout_names,
    "ucdp_actor": r.ucdp_actors,
    "external_id": r.external_ids,
    "point": v.points,
    "admin": r.admins,
    "step": r.steps,
    "alteration": r.alterations,
    "release": r.releases,
    "selection": r.selections,
    "release_version": s.versions,
    "sha256": s.hashes,
    "explanation": s.explanations,
    "record_path": s.record_paths,
    "field": s.fields,
    "semantic_version": s.semantic_versions,
    "amount": lambda: s.AMOUNTS,
    "word_table": s.word_tables,
    "counts": lambda: s.amounts_of("counts"),
    "member_presence": s.member_presences,
    "schema_word": s.schema_words,
    "change_counts": lambda: s.amounts_of("change_counts"),
    "released_file": s.released_files,
    "listed_release": s.listed_releases,
    "wheel": s.wheels,
}

_BESIDE: dict[str, Callable[[], Strategy]] = {
    "claim": claims, "changes": s.changes, "manifest": s.manifests, "index": s.indexes,
    "period": r.periods,
}  # fmt: skip
"""Documents that are no record and no dataset."""

DEFINITIONS: tuple[tuple[str, str | None], ...] = tuple(
    (name, definition)
    for name in hand_written()
    for definition in (*schema(name).get("$defs", ()), *([None] if name != "definitions" else []))
)
"""Every schema and every definition in one, by document and name; None is the document itself."""


def valid(document: str, definition: str | None) -> Strategy:
    """Values that a definition allows; of a codelist, its codes."""
    if definition is None:
        return (RECORDS | _BESIDE)[document]()
    codes = schema_at(document, "$defs", definition).get("enum")
    return st.sampled_from(codes) if codes else _BY_HAND[definition]()


def damaged(whole: Strategy) -> Strategy:
    """What the strategy draws, damaged in one to three places: structure, type, value, text or Unicode."""
    return st.builds(lambda value, seed: damage(value, random.Random(seed)), whole, st.integers(0, 2**32))


def near_misses(document: str, definition: str | None) -> Strategy:
    """Values that look like what a definition allows; some still are."""
    sound = valid(document, definition)
    return sound | damaged(sound) | st.sampled_from(TRAPS)
