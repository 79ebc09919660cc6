"""Typed, frozen models of data that has already passed the parser and the schema."""

from __future__ import annotations

from collections.abc import Mapping

from conflictdata.model.claim import Claim, Control, Count, Movement, Population, Responsibility, Result, Statement
from conflictdata.model.event import Distinction, Event, ExternalId, Participant
from conflictdata.model.records import (
    Actor,
    Admin,
    Alteration,
    LayoutName,
    Place,
    Relation,
    Source,
    Step,
    UcdpActor,
)
from conflictdata.model.recordset import Document, EventClaim, Period, Records, Release, Selection
from conflictdata.model.table import Table, id_order
from conflictdata.model.values import Days, End, Evidence, GradeOverride, Name, Point, Range, When, Where, Withdrawn

Record = Source | Actor | Place | Event

type_of_kind: Mapping[str, type[Source] | type[Actor] | type[Place] | type[Event]] = {
    "source": Source,
    "actor": Actor,
    "place": Place,
    "event": Event,
}
"""The model of each kind of record, in the order in which a dataset document holds them."""

__all__ = [
    "Actor",
    "Admin",
    "Alteration",
    "Claim",
    "Control",
    "Count",
    "Days",
    "Distinction",
    "Document",
    "End",
    "Event",
    "EventClaim",
    "Evidence",
    "ExternalId",
    "GradeOverride",
    "LayoutName",
    "Movement",
    "Name",
    "Participant",
    "Period",
    "Place",
    "Point",
    "Population",
    "Range",
    "Record",
    "Records",
    "Relation",
    "Release",
    "Responsibility",
    "Result",
    "Selection",
    "Source",
    "Statement",
    "Step",
    "Table",
    "UcdpActor",
    "When",
    "Where",
    "Withdrawn",
    "id_order",
    "type_of_kind",
]  # fmt: skip
