"""From a value back to its ground: who claims it, through whom, in which document, at which paragraph."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conflictdata.analysis.lookup import require_text
from conflictdata.analysis.texts import Check, Texts
from conflictdata.errors import UnknownName
from conflictdata.model import Claim, Evidence, Records, Relation, Source, Step


@dataclass(frozen=True, slots=True)
class Trace:
    """One piece of evidence under a claim or relation, `id`, and the whole way from the claimant to the paragraph.

    `via` are the channels through which it reached the document, `chain` the hands through which the document went.
    `text` is the folded paragraph that stands at that number where the texts are held, None elsewhere.
    """

    id: str
    said: Claim | Relation
    evidence: Evidence
    source: Source | None
    check: Check
    text: str | None

    @property
    def chain(self) -> tuple[Step, ...]:
        """The document's steps, in order."""
        return self.source.chain if self.source is not None else ()

    def __str__(self) -> str:
        said = self.said
        speaker = f" ({said.speaker})" if said.speaker else ""
        claimant = f"{said.claimant_as_stated} (not named)" if said.claimant_as_stated else said.claimant
        way = [f"{claimant}{speaker} {said.stance}", *(f"via {channel}" for channel in said.via)]
        way += [f"{step.step} by {step.by or 'unknown'}" for step in self.chain]
        where = f"{self.evidence.source} paragraph {self.evidence.paragraph}, digest {self.evidence.digest}"
        check = "" if self.check is Check.NOT_ASKED else f" [{self.check}]"
        text = f"\n    {self.text}" if self.text is not None else ""
        return f"{self.id}: {' > '.join(way)} > {where}{check}{text}"


def trace(records: Records, record_id: str, texts: Path | str | None = None) -> tuple[Trace, ...]:
    """The evidence under an event, a claim (`CD-0001#c2`), an actor's relations or one of them (`ypg#r1`).

    With a folder of texts, each paragraph is checked against it. What has no such id is `UnknownName`.
    """
    held = Texts(texts) if texts is not None else None
    return tuple(
        _piece(records, held, address, said, evidence)
        for address, said in _said(records, record_id)
        for evidence in said.evidence
    )


def _said(records: Records, record_id: str) -> Iterator[tuple[str, Claim | Relation]]:
    stem, mark, _ = require_text("event, claim or relation", record_id).partition("#")
    event, actor = records.events.get(stem), records.actors.get(stem)
    found: list[tuple[str, Claim | Relation]] = (
        [(f"{stem}#{claim.id}", claim) for claim in event.claims] if event else []
    )
    found += [(f"{stem}#{relation.id}", relation) for relation in actor.relations] if actor else []
    chosen = [(address, said) for address, said in found if not mark or address == record_id]
    if (event is None and actor is None) or (mark and not chosen):
        known = [address for address, _ in found] or [*records.events.ids(), *records.actors.ids()]
        raise UnknownName("event, claim or relation", record_id, difflib.get_close_matches(record_id, known))
    yield from chosen


def _piece(records: Records, held: Texts | None, address: str, said: Claim | Relation, evidence: Evidence) -> Trace:
    source = records.sources.get(evidence.source)
    if held is None or source is None:
        return Trace(address, said, evidence, source, Check.NOT_ASKED, None)
    return Trace(address, said, evidence, source, *held.check(source, evidence))
