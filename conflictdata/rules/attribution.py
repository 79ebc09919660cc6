"""Rules on who speaks in a document: its own voice is that of whoever wrote it, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.findings import Code, Finding
from conflictdata.model import Actor, Event, Evidence, Source
from conflictdata.model.codes import Attribution, ChainStep, Composition
from conflictdata.rules.walks import statements_of
from conflictdata.rules.whole import Whole


def own_voices_are_the_documents(whole: Whole) -> Iterator[Finding]:
    """Only hands through which a document's words went can speak in its own voice."""
    for kind, record_id, pointer, claimant, attribution, evidence in _said(whole):
        for item in evidence if attribution is Attribution.OWN_VOICE else ():
            source = whole.records.sources.get(item.source)
            voices = _voices(source) if source is not None else None
            if voices is not None and claimant not in voices:
                told = f"{claimant} is not the voice of {item.source}, which is {' or '.join(sorted(voices))}"
                yield whole.finding(kind, record_id, f"{pointer}/claimant", Code.ATTRIBUTION_MISMATCH, told)


def publishers_speak_in_their_own_voice(whole: Whole) -> Iterator[Finding]:
    """A publisher named as claimant in its own documents only would count as an origin beside itself."""
    for kind, record_id, pointer, claimant, attribution, evidence in _said(whole):
        if attribution is Attribution.NAMED:
            sources = [whole.records.sources.get(item.source) for item in evidence]
            if all(source is not None and _first_publisher(source) == claimant for source in sources):
                told = f"{claimant} first published the document itself, so that this is own_voice"
                yield whole.finding(kind, record_id, f"{pointer}/attribution", Code.ATTRIBUTION_MISMATCH, told)


def channels_are_outside_the_document(whole: Whole) -> Iterator[Finding]:
    """`via` tells how a statement came to the document; who published the document is told once, in its chain."""
    for kind, record in whole:
        for pointer, statement in statements_of(record) if isinstance(record, Actor | Event) else ():
            if not statement.via:
                continue
            sources = [whole.records.sources.get(item.source) for item in statement.evidence]
            for n, channel in enumerate(statement.via):
                if all(source is not None and channel in {step.by for step in source.chain} for source in sources):
                    told = f"{channel} published the document itself; leave it out of `via`"
                    yield whole.finding(kind, record.id, f"{pointer}/via/{n}", Code.ATTRIBUTION_MISMATCH, told)


def _said(whole: Whole) -> Iterator[tuple[str, str, str, str, Attribution, tuple[Evidence, ...]]]:
    for kind, record in whole:
        if isinstance(record, Actor | Event):
            for pointer, said in statements_of(record):
                yield kind, record.id, pointer, said.claimant, said.attribution, said.evidence


def _first_publisher(source: Source) -> str | None:
    return source.chain[0].by if source.chain[0].step is ChainStep.FIRST_PUBLISHED else None


def _voices(source: Source) -> frozenset[str] | None:
    """Who can speak in the document's own voice; None where a hand through which it went is not known."""
    steps = source.chain[:1] if source.composition in (Composition.WHOLE, Composition.EXCERPT) else source.chain
    hands = [step.by for step in steps]
    return frozenset(hand for hand in hands if hand is not None) if None not in hands else None
