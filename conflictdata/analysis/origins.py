"""Independent origins of an event: the separate sources behind it, whatever the number of documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from types import MappingProxyType

from conflictdata.analysis.affiliation import tops_during
from conflictdata.analysis.attesting_claims import attesting_claims, attests
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.memo import once_an_event
from conflictdata.analysis.publication import Publications, publications
from conflictdata.date_windows import Window, in_order, shared
from conflictdata.model import Claim, Event, Records
from conflictdata.model.codes import Attribution

_NAMED, _OWN_VOICE = Attribution.NAMED, Attribution.OWN_VOICE  # as in `attesting_claims`


def origins(records: Records, event: Event) -> tuple[str, ...]:
    """The ids of the actors that are the event's independent origins, in order of id.

    An origin is the claimant of an attesting claim, or the top actor that it is part or branch of on the event's days;
    claimants with the same top actor are one origin. Unnamed claimants do not count. A claim in a document's own voice
    belongs to its publisher, or to the news agency that wrote the text.
    """
    return origins_of(attesting_claims(event), claim_origins(records, event))


def origins_of(claims: Iterable[Claim], known: Mapping[str, str]) -> tuple[str, ...]:
    """The origins of some claims of an event, in order of id, from those that are `known` by claim."""
    return tuple(sorted({known[claim.id] for claim in claims if claim.id in known}))


@once_an_event
def claim_origins(records: Records, event: Event) -> Mapping[str, str]:
    """The origin of each live claim of the event, by the claim's id; a claim that counts as no origin is left out."""
    days = reporting_window(records, event)
    known, named = publications(records), _named_in(event)
    voices = {claim.id: voice for claim in event.claims if claim.live and (voice := _voice(known, claim, named))}
    label = _families(records, voices.values(), days)
    return MappingProxyType({claim: label[voice] for claim, voice in voices.items()})


def reporting_window(records: Records, event: Event) -> Window:
    """The effective window of the event, ended at the latest by its last document.

    Without this limit an event with an unknown end would extend into years in which its actors belonged to others.
    """
    known, whole = publications(records), event_dates(records, event).window
    cited = {evidence.source for claim in event.claims for evidence in claim.evidence}
    published = [one.published for source in cited if (one := known[source]) is not None and one.published is not None]
    days = shared(whole, (None, max(published, default=None)))
    return days if in_order(days) else whole


def _voice(known: Publications, claim: Claim, named: Mapping[str, Set[str]]) -> str | None:
    if claim.attribution is not _OWN_VOICE:
        return claim.claimant if claim.attribution is _NAMED else None
    for evidence in claim.evidence:
        document = known[evidence.source]
        if document is not None and document.voice is not None:
            others = named.get(evidence.source)
            if others is None or others == {document.voice}:
                return document.voice
    return None


def _named_in(event: Event) -> Mapping[str, Set[str]]:
    """By document, the claimants that it names for the event.

    The publisher counts only if the document names nobody else.
    """
    named: dict[str, set[str]] = {}
    for claim in event.claims:
        if claim.attribution is _NAMED and attests(event, claim):
            for evidence in claim.evidence:
                named.setdefault(evidence.source, set()).add(claim.claimant)
    return named


def _families(records: Records, voices: Iterable[str], days: Window) -> dict[str, str]:
    known = tops_during(records, days)
    tops = {voice: known[voice] for voice in voices}
    if all(len(those) == 1 for those in tops.values()):  # nobody belongs to two families, which would be one then
        return {voice: top for voice, (top,) in tops.items()}
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
