"""The tables of actors, of their relations, and of their names in other layouts."""

from __future__ import annotations

from dataclasses import replace

from conflictdata.model import Actor
from conflictdata.tables.columns import Layout, Link, added, code, day, integer, string
from conflictdata.tables.record_parts import PartItem, part_table, parts_of
from conflictdata.tables.shared_columns import part_withdrawn, tombstone, voice, window, withdrawn

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


RELATIONS: Layout[PartItem] = Layout(
    "relations",
    "Relations between actors, each as a claimant states it.",
    (
        string("id", "The relation's address: the actor's id, #, the relation's id.", "address"),
        string("actor_id", "The actor whose relation it is.", "owner"),
        code("type", "What sort of relation.", "part.type", "relation-types"),
        string("other_actor", "The other actor.", "part.actor"),
        replace(string("capacity", "In what capacity or under what label.", "part.as_"), former="as"),
        *window("", "part.when", "When it held"),
        string("claimant", "Who says so.", "part.claimant"),
        code("attribution", "How the claimant is known.", "part.attribution", "attributions"),
        *voice("part"),
        code("stance", "What the claimant does with the statement.", "part.stance", "stances"),
        string("notes", "The curator's reasoning.", "part.notes"),
        part_withdrawn(),
    ),
    ("id",),
    (Link("actor_id", "actors"), Link("other_actor", "actors"), Link("claimant", "actors")),
    parts_of("actors", "relations"),
)


LAYOUT_NAMES = part_table(
    "layout_names",
    "Names and codes of actors in the ACLED column layout.",
    ("actor", "actor"),
    "acled",
    "The position among the actor's names in that layout, from 1.",
    (
        string("name", "The name in that layout.", "part.name"),
        integer("inter", "The layout's inter code, 1 to 8.", "part.inter"),
        string("country", "The country of the event for which it is used; empty for any other.", "part.country"),
        replace(day("first_day", "The first day of its use.", "part.from_"), former="from"),
        replace(day("last_day", "The last day of its use.", "part.to"), former="to"),
    ),
)
