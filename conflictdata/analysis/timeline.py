"""An actor through time: the events in which it took part, and its claimed strength."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from conflictdata.analysis.affiliation import ancestors
from conflictdata.analysis.answer_base import Answer, AnswerList, Cell, Columns, joined
from conflictdata.analysis.arguments import switch
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.figures.count_claims import Counted, counted
from conflictdata.analysis.lookup import actor_id
from conflictdata.analysis.possible_days import possible
from conflictdata.codelists import word_table
from conflictdata.collector_pause import collector_paused
from conflictdata.date_windows import ANY_DAY, Window, spell_window
from conflictdata.model import Event, Participant, Records, id_order
from conflictdata.model.codes import Property
from conflictdata.text import spell_range


@dataclass(frozen=True, slots=True, repr=False)
class Entry(Answer):
    """One event of an actor's timeline: its effective window, and the role of the actor or its branches."""

    COLUMNS: ClassVar[Columns] = {
        "date_start": dt.date,
        "date_end": dt.date,
        "event_id": str,
        "type": str,
        "roles": str,
        "title": str,
    }

    event: Event
    days: Window
    parts: tuple[Participant, ...]

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row."""
        roles = joined(dict.fromkeys(part.role for part in self.parts))
        yield *self.days, self.event.id, self.event.type, roles, self.event.title

    def __str__(self) -> str:
        roles = ", ".join(dict.fromkeys(part.role for part in self.parts))
        return f"{spell_window(self.days)}  {self.event.id}  {self.event.title} ({roles})"


@collector_paused()  # without which it takes a tenth longer at many events, and still longer beside other data
def timeline(records: Records, actor: str, *, branches: bool = True) -> AnswerList[Entry]:
    """The events in which the actor (id or name) took part, in order of first and then last possible day.

    If the first day is not known, the last is used; events with neither come last.
    """
    who, branches = actor_id(records, actor), switch("branches", branches)
    entries = []
    for event in records.events:
        days = event_dates(records, event).window
        parts = tuple(
            part
            for part in event.participants
            if part.actor == who or (branches and who in ancestors(records, part.actor, days))
        )
        if parts and event.withdrawn is None:
            entries.append(Entry(event, days, parts))
    return AnswerList(Entry, sorted(entries, key=lambda entry: (_order(entry.days), id_order(entry.event.id))))


@dataclass(frozen=True, slots=True, repr=False)
class Strength(Answer):
    """One claim about the strength of an actor: the days it is about, and `low` to `high`; None is an open end."""

    COLUMNS: ClassVar[Columns] = {
        "date_start": dt.date,
        "date_end": dt.date,
        "low": float,
        "high": float,
        "place": str,
        "claimant": str,
        "claim_id": str,
    }

    days: Window
    low: int | float | None
    high: int | float | None
    place: str | None
    claim: Counted

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row."""
        yield *self.days, self.low, self.high, self.place, self.claim.claim.claimant, self.claim.id

    def __str__(self) -> str:
        at = f" at {self.place}" if self.place else ""
        number, claimant = spell_range(self.low, self.high), self.claim.claim.claimant
        return f"{spell_window(self.days)}  {number}{at}, says {claimant} ({self.claim.id})"


def strength(records: Records, actor: str, *, branches: bool = True, vague: str = "default") -> AnswerList[Strength]:
    """The claimed number of fighters of an actor (id or name): a series of dated claims, never added.

    The days are those of the claim's window, else those of its event, else those on which it was stated.
    """
    who, branches = actor_id(records, actor), switch("branches", branches)
    vague = word_table(vague)
    series = []
    for event in records.events:
        for claim in counted(records, event, Property.STRENGTH, vague) if event.withdrawn is None else ():
            days = _days(claim)
            of = claim.population.actor if claim.population else None
            if of is not None and (of == who or (branches and who in ancestors(records, of, days))):
                place = claim.place or (event.where.place if event.where else None)
                series.append(Strength(days, claim.low, claim.high, place, claim))
    return AnswerList(
        Strength, sorted(series, key=lambda point: (_order(point.days), id_order(point.claim.event.id), point.claim.id))
    )


def _days(claim: Counted) -> Window:
    """The days that the number is about; if there are none, those on which it was stated."""
    return claim.window if claim.window != ANY_DAY else possible(claim.claim.stated_on)


def _order(days: Window) -> tuple[dt.date, dt.date]:
    first, last = days
    return first or last or dt.date.max, last or dt.date.max
