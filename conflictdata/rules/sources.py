"""Rules within one source: its chain runs forwards, and the paragraphs it speaks of exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from conflictdata.dates import before
from conflictdata.findings import Code, Finding
from conflictdata.model import Source
from conflictdata.model.codes import ChainStep


def chain_begins_with_the_text(file: str, source: Source) -> Iterator[Finding]:
    """A text is written or gathered before anybody can publish it again, and it is written once."""
    if source.chain[0].step is ChainStep.REPUBLISHED:
        told = "the first step is republished; begin with first_published or aggregated, without `by` if not known"
        yield Finding(file, "/chain/0/step", Code.CHAIN_OUT_OF_ORDER, told)
    for n, step in enumerate(source.chain[1:], start=1):
        if step.step is ChainStep.FIRST_PUBLISHED:
            told = f"first_published is step {n + 1} of the chain; it can only be the first"
            yield Finding(file, f"/chain/{n}/step", Code.CHAIN_OUT_OF_ORDER, told)


def chain_runs_forwards(file: str, source: Source) -> Iterator[Finding]:
    """No step can be dated wholly before the one that it follows."""
    dated = [(n, step.date) for n, step in enumerate(source.chain) if step.date is not None]
    for (_, earlier), (n, later) in pairwise(dated):
        if before((later.earliest, later.latest), (earlier.earliest, earlier.latest)):
            told = f"this step is of {later.latest} at latest, the one before it of {earlier.earliest} at earliest"
            yield Finding(file, f"/chain/{n}/date", Code.CHAIN_OUT_OF_ORDER, told)


def paragraphs_exist(file: str, source: Source) -> Iterator[Finding]:
    """A number beyond the last paragraph is a slip, or `paragraphs` is."""
    spoken_of = [(f"/furniture/{n}", number) for n, number in enumerate(source.furniture)]
    for m, alteration in enumerate(source.alterations):
        spoken_of += [(f"/alterations/{m}/paragraphs/{n}", number) for n, number in enumerate(alteration.paragraphs)]
    for pointer, number in spoken_of:
        if number > source.paragraphs:
            told = f"there is no paragraph {number}; the document has {source.paragraphs}"
            yield Finding(file, pointer, Code.PARAGRAPH_OUT_OF_RANGE, told)
