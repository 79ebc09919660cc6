"""Rules on evidence: the paragraph exists, is no furniture, and is the same paragraph wherever it is cited."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.findings import Code, Finding
from conflictdata.model import Actor, Event, Evidence
from conflictdata.rules.walks import statements_of
from conflictdata.rules.whole import Whole


def cited_paragraphs_exist(whole: Whole) -> Iterator[Finding]:
    """A paragraph beyond the last one proves nothing."""
    for kind, record_id, pointer, evidence in _cited(whole):
        source = whole.records.sources.get(evidence.source)
        if source is not None and evidence.paragraph > source.paragraphs:
            told = f"there is no paragraph {evidence.paragraph}; {source.id} has {source.paragraphs}"
            yield whole.finding(kind, record_id, f"{pointer}/paragraph", Code.PARAGRAPH_OUT_OF_RANGE, told)


def cited_paragraphs_are_no_furniture(whole: Whole) -> Iterator[Finding]:
    """Menus and adverts state nothing about the war; the number is a slip, or the list of furniture is."""
    furniture = {source.id: frozenset(source.furniture) for source in whole.records.sources}
    for kind, record_id, pointer, evidence in _cited(whole):
        if evidence.paragraph in furniture.get(evidence.source, ()):
            told = f"{evidence.source} lists paragraph {evidence.paragraph} as page furniture"
            yield whole.finding(kind, record_id, f"{pointer}/paragraph", Code.FURNITURE_CITED, told)


def one_paragraph_has_one_digest(whole: Whole) -> Iterator[Finding]:
    """Of two digests of one paragraph, one was copied or computed wrongly."""
    first: dict[tuple[str, int], tuple[str, str]] = {}
    for kind, record_id, pointer, evidence in _cited(whole):
        digest, where = first.setdefault((evidence.source, evidence.paragraph), (evidence.digest, record_id))
        if digest != evidence.digest:
            told = f"{evidence.source} paragraph {evidence.paragraph} has the digest {digest} in {where}"
            yield whole.finding(kind, record_id, f"{pointer}/digest", Code.DIGEST_CONFLICT, told)


def _cited(whole: Whole) -> Iterator[tuple[str, str, str, Evidence]]:
    """Each paragraph that is cited, with the kind and id of the record that cites it, and where it does."""
    for kind, record in whole:
        if isinstance(record, Actor | Event):
            for pointer, statement in statements_of(record):
                for n, evidence in enumerate(statement.evidence):
                    yield kind, record.id, f"{pointer}/evidence/{n}", evidence
