"""Names to ids: whoever asks may write an id or any name that only one record bears."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from conflictdata.analysis.cache import once
from conflictdata.errors import UnknownName, WrongArgument
from conflictdata.model import Actor, Event, Place, Records, Table


def require_text(what: str, name: str) -> str:
    """`name`, which has to be text; else `WrongArgument`."""
    if not isinstance(name, str):
        raise WrongArgument(f"{what}: asked for by id or name, which is text", name)
    return name


def switch(name: str, value: bool) -> bool:
    """`value`, which has to be True or False; else `WrongArgument`."""
    if not isinstance(value, bool):
        raise WrongArgument(f"{name} is True or False", value)
    return value


def resolve_choice(what: str, name: str, codes: Iterable[str]) -> str:
    """`name` where it is one of `codes`; else `UnknownName`."""
    codes, name = tuple(codes), require_text(what, name)
    if name in codes:
        return str(name)
    raise UnknownName(what, name, difflib.get_close_matches(name, codes, cutoff=0.5))


def actor_id(records: Records, name: str) -> str:
    """The id of the actor of that id or name, in any letter case; else `UnknownName`."""
    return _resolve("actor", name, records.actors, _actor_names(records))


def place_id(records: Records, name: str) -> str:
    """The id of the place of that id or name, in any letter case; else `UnknownName`."""
    return _resolve("place", name, records.places, _place_names(records))


def records_by_name(records: Records) -> dict[str, list[str]]:
    """Every name of an actor or a place, in small letters, with what bears it, such as `places/raqqa`."""
    found: dict[str, list[str]] = {}
    for table, names in (("actors", _actor_names(records)), ("places", _place_names(records))):
        for name, ids in names.items():
            found.setdefault(name, []).extend(f"{table}/{record_id}" for record_id in ids)
    return found


def source_id(records: Records, name: str) -> str:
    """The id of the document of that id; else `UnknownName`."""
    return resolve_choice("source", name, records.sources.ids())


def event_id(records: Records, name: str) -> str:
    """The id of the event of that id; else `UnknownName`."""
    return (
        name
        if records.events.get(require_text("event", name)) is not None
        else resolve_choice("event", name, records.events.ids())
    )


def events_among(records: Records, events: Iterable[Event | str]) -> tuple[Event, ...]:
    """The events, given by id or as records of these very records, each once; else `UnknownName`."""
    if isinstance(events, (str, Event)) or not isinstance(events, Iterable):
        raise WrongArgument("events is a list of events or of their ids", events)
    found: dict[str, Event] = {}
    for event in events:
        record = records.events[event_id(records, event.id if isinstance(event, Event) else event)]
        if isinstance(event, Event) and record is not event and record != event:
            raise UnknownName("event of this dataset like", event.id)
        found[record.id] = record
    return tuple(found.values())


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
    if table.get(require_text(what, name)) is not None:
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
