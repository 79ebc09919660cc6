"""From a value back to its evidence: who claims it, through whom, in which document and paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from conflictdata.analysis.answer_base import Answer, AnswerList, Cell, Columns, joined
from conflictdata.analysis.arguments import require_text
from conflictdata.analysis.claim_text import describe_claim
from conflictdata.analysis.digest_check import Check, Texts
from conflictdata.analysis.lookup import claim_id, names_of, other_record
from conflictdata.errors import UnknownName
from conflictdata.model import Claim, Evidence, Records, Relation, Source, Step


@dataclass(frozen=True, slots=True, repr=False)
class Trace(Answer):
    """One piece of evidence for the claim or relation `id`, with every step from the claimant to the paragraph.

    `via` are the channels through which the claim reached the document; `chain` are the publishers through which the
    document passed. `text` is the folded paragraph with that number, None without a folder of texts.
    """

    COLUMNS: ClassVar[Columns] = {
        "id": str,
        "claimant": str,
        "speaker": str,
        "statement": str,
        "via": str,
        "source_id": str,
        "title": str,
        "first_published_by": str,
        "url": str,
        "paragraph": int,
        "digest": str,
        "check_result": str,
        "text": str,
    }

    id: str
    statement: Claim | Relation
    evidence: Evidence
    source: Source | None
    check: Check
    text: str | None

    @property
    def chain(self) -> tuple[Step, ...]:
        """The document's steps, in order."""
        return self.source.chain if self.source is not None else ()

    @property
    def url(self) -> str | None:
        """The web address of the document: the last one in its chain."""
        return next((step.url for step in reversed(self.chain) if step.url is not None), None)

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row."""
        title = self.source.title if self.source is not None else None
        document = (self.evidence.source, title, self.chain[0].by if self.chain else None, self.url)
        claim = self.statement
        cells = (claim.claimant, claim.speaker, describe_claim(claim), joined(claim.via))
        yield self.id, *cells, *document, self.evidence.paragraph, self.evidence.digest, self.check, self.text

    def __str__(self) -> str:
        statement = self.statement
        speaker = f" ({statement.speaker})" if statement.speaker else ""
        claimant = f"{statement.claimant_as_stated} (not named)" if statement.claimant_as_stated else statement.claimant
        way = [f"{claimant}{speaker} {statement.stance}", *(f"via {channel}" for channel in statement.via)]
        way += [f"{step.step} by {step.by or 'unknown'}" for step in self.chain]
        where = f"{self.evidence.source} paragraph {self.evidence.paragraph}, digest {self.evidence.digest}"
        check = "" if self.check is Check.NOT_CHECKED else f" [{self.check}]"
        text = f"\n    {self.text}" if self.text is not None else ""
        return f"{self.id}: {' > '.join(way)} > {where}{check}{text}"


def trace(records: Records, record_id: str, texts: Path | str | None = None) -> AnswerList[Trace]:
    """The evidence for an event, a claim (`CD-0001#c2`), all relations of an actor or one of them (`ypg#r1`).

    With a folder of texts, each paragraph is checked. An unknown id raises `UnknownName`.
    """
    held = Texts(texts) if texts is not None else None
    return AnswerList(
        Trace,
        (
            _piece(records, held, address, statement, evidence)
            for address, statement in _statements(records, record_id)
            for evidence in statement.evidence
        ),
    )


def _statements(records: Records, record_id: str) -> Iterator[tuple[str, Claim | Relation]]:
    name, mark, _ = require_text("event, claim or relation", record_id).partition("#")
    if mark:
        yield _claim_or_relation(records, record_id)
        return
    names = names_of(records)
    events, actors = names["event"], names["actor"]
    known = [*events.find(name), *actors.find(name)]
    if len(known) != 1:
        near = known or [*events.near(name), *actors.near(name)]
        other = "" if known else other_record(records, name)
        raise UnknownName("event, claim or relation", record_id, near, shared=bool(known), instead=other)
    if (event := records.events.get(known[0])) is not None:
        yield from ((f"{event.id}#{claim.id}", claim) for claim in event.claims)
    else:
        actor = records.actors[known[0]]
        yield from ((f"{actor.id}#{relation.id}", relation) for relation in actor.relations)


def _claim_or_relation(records: Records, address: str) -> tuple[str, Claim | Relation]:
    name, _, relation_id = address.partition("#")
    actor = records.actors.get(name)
    if actor is None:
        placed = records.claims[claim_id(records, address)]
        return placed.id, placed.claim
    for relation in actor.relations:
        if relation.id == relation_id:
            return f"{actor.id}#{relation.id}", relation
    raise UnknownName("relation", address, [f"{actor.id}#{relation.id}" for relation in actor.relations])


def _piece(
    records: Records, held: Texts | None, address: str, statement: Claim | Relation, evidence: Evidence
) -> Trace:
    source = records.sources.get(evidence.source)
    if held is None or source is None:
        return Trace(address, statement, evidence, source, Check.NOT_CHECKED, None)
    return Trace(address, statement, evidence, source, *held.check(source, evidence))
