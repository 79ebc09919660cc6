"""The dataset as users work with it: its tables, and the questions that it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from conflictdata.analysis.event_answers import EventAnswers
from conflictdata.dataset_outputs import DatasetViews
from conflictdata.model import Actor, Event, Place, Records, Source
from conflictdata.model.codes import EventKind, Property
from conflictdata.record_tables import ClaimTable, Events, RecordTable

if TYPE_CHECKING:
    from pathlib import Path

    from conflictdata.analysis.answer_base import AnswerList
    from conflictdata.analysis.capture_matrix import CaptureMatrix
    from conflictdata.analysis.comparison import ClaimantRank, Comparison
    from conflictdata.analysis.control import ControlAnswer, ControlSeries
    from conflictdata.analysis.disputes import Dispute
    from conflictdata.analysis.explanation import Explanation
    from conflictdata.analysis.figures.over_events import Figures
    from conflictdata.analysis.grades import GradeAnswer
    from conflictdata.analysis.positions import Position
    from conflictdata.analysis.provenance import Trace
    from conflictdata.analysis.timeline import Entry, Strength


class Dataset(DatasetViews):
    """Records of conflict events and the claims that they are based on.

    `events`, `actors`, `places`, `sources` and `claims` are sequences in order of id, with lookup by id or name:
    `ds.places["Raqqa"]`, `ds.events["CD-0001"]`, `ds.claims["CD-0001#c2"]`. All days are local dates; unknown is None,
    never 0.
    """

    # Each method imports the module that answers it, so that loading the data stays fast.

    def __init__(self, records: Records) -> None:
        self._records = EventAnswers.bind(records)

    @property
    def records(self) -> Records:
        """The records, the argument of every function in `conflictdata.analysis`."""
        return self._records

    @cached_property
    def events(self) -> RecordTable[Event]:
        """What happened, or is claimed to have happened."""
        return RecordTable("events", self._records.events, self._records)

    @cached_property
    def actors(self) -> RecordTable[Actor]:
        """Whoever acts, is acted on or makes a claim."""
        return RecordTable("actors", self._records.actors, self._records)

    @cached_property
    def places(self) -> RecordTable[Place]:
        """Points and areas, nested in others."""
        return RecordTable("places", self._records.places, self._records)

    @cached_property
    def sources(self) -> RecordTable[Source]:
        """The documents that were read."""
        return RecordTable("sources", self._records.sources, self._records)

    @cached_property
    def claims(self) -> ClaimTable:
        """Every claim together with its event, by address such as `CD-0001#c2`; `claims.find()` searches them."""
        return ClaimTable("claims", self._records.claims, self._records)

    def find(
        self,
        *,
        actor: str | None = None,
        branches: bool = True,
        place: str | None = None,
        inside: bool = True,
        type: str | None = None,  # noqa: A002  the member of an event is called so
        kind: str | None = None,
        source: str | None = None,
        start: dt.date | str | None = None,
        end: dt.date | str | None = None,
        certain: bool = False,
        part_of: str | None = None,
        text: str | None = None,
    ) -> Events:
        """The events that match every given filter, in order of id.

        `actor` (id or name) took part, or with `branches` a part or branch of it at the time. `place` (id or name) is
        where it happened, or with `inside` a place that contains it. `source` is a document that reports it, `part_of`
        an operation that it belongs to. `text` are words in its title, summary or notes, in any letter case. The
        effective window overlaps the days from `start` to `end` (dates or YYYY-MM-DD), or with `certain` is within
        them; `.open_windows` of the answer is the number of events that may be outside these days because an end of
        their window is unknown. An unknown name raises `UnknownName`.
        """
        from conflictdata.analysis.event_search import EventFilter

        asked = EventFilter(
            actor=actor,
            branches=branches,
            place=place,
            inside=inside,
            type=type,
            kind=kind,
            source=source,
            start=start,
            end=end,
            certain=certain,
            part_of=part_of,
            text=text,
        )
        return Events.matching(asked, self._records)

    def figures(
        self,
        what: str = "killed",
        *,
        events: Iterable[Event | str] | None = None,
        by: str | None = None,
        status: str | None = None,
        vague: str = "default",
        best: str | None = None,
        as_of: dt.date | str | None = None,
    ) -> Figures:
        """The number of people killed, or another counting property, in `events` (default: all), as a range with its
        claims.

        `by` groups by event, type, operation, place, country, admin1, year, month, status, actor, nationality, causer
        or claimant. `status` selects one population. `vague` names the table that converts words such as "dozens".
        `best` is the rule of best estimates: lowest, median-origin or party-excluded. `as_of` leaves out claims made
        after that day. Only incidents are added; each claimant's latest statements on operations are listed separately,
        and `rows()` gives both. Raises `UnknownName` or `InvalidValue`.
        """
        from conflictdata.analysis.figures.over_events import figures

        return figures(self._records, what, events, by, status, vague, best, as_of)

    def control(self, place: str, on: dt.date | str) -> ControlAnswer:
        """Who held a place (id or name) on a local day, to what extent and by whose claim, or that it is not known.

        Raises `UnknownName` or `InvalidValue`.
        """
        from conflictdata.analysis.control import control

        return control(self._records, place, on)

    def control_series(self, place: str) -> ControlSeries:
        """All claims about who held a place (id or name) and its parts, in order of time; raises `UnknownName`."""
        from conflictdata.analysis.control import control_series

        return control_series(self._records, place)

    def explain(self, event: str) -> Explanation:
        """The dates, place, grade, figures and disputes of an event, each with the claims that it is based on.

        Raises `UnknownName`.
        """
        from conflictdata.analysis.explanation import explain

        return explain(self._records, self._event(event))

    def positions(self, event: str) -> AnswerList[Position]:
        """The claims of each party to an event and of each other origin; raises `UnknownName`."""
        from conflictdata.analysis.positions import positions

        return positions(self._records, event)

    def origins(self, event: str) -> tuple[str, ...]:
        """The ids of the independent origins of an event, whatever the number of documents; raises `UnknownName`."""
        from conflictdata.analysis.origins import origins

        return origins(self._records, self._event(event))

    def grade(self, event: str) -> GradeAnswer:
        """How reliable an event is: discounted, contested, confirmed, fair or weak, and `why`.

        Raises `UnknownName`.
        """
        from conflictdata.analysis.grades import grade

        return grade(self._records, self._event(event))

    def disputes(self, event: str | None = None) -> AnswerList[Dispute]:
        """Claims that contradict each other, with every side, in one event or in all; raises `UnknownName`."""
        from conflictdata.analysis.disputes import disputes

        return disputes(self._records, self._event(event) if event is not None else None)

    def disputed(self, event: str) -> frozenset[Property]:
        """The properties of an event that a live claim denies, doubts or contradicts."""
        from conflictdata.analysis.contradictions import disputed

        return disputed(self._records, self._event(event))

    def timeline(self, actor: str, *, branches: bool = True) -> AnswerList[Entry]:
        """The events in which an actor (id or name) took part, in order of time; raises `UnknownName`."""
        from conflictdata.analysis.timeline import timeline

        return timeline(self._records, actor, branches=branches)

    def strength(self, actor: str, *, branches: bool = True, vague: str = "default") -> AnswerList[Strength]:
        """The claimed numbers of fighters of an actor (id or name), as a dated series; raises `UnknownName`."""
        from conflictdata.analysis.timeline import strength

        return strength(self._records, actor, branches=branches, vague=vague)

    def capture_matrix(self, events: Iterable[Event | str] | None = None) -> CaptureMatrix:
        """Origins by incidents as 0 and 1, for multiple-systems estimation; raises `UnknownName`."""
        from conflictdata.analysis.capture_matrix import capture_matrix

        return capture_matrix(self._records, events)

    def trace(self, record_id: str, texts: Path | str | None = None) -> AnswerList[Trace]:
        """The evidence for an event, claim or relation, back to each paragraph.

        With a folder of texts each paragraph is checked against the document there. Raises `UnknownName`, or
        `DataNotFound`.
        """
        from conflictdata.analysis.provenance import trace

        return trace(self._records, record_id, texts)

    def sentence(self, event: str, what: str = "killed", *, vague: str = "default") -> str:
        """A sentence for publication: the lowest and the highest number, each with who reports it."""
        from conflictdata.analysis.printable_sentence import sentence

        return sentence(self._records, event, what, vague)

    def compare(self, first: str, second: str, what: str = "killed") -> AnswerList[Comparison]:
        """Incidents for which two actors (id or name) give a number, the widest gap first; raises `UnknownName`."""
        from conflictdata.analysis.comparison import compare

        return compare(self._records, first, second, what)

    def claimant_ranks(self, what: str = "killed") -> AnswerList[ClaimantRank]:
        """How often each claimant's number of an incident is the highest and the lowest; raises `UnknownName`."""
        from conflictdata.analysis.comparison import rank_claimants

        return rank_claimants(self._records, what)

    def _event(self, event: str) -> Event:
        from conflictdata.analysis.lookup import event_id

        return self.events[event_id(self._records, event)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and self._records == other._records

    def __hash__(self) -> int:
        return hash(self._records)

    def __reduce__(self) -> tuple[object, ...]:
        return Dataset, (self._records,)

    def __repr__(self) -> str:
        counts = self._counts()
        incidents, operations, claims, actors, places, sources, withdrawn, first, last = counts.values()
        window = (f", {withdrawn} withdrawn" if withdrawn else "") + (f", {first} to {last}" if first else "")
        return (
            f"<conflictdata, {self._version}: {incidents} incidents and {operations} operations with {claims} claims,"
            f" {actors} actors, {places} places, {sources} sources{window}>"
        )

    def _repr_html_(self) -> str:
        from conflictdata.analysis.answer_base import html_table

        return html_table(("", "conflictdata"), self._counts().items(), caption=self._version)

    def _counts(self) -> dict[str, Any]:
        """The numbers of records, without withdrawn ones, which are counted separately."""
        tables: tuple[Iterable[Any], ...] = (self.actors, self.places, self.sources, self.events)
        live = [[record for record in table if record.withdrawn is None] for table in tables]
        actors, places, sources, events = live
        days = [day for event in events for day in (event.when.first, event.when.last) if day is not None]
        incidents = sum(event.kind is EventKind.INCIDENT for event in events)
        return {
            "incidents": incidents,
            "operations": len(events) - incidents,
            "claims": sum(len(event.claims) for event in events),
            "actors": len(actors),
            "places": len(places),
            "sources": len(sources),
            "withdrawn": sum(record.withdrawn is not None for table in tables for record in table),
            "first day": min(days, default=None),
            "last day": max(days, default=None),
        }
