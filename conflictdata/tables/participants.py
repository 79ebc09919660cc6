"""The tables that belong to events: participants, events marked as distinct, and ids in other datasets."""

from __future__ import annotations

from conflictdata.tables.columns import Link, code, integer, listed, string
from conflictdata.tables.record_parts import part_table

_EVENT = ("event", "event")

PARTICIPANTS = part_table(
    "participants",
    "Who took part in which event, and how.",
    _EVENT,
    "participants",
    "The position among the event's participants, from 1.",
    (
        string("actor_id", "The actor.", "part.actor"),
        integer("side", "1 acts, 2 is acted on or resists; empty for neither.", "part.side"),
        code("role", "What the actor does in it.", "part.role", "roles"),
        listed("claims", "The ids, within the event, of the claims that name the actor, if not all do.", "part.claims"),
    ),
    (Link("actor_id", "actors"),),
)

DISTINCTIONS = part_table(
    "distinctions",
    "Events that look like duplicates, and that the curator recorded as different events.",
    _EVENT,
    "distinct_from",
    "The position among the events marked as distinct from it, from 1.",
    (
        string("other_event", "The other event.", "part.event"),
        string("reason", "Why they are two.", "part.reason"),
    ),
    (Link("other_event", "events"),),
)

EXTERNAL_IDS = part_table(
    "external_ids",
    "The ids under which other datasets list the same event.",
    _EVENT,
    "external_ids",
    "The position among its ids in other datasets, from 1.",
    (
        code("dataset", "The other dataset.", "part.dataset", "external-datasets"),
        string("external_id", "The id there.", "part.id"),
        string("url", "The page of the event there.", "part.url"),
    ),
    since="1.1.0",
)
