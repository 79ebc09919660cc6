"""Lookup of records by id, name or abbreviation as people write it: one record, or suggestions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Generic, TypeVar

from conflictdata.analysis.arguments import LONGEST, require_text
from conflictdata.analysis.memo import once
from conflictdata.errors import InvalidValue, UnknownName, WrongArgument
from conflictdata.model import Actor, Event, EventClaim, Place, Record, Records, Source, Table
from conflictdata.model.codes import PlaceKind
from conflictdata.text import fold_text

T = TypeVar("T", bound=Actor | Place | Source | Event)

_ARTICLES = frozenset(
    ["the", "al", "el", "ad", "adh", "ar", "as", "ash", "at", "ath", "an", "az", "ed", "er", "es", "esh", "et", "ez"]
)
"""Articles of English and Arabic. The Arabic article changes before some letters: ar-Raqqa, ath-Thawrah."""

_SAME_WORD = {"province": "governorate", "muhafazah": "governorate"}
_ARABIC_ARTICLE = "\u0627\u0644"
_SETTLEMENTS = frozenset({PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.VILLAGE})
_NUMBERED = r"(?ai)(?:cd)?[\s_-]*0*([1-9][0-9]{0,8})(?:\s*#\s*c?0*([1-9][0-9]{0,8}))?"

MOST_SUGGESTIONS = 5


def loose_key(name: str) -> str:
    """A key that different spellings of one name share: the folded words without articles and spaces."""
    words = [_SAME_WORD.get(word, word) for word in fold_text(name[:LONGEST]).split(" ")]
    words = [_without_arabic_article(word) for word in words]
    return "".join([word for word in words if word not in _ARTICLES] or words)


def _without_arabic_article(word: str) -> str:
    return word[2:] if word.startswith(_ARABIC_ARTICLE) and len(word) > 4 else word


def event_form(name: str) -> str:
    """The id of an event or claim as records have it, where the name is one written otherwise: `cd-43`, `43#2`."""
    typed = "".join(
        "-" if unicodedata.category(c) == "Pd" else c for c in unicodedata.normalize("NFKC", name[:LONGEST])
    )
    match = re.fullmatch(_NUMBERED, typed.strip())
    if match is None:
        return name
    return f"CD-{int(match[1]):04}" + (f"#c{match[2]}" if match[2] else "")


class NameIndex(Generic[T]):
    """The names of the records of one table, for exact and for loose comparison."""

    def __init__(self, what: str, table: Table[T], names: Callable[[T], Iterable[str]]) -> None:
        self.what = what
        self.table = table
        self._names = names

    # Built when a name is asked for, because most questions give an id.

    @cached_property
    def _exact(self) -> dict[str, list[str]]:
        return self._index(lambda record: (record.id, *self._names(record)), fold_text)

    @cached_property
    def _loose(self) -> dict[str, list[str]]:
        return self._index(lambda record: (record.id, *self._names(record)), loose_key)

    @cached_property
    def _areas(self) -> dict[str, list[str]]:
        return self._index(_area_names, loose_key)

    def _index(self, names: Callable[[T], Iterable[str]], key: Callable[[str], str]) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for record in self.table:
            if record.withdrawn is None:
                for name in names(record):
                    _add(index, key(name), record.id)
        return index

    def find(self, name: str) -> list[str]:
        """The ids of the records that the name stands for: most often one; none for an unknown name."""
        if self.table.get(require_text(self.what, name)) is not None:
            return [name]
        return next((found for found in self.matches(name) if found), [])

    def matches(self, name: str) -> Iterator[list[str]]:
        """The ids of the records with that name: as an id, an exact name, a loose spelling, or the name of an area."""
        formed = event_form(name) if self.what == "event" else name
        key, folded = loose_key(name), fold_text(name[:LONGEST])
        yield [formed] if self.table.get(formed) is not None else []
        yield self._exact.get(folded, [])
        yield self._exact.get(folded.removeprefix("the "), [])
        yield self._loose.get(key, [])
        yield self._areas.get(key, [])

    def near(self, name: str) -> tuple[str, ...]:
        """Suggestions: the ids of records with a name or word that begins so, or that is spelt similarly."""
        from difflib import get_close_matches

        key, start = loose_key(name), fold_text(name[:LONGEST])
        found: dict[str, None] = {}
        for index in (self._loose, self._areas) if len(key) > 1 else ():
            found |= dict.fromkeys(i for known, ids in index.items() if known.startswith(key) for i in ids)
        if len(start) > 2:
            found |= dict.fromkeys(i for known, ids in self._exact.items() if f" {start}" in known for i in ids)
        for close in get_close_matches(key, self._loose, n=MOST_SUGGESTIONS, cutoff=0.6):
            found |= dict.fromkeys(self._loose[close])
        return tuple(found)[:MOST_SUGGESTIONS]


def _add(index: dict[str, list[str]], key: str, record_id: str) -> None:
    ids = index.setdefault(key, [])
    if record_id not in ids:
        ids.append(record_id)


def _area_names(record: Record) -> Iterator[str]:
    """The names of areas that stand for the place: those of a governorate, or of a settlement's own area."""
    if not isinstance(record, Place):
        return
    if record.kind is PlaceKind.GOVERNORATE and record.admin1 is not None:
        yield record.admin1.name
        yield f"{record.admin1.name} governorate"
    elif record.kind in _SETTLEMENTS and (area := record.admin3 or record.admin2) is not None:
        yield from area.name.split(" / ")


def _names(record: Actor | Place) -> tuple[str, ...]:
    return (record.name, *(name.text for name in record.names))


def _title(record: Event | Source) -> tuple[str, ...]:
    return (record.title,)


@once
def names_of(records: Records) -> dict[str, NameIndex[Any]]:
    """By kind, the names of its records: of actors and places all names, of documents and events the titles."""
    return {
        "event": NameIndex("event", records.events, _title),
        "actor": NameIndex("actor", records.actors, _names),
        "place": NameIndex("place", records.places, _names),
        "source": NameIndex("source", records.sources, _title),
    }


def _id_of(records: Records, what: str, name: str) -> str:
    """The id of the one record of that kind and name; else `UnknownName`."""
    index = names_of(records)[what]
    found = index.find(name)
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownName(what, name, found, shared=True)
    raise UnknownName(what, name, index.near(name), instead=other_record(records, name))


def other_record(records: Records, name: str) -> str:
    """Which claim, or else which record of any kind, has that name, and what to run for it; empty if there is none."""
    found = {"claim": [event_form(name)]} if records.claims.get(event_form(name)) is not None else {}
    found |= {kind: index.find(name) for kind, index in names_of(records).items()}
    return next((_USES[kind].format(*ids) for kind, ids in found.items() if len(ids) == 1), "")


_USES = {
    "event": "it is an event: run `conflictdata show {0}` or `conflictdata explain {0}`",
    "claim": "it is a claim: run `conflictdata show {0}` or `conflictdata trace {0}`",
    "actor": "it is an actor: run `conflictdata show {0}` or `conflictdata timeline {0}`",
    "place": "it is a place: run `conflictdata show {0}` or `conflictdata list --place {0}`",
    "source": "it is a source: run `conflictdata show {0}` or `conflictdata list --source {0}`",
}
"""What a record of each kind is for on the command line."""


def actor_id(records: Records, name: str) -> str:
    """The id of the actor with that id or name, in any usual spelling; else `UnknownName`."""
    return _id_of(records, "actor", name)


def place_id(records: Records, name: str) -> str:
    """The id of the place with that id or name, in any usual spelling; else `UnknownName`."""
    return _id_of(records, "place", name)


def source_id(records: Records, name: str) -> str:
    """The id of the document with that id or title; else `UnknownName`."""
    return _id_of(records, "source", name)


def event_id(records: Records, name: str) -> str:
    """The id of the event with that id, in any usual spelling, or with that title; else `UnknownName`."""
    return _id_of(records, "event", name)


def claim_id(records: Records, name: str) -> str:
    """The address of the claim, in any usual spelling such as `cd-43#c2`; else `UnknownName`."""
    formed = event_form(require_text("claim", name))
    if records.claims.get(formed) is not None:
        return formed
    event = records.events.get(formed.partition("#")[0])
    known = [f"{event.id}#{claim.id}" for claim in event.claims] if event is not None else records.claims.ids()
    from difflib import get_close_matches

    near = get_close_matches(formed[:LONGEST], known) or (known[:MOST_SUGGESTIONS] if event else ())
    raise UnknownName("claim", name, near)


def id_in(table: str, records: Records, name: str) -> str:
    """The id or address in a table, `claims` or one of records, that the name stands for; else `UnknownName`."""
    return claim_id(records, name) if table == "claims" else _id_of(records, table.removesuffix("s"), name)


def find_record(records: Records, name: str) -> Record | EventClaim:
    """The record or claim with that id or name. Where tables share an id, `places/raqqa` names the table.

    Raises `UnknownName` where there is none, or more than one.
    """
    indexes = {f"{kind}s": index for kind, index in names_of(records).items()}
    table, slash, rest = require_text("record", name).partition("/")
    wanted = rest if slash and table in (*indexes, "claims") else name
    if "#" in wanted:
        return records.claims[claim_id(records, wanted)]
    if slash and table in indexes:
        indexes = {table: indexes[table]}
    matches = {table: index.matches(wanted) for table, index in indexes.items()}
    for step in zip(*matches.values(), strict=True):
        found = [(table, record_id) for table, ids in zip(matches, step, strict=True) for record_id in ids]
        if len(found) == 1:
            ((table, record_id),) = found
            record: Record = indexes[table].table[record_id]
            return record
        if found:
            raise UnknownName("record", name, [f"{table}/{record_id}" for table, record_id in found], shared=True)
    near = dict.fromkeys(near for index in indexes.values() for near in index.near(wanted))
    raise UnknownName("record", name, tuple(near)[:MOST_SUGGESTIONS])


def events_among(records: Records, events: Iterable[Event | str]) -> tuple[Event, ...]:
    """The events, given by id or as events of these records, each once; else `UnknownName`."""
    if isinstance(events, (str, Event)) or not isinstance(events, Iterable):
        raise WrongArgument("events: give a list of events or of their ids", events)
    found: dict[str, Event] = {}
    for event in events:
        record = records.events[event_id(records, event.id if isinstance(event, Event) else event)]
        if isinstance(event, Event) and record is not event and record != event:
            wrong = f"the event {event.id} differs from the event of that id in this dataset"
            raise InvalidValue(f"{wrong}; take it from `Dataset.events`")
        found[record.id] = record
    return tuple(found.values())
