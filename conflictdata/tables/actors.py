"""The tables of actors, of their relations, and of their names in other layouts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from conflictdata.model import Actor, LayoutName, Records, Relation
from conflictdata.tables.columns import Layout, Link, added, code, day, integer, string
from conflictdata.tables.shared_columns import tombstone, voice, window, withdrawn

ACTORS: Layout[Actor] = Layout(
    "actors",
    "Whoever acts, is acted on or makes a claim.",
    (
        string("id", "The actor's id.", "id"),
        string("name", "The name this dataset uses.", "name"),
        code("kind", "What sort of actor.", "kind", "actor-kinds"),
        string("country", "The state it belongs to or is based in, by ISO 3166-1 alpha-3 code.", "country"),
        string("source_scale", "The scale of the ACLED column layout, for an actor that is a source.", "source_scale"),
        *added(
            "1.1.0",
            integer("ucdp_id", "The actor's id in the UCDP actor list.", "ucdp.id"),
            string("ucdp_name", "The actor's name in the UCDP actor list.", "ucdp.name"),
        ),
        string("description", "Who it is, in our words.", "description"),
        *tombstone(),
        string("notes", "The curator's reasoning.", "notes"),
        withdrawn(),
    ),
    ("id",),
    (),
    lambda records: records.actors,
)


@dataclass(frozen=True, slots=True)
class RelationItem:
    """A relation of an actor, and its address."""

    id: str
    actor_id: str
    relation: Relation
    withdrawn: bool


def _relations(records: Records) -> Iterator[RelationItem]:
    for actor in records.actors:
        for relation in actor.relations:
            yield RelationItem(f"{actor.id}#{relation.id}", actor.id, relation, actor.withdrawn is not None)


RELATIONS: Layout[RelationItem] = Layout(
    "relations",
    "Relations between actors, each as a claimant states it.",
    (
        string("id", "The relation's address: the actor's id, #, the relation's id.", "id"),
        string("actor_id", "The actor whose relation it is.", "actor_id"),
        code("type", "What sort of relation.", "relation.type", "relation-types"),
        string("other_actor", "The other actor.", "relation.actor"),
        replace(string("capacity", "In what capacity or under what label.", "relation.as_"), former="as"),
        *window("", "relation.when", "When it held"),
        string("claimant", "Who says so.", "relation.claimant"),
        code("attribution", "How the claimant is known.", "relation.attribution", "attributions"),
        *voice("relation"),
        code("stance", "What the claimant does with the statement.", "relation.stance", "stances"),
        string("notes", "The curator's reasoning.", "relation.notes"),
        withdrawn(),
    ),
    ("id",),
    (Link("actor_id", "actors"), Link("other_actor", "actors"), Link("claimant", "actors")),
    _relations,
)


@dataclass(frozen=True, slots=True)
class LayoutNameItem:
    """An actor's name in another layout, and its position among the actor's names there."""

    actor_id: str
    position: int
    name: LayoutName
    withdrawn: bool


def _layout_names(records: Records) -> Iterator[LayoutNameItem]:
    for actor in records.actors:
        for position, name in enumerate(actor.acled, 1):
            yield LayoutNameItem(actor.id, position, name, actor.withdrawn is not None)


LAYOUT_NAMES: Layout[LayoutNameItem] = Layout(
    "layout_names",
    "Names and codes of actors in the ACLED column layout.",
    (
        string("actor_id", "The actor.", "actor_id"),
        integer("position", "The position among the actor's names in that layout, from 1.", "position"),
        string("name", "The name in that layout.", "name.name"),
        integer("inter", "The layout's inter code, 1 to 8.", "name.inter"),
        string("country", "The country of the event for which it is used; empty for any other.", "name.country"),
        replace(day("first_day", "The first day of its use.", "name.from_"), former="from"),
        replace(day("last_day", "The last day of its use.", "name.to"), former="to"),
        withdrawn(),
    ),
    ("actor_id", "position"),
    (Link("actor_id", "actors"),),
    _layout_names,
)
