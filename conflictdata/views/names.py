"""Names to ids: whoever asks may write an id or any name that only one record bears."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from conflictdata.errors import ConflictDataError
from conflictdata.model import Actor, Place, Records, Table
from conflictdata.views.once import once


class UnknownName(ConflictDataError):
    """No record, or more than one, bears the name that was asked for; `near` holds the ids perhaps meant."""

    def __init__(self, what: str, name: str, near: Sequence[str] = (), *, shared: bool = False) -> None:
        wrong = f"{name!r} may be more than one {what}" if shared else f"there is no {what} {name!r}"
        hint = f"; perhaps {' or '.join(near)}" if near else ""
        super().__init__(f"{wrong}{hint}")
        self.what = what
        self.name = name
        self.near = tuple(near)


def one_of(what: str, name: str, codes: Iterable[str]) -> str:
    """`name` where it is one of `codes`; else `UnknownName`."""
    codes = tuple(codes)
    if name in codes:
        return str(name)
    raise UnknownName(what, name, difflib.get_close_matches(name, codes, cutoff=0.5))


def actor_id(records: Records, name: str) -> str:
    """The id of the actor of that id or name, in any letter case; else `UnknownName`."""
    return _resolve("actor", name, records.actors, _actor_names(records))


def place_id(records: Records, name: str) -> str:
    """The id of the place of that id or name, in any letter case; else `UnknownName`."""
    return _resolve("place", name, records.places, _place_names(records))


def source_id(records: Records, name: str) -> str:
    """The id of the document of that id; else `UnknownName`."""
    return one_of("source", name, records.sources.ids())


def event_id(records: Records, name: str) -> str:
    """The id of the event of that id; else `UnknownName`."""
    return name if records.events.get(name) is not None else one_of("event", name, records.events.ids())


@once
def _actor_names(records: Records) -> dict[str, list[str]]:
    return _by_name(records.actors)


@once
def _place_names(records: Records) -> dict[str, list[str]]:
    return _by_name(records.places)


def _by_name(table: Iterable[Actor | Place]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for record in table:
        if record.withdrawn is None:
            for text in {record.name, *(name.text for name in record.names)}:
                bearers = index.setdefault(text.casefold(), [])
                if record.id not in bearers:
                    bearers.append(record.id)
    return index


def _resolve(what: str, name: str, table: Table[Actor] | Table[Place], names: dict[str, list[str]]) -> str:
    if table.get(name) is not None:
        return name
    match names.get(name.casefold(), []):
        case [only]:
            return only
        case []:
            close = difflib.get_close_matches(name.casefold(), [*names, *table.ids()], n=5, cutoff=0.6)
            near = [record_id for text in close for record_id in names.get(text, [text])]
            raise UnknownName(what, name, tuple(dict.fromkeys(near))[:3])
        case several:
            raise UnknownName(what, name, several, shared=True)
