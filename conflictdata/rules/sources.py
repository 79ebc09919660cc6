"""Rules on sources: their chain, own voices, and cited paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from conflictdata.date_windows import before
from conflictdata.findings import Code, Finding
from conflictdata.model import Source
from conflictdata.model.codes import Attribution, ChainStep, Composition
from conflictdata.rules.context import DatasetContext, Stated

# Names for members of enums, as in `claims`.
_OWN_VOICE, _NAMED = Attribution.OWN_VOICE, Attribution.NAMED


def chain_begins_with_the_text(file: str, source: Source) -> Iterator[Finding]:
    """A chain begins with the first publication or compilation of the text, and has only one first publication."""
    if source.chain[0].step is ChainStep.REPUBLISHED:
        message = (
            "the first step is republished; begin with first_published or aggregated, without `by` if it is not known"
        )
        yield Finding(file, "/chain/0/step", Code.CHAIN_OUT_OF_ORDER, message)
    for n, step in enumerate(source.chain[1:], start=1):
        if step.step is ChainStep.FIRST_PUBLISHED:
            message = f"first_published is step {n + 1}, but it can only be step 1; correct the order"
            yield Finding(file, f"/chain/{n}/step", Code.CHAIN_OUT_OF_ORDER, message)


def chain_runs_forwards(file: str, source: Source) -> Iterator[Finding]:
    """A step cannot be earlier than the previous one."""
    dated = [(n, step.date) for n, step in enumerate(source.chain) if step.date is not None]
    for (_, earlier), (n, later) in pairwise(dated):
        if before((later.earliest, later.latest), (earlier.earliest, earlier.latest)):
            message = (
                f"the step is of {later.latest} or earlier, but the step before it is of {earlier.earliest} or later;"
                f" correct one"
            )
            yield Finding(file, f"/chain/{n}/date", Code.CHAIN_OUT_OF_ORDER, message)


def paragraphs_exist(file: str, source: Source) -> Iterator[Finding]:
    """A paragraph number must not be higher than `paragraphs`."""
    spoken_of = [(f"/furniture/{n}", number) for n, number in enumerate(source.furniture)]
    for m, alteration in enumerate(source.alterations):
        spoken_of += [(f"/alterations/{m}/paragraphs/{n}", number) for n, number in enumerate(alteration.paragraphs)]
    for pointer, number in spoken_of:
        if number > source.paragraphs:
            message = (
                f"paragraph {number} does not exist, because the document has {source.paragraphs}; correct one of them"
            )
            yield Finding(file, pointer, Code.PARAGRAPH_OUT_OF_RANGE, message)


def own_voices_are_the_documents(whole: DatasetContext) -> Iterator[Finding]:
    """Only publishers in a document's chain can speak in its own voice."""
    voices_of = {source.id: _own_voices(source) for source in whole.records.sources}
    for kind, record_id, place, n, statement in whole.statements:
        claimant = statement.claimant
        for item in statement.evidence if statement.attribution is _OWN_VOICE else ():
            voices = voices_of.get(item.source)
            if voices is not None and claimant not in voices:
                message = (
                    f"{claimant} did not publish {item.source};"
                    f" use {' or '.join(sorted(voices))}, or another attribution"
                )
                yield whole.finding(kind, record_id, f"/{place}/{n}/claimant", Code.ATTRIBUTION_MISMATCH, message)


def publishers_speak_in_their_own_voice(whole: DatasetContext) -> Iterator[Finding]:
    """A publisher that is a named claimant in its own document would count as a second origin."""
    publishers = {source.id: _first_publisher(source) for source in whole.records.sources}
    for kind, record_id, place, n, statement in whole.statements:
        if statement.attribution is _NAMED:
            claimant = statement.claimant
            if all(publishers.get(item.source) == claimant for item in statement.evidence):
                message = f"{claimant} is the first publisher of the document; use attribution own_voice"
                yield whole.finding(kind, record_id, f"/{place}/{n}/attribution", Code.ATTRIBUTION_MISMATCH, message)


def channels_are_outside_the_document(whole: DatasetContext) -> Iterator[Finding]:
    """`via` is the way of a statement to the document; the document's publishers are recorded only in its chain."""
    for kind, record_id, place, n, statement in whole.statements:
        if not statement.via:
            continue
        sources = [whole.records.sources.get(item.source) for item in statement.evidence]
        for m, channel in enumerate(statement.via):
            if all(source is not None and channel in {step.by for step in source.chain} for source in sources):
                message = f"{channel} is a publisher of the document; remove it from `via`"
                yield whole.finding(kind, record_id, f"/{place}/{n}/via/{m}", Code.ATTRIBUTION_MISMATCH, message)


def _first_publisher(source: Source) -> str | None:
    return source.chain[0].by if source.chain[0].step is ChainStep.FIRST_PUBLISHED else None


def _own_voices(source: Source) -> frozenset[str] | None:
    """The actors that can speak in the document's own voice; None if a publisher in its chain is unknown."""
    steps = source.chain[:1] if source.composition in (Composition.WHOLE, Composition.EXCERPT) else source.chain
    hands = [step.by for step in steps]
    return frozenset(hand for hand in hands if hand is not None) if None not in hands else None


def cited_paragraphs_exist(whole: DatasetContext) -> Iterator[Finding]:
    """Evidence must cite an existing paragraph."""
    paragraphs = {source.id: source.paragraphs for source in whole.records.sources}
    for stated, m, evidence in whole.citations:
        last = paragraphs.get(evidence.source)
        if last is not None and evidence.paragraph > last:
            message = (
                f"paragraph {evidence.paragraph} does not exist, because {evidence.source} has {last};"
                f" correct the number"
            )
            yield _about_citation(whole, stated, m, "paragraph", Code.PARAGRAPH_OUT_OF_RANGE, message)


def cited_paragraphs_are_no_furniture(whole: DatasetContext) -> Iterator[Finding]:
    """Evidence should not cite page furniture such as menus; the number or the list of furniture is wrong."""
    furniture = {source.id: frozenset(source.furniture) for source in whole.records.sources if source.furniture}
    for stated, m, evidence in whole.citations:
        if evidence.paragraph in furniture.get(evidence.source, ()):
            message = (
                f"{evidence.source} lists paragraph {evidence.paragraph} as page furniture;"
                f" correct the number or the list"
            )
            yield _about_citation(whole, stated, m, "paragraph", Code.FURNITURE_CITED, message)


def one_paragraph_has_one_digest(whole: DatasetContext) -> Iterator[Finding]:
    """A paragraph has one digest; of two different ones, one was copied or computed wrongly."""
    first: dict[tuple[str, int], tuple[str, str]] = {}
    for stated, m, evidence in whole.citations:
        digest, where = first.setdefault((evidence.source, evidence.paragraph), (evidence.digest, stated[1]))
        if digest != evidence.digest:
            message = (
                f"{where} has the digest {digest} for {evidence.source} paragraph {evidence.paragraph};"
                f" correct one of them"
            )
            yield _about_citation(whole, stated, m, "digest", Code.DIGEST_CONFLICT, message)


def _about_citation(whole: DatasetContext, stated: Stated, m: int, member: str, code: Code, message: str) -> Finding:
    """A finding about a member of the evidence at position `m` of a statement."""
    kind, record_id, place, n, _ = stated
    return whole.finding(kind, record_id, f"/{place}/{n}/evidence/{m}/{member}", code, message)
