"""The tables of places, and of the names of places and actors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conflictdata.model import Name, Place, Records
from conflictdata.tables.columns import Column, Layout, Link, added, code, integer, listed, number, string
from conflictdata.tables.shared_columns import part_withdrawn, tombstone, withdrawn

PLACES: Layout[Place] = Layout(
    "places",
    "Points and areas, nested in others.",
    (
        string("id", "The place's id.", "id"),
        string("name", "The name this dataset uses.", "name"),
        code("kind", "What sort of place.", "kind", "place-kinds"),
        string("within", "The place around this one.", "within"),
        number("latitude", "Degrees north, WGS 84; empty where the point is not known.", "point.lat"),
        number("longitude", "Degrees east, WGS 84; empty where the point is not known.", "point.lon"),
        *added("1.1.0", string("mgrs", "The point in the Military Grid Reference System.", "point.mgrs")),
        integer("radius_m", "The place is within this many metres of the point.", "point.radius_m"),
        string("point_source", "Where the coordinates are from.", "point.source"),
        code("point_standing", "How reliable the coordinates are.", "point.standing", "point-standings"),
        string("point_unknown", "Why there is no point.", "point_unknown"),
        string(
            "country", "The country it lies in, by ISO 3166-1 alpha-3 code, where the record itself says.", "country"
        ),
        *(
            column
            for level in (1, 2, 3)
            for column in (
                string(
                    f"admin{level}",
                    f"The administrative area of level {level}, where the record itself says.",
                    f"admin{level}.name",
                ),
                string(f"admin{level}_pcode", f"The OCHA P-code of the area of level {level}.", f"admin{level}.pcode"),
            )
        ),
        integer("geonames_id", "The GeoNames id.", "geonames_id"),
        *tombstone(),
        string("notes", "The curator's reasoning.", "notes"),
        withdrawn(),
    ),
    ("id",),
    (Link("within", "places"),),
    lambda records: records.places,
)


@dataclass(slots=True, eq=False, repr=False)
class NameItem:
    """A name of an actor or a place, and its position among the names there."""

    actor_id: str | None
    place_id: str | None
    position: int
    name: Name
    withdrawn: bool

    @property
    def id(self) -> str:
        """The kind and id of the actor or place, and the position."""
        return f"actor:{self.actor_id}.{self.position}" if self.actor_id else f"place:{self.place_id}.{self.position}"


def _names(records: Records) -> Iterator[NameItem]:
    for actor in records.actors:
        for position, name in enumerate(actor.names, 1):
            yield NameItem(actor.id, None, position, name, actor.withdrawn is not None)
    for place in records.places:
        for position, name in enumerate(place.names, 1):
            yield NameItem(None, place.id, position, name, place.withdrawn is not None)


_COLUMNS: tuple[Column[NameItem], ...] = (
    string(
        "id", "`actor:` or `place:`, the id of the actor or place, a full stop, and the position of the name.", "id"
    ),
    string("actor_id", "The actor with this name; empty for a place's name.", "actor_id"),
    string("place_id", "The place with this name; empty for an actor's name.", "place_id"),
    integer("position", "The position among the names of the actor or place, from 1.", "position"),
    string("text", "The name, letter for letter.", "name.text"),
    code("kind", "What sort of name.", "name.kind", "name-kinds"),
    string("language", "The name's language, where it matters.", "name.language"),
    listed("sources", "The documents that spell it so.", "name.sources"),
    part_withdrawn(),
)

NAMES: Layout[NameItem] = Layout(
    "names",
    "Every other name of an actor or a place, as documents spell it.",
    _COLUMNS,
    ("id",),
    (Link("actor_id", "actors"), Link("place_id", "places")),
    _names,
)
