"""Independent origins of an event: the separate sources behind it, whatever the number of documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from types import MappingProxyType

from conflictdata.analysis.affiliation import top_level
from conflictdata.analysis.attesting_claims import attesting_claims
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.memo import once_an_event
from conflictdata.analysis.possible_days import possible
from conflictdata.date_windows import Window, in_order, shared
from conflictdata.model import Claim, Event, Records, Source
from conflictdata.model.codes import Attribution, ChainStep, Composition


def origins(records: Records, event: Event) -> tuple[str, ...]:
    """The ids of the actors that are the event's independent origins, in order of id.

    An origin is the claimant of an attesting claim, or the top actor that it is part or branch of on the event's days;
    claimants with the same top actor are one origin. Unnamed claimants do not count. A claim in a document's own voice
    belongs to its publisher, or to the news agency that wrote the text.
    """
    known = claim_origins(records, event)
    return tuple(sorted({known[claim.id] for claim in attesting_claims(event) if claim.id in known}))


@once_an_event
def claim_origins(records: Records, event: Event) -> Mapping[str, str]:
    """The origin of each live claim of the event, by the claim's id; a claim that counts as no origin is left out."""
    days = reporting_window(records, event)
    named = _named_in(event)
    voices = {claim.id: voice for claim in event.claims if claim.live and (voice := _voice(records, claim, named))}
    label = _families(records, voices.values(), days)
    return MappingProxyType({claim: label[voice] for claim, voice in voices.items()})


def reporting_window(records: Records, event: Event) -> Window:
    """The effective window of the event, ended at the latest by its last document.

    Without this limit an event with an unknown end would extend into years in which its actors belonged to others.
    """
    whole = event_dates(records, event).window
    cited = {evidence.source for claim in event.claims for evidence in claim.evidence}
    published = [first_published(source)[1] for source in map(records.sources.get, cited) if source is not None]
    until = max((day for day in published if day is not None), default=None)
    days = shared(whole, (None, until))
    return days if in_order(days) else whole


def _voice(records: Records, claim: Claim, named: Mapping[str, Set[str]]) -> str | None:
    match claim.attribution:
        case Attribution.NAMED:
            return claim.claimant
        case Attribution.UNNAMED:
            return None
    for evidence in claim.evidence:
        source = records.sources.get(evidence.source)
        if source is not None and source.composition is not Composition.SPLICED:
            publisher = source.wire or first_publisher(source)
            if publisher is not None and named.get(source.id, set()) <= {publisher}:
                return publisher
    return None


def _named_in(event: Event) -> Mapping[str, Set[str]]:
    """By document, the claimants that it names for the event.

    The publisher counts only if the document names nobody else.
    """
    named: dict[str, set[str]] = {}
    for claim in attesting_claims(event):
        if claim.attribution is Attribution.NAMED:
            for evidence in claim.evidence:
                named.setdefault(evidence.source, set()).add(claim.claimant)
    return named


def first_publisher(source: Source) -> str | None:
    """The actor who first published the document, where known."""
    return next((step.by for step in source.chain if step.step is ChainStep.FIRST_PUBLISHED and step.by), None)


def first_published(source: Source) -> Window:
    """The possible days of the document's first publication."""
    return possible(next((step.date for step in source.chain if step.date is not None), None))


def _families(records: Records, voices: Iterable[str], days: Window) -> dict[str, str]:
    tops = {voice: top_level(records, voice, days) for voice in voices}
    least: dict[str, str] = {}
    for those in tops.values():
        ends = {_least(least, top) for top in those}
        least.update(dict.fromkeys(ends, min(ends)))
    return {voice: _least(least, min(those)) for voice, those in tops.items()}


def _least(least: dict[str, str], top: str) -> str:
    """The first by id of all actors known to be one family with `top` (union-find, with path compression)."""
    way = []
    while (lesser := least.get(top, top)) != top:
        way.append(top)
        top = lesser
    least.update(dict.fromkeys(way, top))
    return top
