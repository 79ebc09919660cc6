"""The tables of claims and of the evidence under claims and relations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from conflictdata.analysis.attesting_claims import attests
from conflictdata.analysis.origins import claim_origins
from conflictdata.model import Claim, Event, Evidence, Records
from conflictdata.tables.columns import (
    Layout,
    Link,
    added,
    code,
    derived,
    integer,
    listed,
    number,
    string,
    truth,
)
from conflictdata.tables.shared_columns import days, part_withdrawn, voice, where, where_point, window, withdrawn


@dataclass(slots=True, eq=False, repr=False)
class ClaimItem:
    """A claim with its event, and the independent origin to which its claimant belongs at that time."""

    id: str
    event: Event
    claim: Claim
    origin: str | None

    @property
    def attesting(self) -> bool:
        """Whether it says that the event happened."""
        return attests(self.event, self.claim)


def _claims(records: Records) -> Iterator[ClaimItem]:
    for event in records.events:
        origins = claim_origins(records, event)
        for claim in event.claims:
            yield ClaimItem(f"{event.id}#{claim.id}", event, claim, origins.get(claim.id))


CLAIMS: Layout[ClaimItem] = Layout(
    "claims",
    "Every claim: who says what about which event, with its numbers and codes.",
    (
        string("id", "The claim's address: the event's id, #, the claim's id.", "id"),
        string("event_id", "The event that the claim is about.", "event.id"),
        string("claimant", "The actor who says it.", "claim.claimant"),
        code("attribution", "How the claimant is known.", "claim.attribution", "attributions"),
        code("stance", "What the claimant does with the statement.", "claim.stance", "stances"),
        code("property", "What the statement is about.", "claim.property", "properties"),
        number("low", "The smallest number the words allow; empty where there is none.", "claim.count.low"),
        number("high", "The largest number the words allow; empty where there is none.", "claim.count.high"),
        code("bound", "How the words bound the number.", "claim.count.bound", "bounds"),
        string("as_stated", "The number words of the document.", "claim.count.as_stated"),
        code("unit", "What is counted or measured.", "claim.count.unit", "units"),
        code("scope", "What the number covers.", "claim.count.scope", "count-scopes"),
        string("of_actor", "The party or population counted.", "claim.count.of.actor"),
        code("of_status", "What sort of people are counted.", "claim.count.of.status", "population-statuses"),
        string("of_nationality", "The nationality of those counted.", "claim.count.of.nationality"),
        string("of_item", "The thing counted, in our words.", "claim.count.of.item"),
        replace(
            listed("caused_by", "The actors who caused what is counted, as the claimant says.", "claim.count.by"),
            former="by",
        ),
        listed("includes", "Claims whose numbers are parts of this one.", "claim.count.includes"),
        *voice("claim"),
        string("control_place", "The place held.", "claim.control.place"),
        string("control_holder", "The actor who holds it.", "claim.control.holder"),
        code("control_extent", "How much of it.", "claim.control.extent", "extents"),
        string("control_from", "The actor from whom it was taken.", "claim.control.from_"),
        code("result_outcome", "How the event ended or stands.", "claim.result.outcome", "outcomes"),
        string("result_actor", "The actor whose outcome it is.", "claim.result.actor"),
        listed("responsible", "The actors held responsible.", "claim.responsibility.actors"),
        code("responsible_how", "All of them, or either.", "claim.responsibility.how", "responsibility-modes"),
        string("movement_actor", "The actor that moved.", "claim.movement.actor"),
        string("movement_what", "What part of it moved.", "claim.movement.what"),
        string("movement_from", "The place left.", "claim.movement.from_"),
        string("movement_to", "The place reached, or the destination.", "claim.movement.to"),
        *days("date_", "claim.date", "The date claimed"),
        code("statement_topic", "What sort of statement.", "claim.statement.topic", "topics"),
        string("statement_text", "The statement, in our words.", "claim.statement.text"),
        listed("statement_about", "The actors it is about.", "claim.statement.about"),
        *window("window_", "claim.window", "The time the statement is about"),
        *where("claim.where", "The place the statement is about"),
        *where_point("claim.where.point", "The place the statement is about"),
        *days("stated_", "claim.stated_on", "When the claimant said it"),
        *added(
            "1.1.0",
            code("hedge", "How the text qualifies the statement, such as `allegedly`.", "claim.hedge", "hedges"),
            truth("attests", "The curator's decision whether it says that the event happened.", "claim.attests"),
        ),
        code("fate", "What became of a plan.", "claim.fate", "fates"),
        listed(
            "conflicts_with",
            "Earlier claims that cannot be true together with this one.",
            "claim.conflicts_with",
        ),
        code("status", "Superseded or rejected; empty on a live claim.", "claim.status", "claim-statuses"),
        string("status_reason", "Why it is superseded or rejected.", "claim.status_reason"),
        string("notes", "The curator's reasoning.", "claim.notes"),
        *derived(
            string(
                "origin",
                "The independent origin to which the claimant belongs at that time; empty where it is not an origin.",
                "origin",
            ),
            truth(
                "attesting",
                "Whether it says that the event happened, by the rule or by the curator's decision.",
                "attesting",
            ),
        ),
        withdrawn("event.withdrawn"),
    ),
    ("id",),
    (
        Link("event_id", "events"),
        Link("claimant", "actors"),
        Link("of_actor", "actors"),
        Link("control_place", "places"),
        Link("control_holder", "actors"),
        Link("control_from", "actors"),
        Link("result_actor", "actors"),
        Link("movement_actor", "actors"),
        Link("movement_from", "places"),
        Link("movement_to", "places"),
        Link("where_place", "places"),
    ),
    _claims,
)


@dataclass(slots=True, eq=False, repr=False)
class EvidenceItem:
    """One piece of evidence, and the claim or relation that it supports."""

    id: str
    claim_id: str | None
    relation_id: str | None
    evidence: Evidence
    withdrawn: bool


def _evidence(records: Records) -> Iterator[EvidenceItem]:
    for event in records.events:
        withdrawn = event.withdrawn is not None
        for claim in event.claims:
            address = f"{event.id}#{claim.id}"
            for position, evidence in enumerate(claim.evidence, 1):
                yield EvidenceItem(f"{address}.{position}", address, None, evidence, withdrawn)
    for actor in records.actors:
        withdrawn = actor.withdrawn is not None
        for relation in actor.relations:
            address = f"{actor.id}#{relation.id}"
            for position, evidence in enumerate(relation.evidence, 1):
                yield EvidenceItem(f"{address}.{position}", None, address, evidence, withdrawn)


EVIDENCE: Layout[EvidenceItem] = Layout(
    "evidence",
    "The evidence for each claim and relation: document, paragraph, and the digest that proves it.",
    (
        string("id", "The address of the claim or relation, a full stop, and the number of the piece.", "id"),
        string("claim_id", "The claim that it is evidence for; empty for a relation's.", "claim_id"),
        string("relation_id", "The relation that it is evidence for; empty for a claim's.", "relation_id"),
        string("source_id", "The document.", "evidence.source"),
        integer(
            "paragraph", "The paragraph, counted from 1 over the paragraphs that are not empty.", "evidence.paragraph"
        ),
        *added("1.1.0", string("locator", "The document's own mark for the place.", "evidence.locator")),
        string("digest", "The first 16 hexadecimal digits of the folded paragraph's SHA-256.", "evidence.digest"),
        part_withdrawn(),
    ),
    ("id",),
    (Link("claim_id", "claims"), Link("relation_id", "relations"), Link("source_id", "sources")),
    _evidence,
)
