"""The actors, places and sources that the explorer's page names: each is written once and named by its position."""

from __future__ import annotations

import re

from conflictdata.model import Records


class NameIndex:
    """The actors, places and sources that the page names, each by its position."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.actors: dict[str, int] = {}
        self.places: dict[str, int] = {}
        self.sources: dict[str, int] = {}

    def actor(self, actor: str) -> int:
        """The position of the actor of that id, which is added where it is new."""
        return self.actors.setdefault(actor, len(self.actors))

    def place(self, place: str) -> int:
        """The position of the place of that id, which is added with the places around it where it is new."""
        position = self.places.setdefault(place, len(self.places))
        record = self.records.places.get(place)
        if record is not None and record.within is not None and record.within not in self.places:
            self.place(record.within)
        return position

    def source(self, source: str) -> int:
        """The position of the source of that id, which is added where it is new."""
        return self.sources.setdefault(source, len(self.sources))


def with_names(records: Records, text: str) -> str:
    """The text with the names of actors and places in place of their ids."""

    def name(found: re.Match[str]) -> str:
        record = records.actors.get(found[0]) or records.places.get(found[0])
        return record.name if record is not None else found[0]

    return re.sub(r"[a-z][a-z0-9-]+", name, text)
