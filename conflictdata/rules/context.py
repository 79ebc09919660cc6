"""A set of records with the lookups that rules between records need, and where each record is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conflictdata.findings import Code, Finding
from conflictdata.model import Claim, Event, Evidence, Record, Records, Relation, Table
from conflictdata.model.references import ids_in
from conflictdata.text import fold_text

Locate = Callable[[str, str], tuple[str, str]]
"""A function from kind and id to the file and pointer of a record."""


IdsIn = Callable[[Record], dict[str, set[str]]]
"""A function that gives the ids that a record refers to, by their kind."""

Stated = tuple[str, str, str, int, Claim | Relation]

ANY = ""
"""Stands for the ids of all records of a kind, if it is not known which exist."""


def is_refused(refused: Set[tuple[str, str]], kind: str, record_id: str) -> bool:
    """Whether the record may exist but could not be read."""
    return (kind, record_id) in refused or (kind, ANY) in refused


@dataclass(frozen=True)
class DatasetContext:
    """A set of records; `refused` holds kind and id (or ANY) of those that exist but could not be read.

    `excluded` are the documents in the list of exclusions; None where no such list can lie beside the records.
    `ids_in` gives the ids that a record refers to, by their kind.
    """

    records: Records
    locate: Locate
    refused: frozenset[tuple[str, str]] = frozenset()
    excluded: frozenset[str] | None = None
    ids_in: IdsIn = ids_in

    @cached_property
    def ids_named(self) -> list[tuple[str, Record, dict[str, set[str]]]]:
        """Every record with its kind and the ids that it refers to, by their kind."""
        return [(kind, record, self.ids_in(record)) for kind, record in self]

    @cached_property
    def ids(self) -> dict[str, frozenset[str]]:
        """The ids of each kind of record."""
        return {kind: frozenset(table.ids()) for kind, table in self.tables.items()}

    def __iter__(self) -> Iterator[tuple[str, Record]]:
        """Every record with its kind."""
        for kind, table in self.tables.items():
            yield from ((kind, record) for record in table)

    @cached_property
    def tables(self) -> dict[str, Table[Any]]:
        """The records of each kind."""
        records = self.records
        return {
            "source": records.sources,
            "actor": records.actors,
            "place": records.places,
            "event": records.all_events,
        }

    def claims(self) -> Iterator[tuple[Event, int, Claim]]:
        """Every claim with its event and its position there."""
        for event in self.records.all_events:
            for n, claim in enumerate(event.claims):
                yield event, n, claim

    @cached_property
    def statements(self) -> list[Stated]:
        """Every relation and claim: kind and id of its record, the list that holds it, its position there, and itself.

        A pointer is put together of these only for a finding; for each statement it would take half of the time.
        """
        found: list[Stated] = []
        for actor in self.records.actors:
            found += [("actor", actor.id, "relations", n, each) for n, each in enumerate(actor.relations)]
        for event in self.records.all_events:
            found += [("event", event.id, "claims", n, each) for n, each in enumerate(event.claims)]
        return found

    @cached_property
    def citations(self) -> list[tuple[Stated, int, Evidence]]:
        """Every cited paragraph, with the statement that cites it and its position there."""
        return [(stated, m, evidence) for stated in self.statements for m, evidence in enumerate(stated[-1].evidence)]

    def claim(self, address: str) -> Claim | None:
        """The claim of that address, such as `CD-0001#c2`."""
        placed = self.records.all_claims.get(address)
        return placed.claim if placed is not None else None

    @cached_property
    def by_spelling(self) -> dict[tuple[str, str], str]:
        """Ids by kind and by the id or the name, as `fold_text` gives them."""
        return {
            (kind, fold_text(name)): record.id
            for kind, record in self
            for name in (record.id, getattr(record, "name", record.id))
        }

    def record(self, kind: str, record_id: str) -> Record | None:
        """The record with that kind and id; None if there is none."""
        return self.tables[kind].get(record_id)

    def finding(self, kind: str, record_id: str, pointer: str, code: Code, message: str) -> Finding:
        """A finding at a place in a record."""
        file, within = self.locate(kind, record_id)
        return Finding(file, within + pointer, code, message)
