"""The notes of a row: what happened, who says so, and what the other columns cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conflictdata.analysis.claim_text import actor_name
from conflictdata.analysis.contradictions import contradictions
from conflictdata.analysis.figures.count_claims import Counted
from conflictdata.analysis.figures.totals import Total
from conflictdata.analysis.printable_sentence import claimant_name, sentence
from conflictdata.date_windows import spell_window
from conflictdata.formats.acled.actors import CIVILIANS_ATTACKED, STRATEGIC, Sides
from conflictdata.formats.acled.time_place import AcledDate, AcledLocation, AcledSpan
from conflictdata.model import Claim, Event, Records
from conflictdata.model.claim_codes import AGAINST
from conflictdata.model.codes import EventKind, Property, Stance
from conflictdata.text import spell_range


def notes(
    records: Records,
    event: Event,
    event_type: str,
    time: AcledDate,
    spot: AcledLocation,
    sides: Sides,
    killed: Total,
    vague: str,
) -> str:
    """Sentences on one line."""
    parts = (
        event.summary,
        *_voices(records, event),
        *_killed(records, event, event_type, killed, vague),
        *_time(event, time),
        *_place(records, spot),
        *_others(records, event_type, sides),
    )
    return " ".join(" ".join(parts).split())


def _voices(records: Records, event: Event) -> Iterator[str]:
    contradicted = contradictions(records)
    # The loss of a place is recorded as a denial too; it counts as opposition only if it contradicts a claim.
    against = [c for c in event.claims if c.stance in AGAINST and f"{event.id}#{c.id}" in contradicted]
    supporting = [c for c in event.claims if c.live and c.stance is not Stance.PLANS and c not in against]
    yield f"Claimed by {_names(records, supporting)}."
    if against:
        opposing = (f"{claimant_name(records, claim)} {claim.stance} {claim.property}" for claim in against)
        yield f"Against: {_listed(opposing)}."


def _killed(records: Records, event: Event, event_type: str, killed: Total, vague: str) -> Iterator[str]:
    if event_type == STRATEGIC and not killed.parts:
        return
    yield sentence(records, event.id, Property.KILLED, vague)
    claims = [claim for figure in killed.parts for claim in figure.claims]
    if len(claims) > 1:
        yield f"By claim: {'; '.join(_figure(records, claim) for claim in claims)}."
    if event.kind is EventKind.OPERATION:
        yield "The row is an operation; numbers reported for the whole of it are not in fatalities."
    elif killed.low is None:
        yield "The 0 in fatalities means unknown."
    elif killed.low != killed.high:
        yield "The number in fatalities is the lower bound."


def _figure(records: Records, claim: Counted) -> str:
    """The claimant, the figure, and the population if the claim gives one."""
    of = claim.population
    whom = [] if of is None else [of.status, actor_name(records, of.actor), of.nationality]
    known = ", ".join(part for part in whom if part)
    words = f'"{claim.count.as_stated}"' if claim.count.low is None and claim.count.high is None else None
    number = words or spell_range(claim.low, claim.high)
    return f"{claimant_name(records, claim.claim)}: {number}" + (f" ({known})" if known else "")


def _time(event: Event, time: AcledDate) -> Iterator[str]:
    window = spell_window(time.window)
    if time.span is not AcledSpan.WHOLE:
        verb = "began" if time.span is AcledSpan.BEGINNING else "ended"
        middle = "" if time.precision == 1 else "; the row has the middle day"
        yield f"It lasted, and {verb} on {window}{middle}."
    elif event.when.lasting:
        yield f"It lasted, within {window}; the row has the middle day."
    elif time.precision > 1:
        yield f"It happened on some day from {window}; the row has the middle day."


def _place(records: Records, spot: AcledLocation) -> Iterator[str]:
    lender = records.places.get(spot.located.of)
    if spot.of_operation:
        yield f"The point of {spot.place.name} is not known; the coordinates are those of {spot.of_operation}."
    elif spot.located.borrowed and lender is not None:
        yield f"The point of {spot.place.name} is not known; the coordinates are those of {lender.name}."


def _others(records: Records, event_type: str, sides: Sides) -> Iterator[str]:
    if sides.one.unidentified:
        yield "No document names who did it."
    if sides.two.unidentified:
        yield "No document names the opponent."
    if not sides.two.actor and event_type == CIVILIANS_ATTACKED:
        yield "No document names the victim as a participant."
    for who in sides.nameless:
        yield f"{actor_name(records, who.actor)} has no name in this layout; the row gives a general name."
    if sides.unplaced:
        listed = _listed(f"{actor_name(records, who.actor)} ({who.role})" for who in sides.unplaced)
        yield f"Also named, but in no column of this layout: {listed}."


def _names(records: Records, claims: Iterable[Claim]) -> str:
    return _listed(claimant_name(records, claim) for claim in claims)


def _listed(items: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(items))
