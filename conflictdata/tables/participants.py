"""The tables that belong to events: participants, events marked as distinct, and ids in other datasets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conflictdata.model import Distinction, ExternalId, Participant, Records
from conflictdata.tables.columns import Layout, Link, code, integer, listed, string
from conflictdata.tables.shared_columns import withdrawn


@dataclass(frozen=True, slots=True)
class ParticipantItem:
    """One participant of an event, and its position."""

    event_id: str
    position: int
    participant: Participant
    withdrawn: bool


def _participants(records: Records) -> Iterator[ParticipantItem]:
    for event in records.events:
        for position, participant in enumerate(event.participants, 1):
            yield ParticipantItem(event.id, position, participant, event.withdrawn is not None)


PARTICIPANTS: Layout[ParticipantItem] = Layout(
    "participants",
    "Who took part in which event, and how.",
    (
        string("event_id", "The event.", "event_id"),
        integer("position", "The position among the event's participants, from 1.", "position"),
        string("actor_id", "The actor.", "participant.actor"),
        integer("side", "1 acts, 2 is acted on or resists; empty for neither.", "participant.side"),
        code("role", "What the actor does in it.", "participant.role", "roles"),
        listed(
            "claims",
            "The ids, within the event, of the claims that name the actor, if not all do.",
            "participant.claims",
        ),
        withdrawn(),
    ),
    ("event_id", "position"),
    (Link("event_id", "events"), Link("actor_id", "actors")),
    _participants,
)


@dataclass(frozen=True, slots=True)
class DistinctionItem:
    """One event that is marked as distinct from another, and its position."""

    event_id: str
    position: int
    distinction: Distinction
    withdrawn: bool


def _distinctions(records: Records) -> Iterator[DistinctionItem]:
    for event in records.events:
        for position, distinction in enumerate(event.distinct_from, 1):
            yield DistinctionItem(event.id, position, distinction, event.withdrawn is not None)


DISTINCTIONS: Layout[DistinctionItem] = Layout(
    "distinctions",
    "Events that look like duplicates, and that the curator recorded as different events.",
    (
        string("event_id", "The event.", "event_id"),
        integer("position", "The position among the events marked as distinct from it, from 1.", "position"),
        string("other_event", "The other event.", "distinction.event"),
        string("reason", "Why they are two.", "distinction.reason"),
        withdrawn(),
    ),
    ("event_id", "position"),
    (Link("event_id", "events"), Link("other_event", "events")),
    _distinctions,
)


@dataclass(frozen=True, slots=True)
class ExternalIdItem:
    """The id of an event in another dataset, and its position."""

    event_id: str
    position: int
    external: ExternalId
    withdrawn: bool


def _external_ids(records: Records) -> Iterator[ExternalIdItem]:
    for event in records.events:
        for position, external in enumerate(event.external_ids, 1):
            yield ExternalIdItem(event.id, position, external, event.withdrawn is not None)


EXTERNAL_IDS: Layout[ExternalIdItem] = Layout(
    "external_ids",
    "The ids under which other datasets list the same event.",
    (
        string("event_id", "The event.", "event_id"),
        integer("position", "The position among its ids in other datasets, from 1.", "position"),
        code("dataset", "The other dataset.", "external.dataset", "external-datasets"),
        string("external_id", "The id there.", "external.id"),
        string("url", "The page of the event there.", "external.url"),
        withdrawn(),
    ),
    ("event_id", "position"),
    (Link("event_id", "events"),),
    _external_ids,
    since="1.1.0",
)
