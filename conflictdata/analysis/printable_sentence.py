"""A sentence for publication: the lowest and the highest number of people killed, each with who reports it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from conflictdata.analysis.acled_mapping import by_code
from conflictdata.analysis.arguments import resolve_choice
from conflictdata.analysis.claim_text import actor_name
from conflictdata.analysis.figures.count_claims import Amount, Counted
from conflictdata.analysis.figures.estimate import Figure, figure_of
from conflictdata.analysis.figures.over_events import figures
from conflictdata.analysis.figures.totals import event_total, total
from conflictdata.analysis.lookup import event_id
from conflictdata.model import Claim, Event, Population, Records
from conflictdata.model.claim_codes import AGAINST
from conflictdata.model.codes import (
    ActorKind,
    Attribution,
    Bound,
    EventKind,
    EventType,
    PopulationStatus,
    Property,
    Unit,
)
from conflictdata.text import and_list

_DONE = {
    Property.KILLED: "killed",
    Property.INJURED: "injured",
    Property.CASUALTIES: "killed or injured",
    Property.CAPTURED: "captured",
    Property.MISSING: "reported missing",
    Property.DISPLACED: "displaced",
    Property.ATTACKS: "carried out",
    Property.RECOVERED: "recovered",
    Property.TAKEN: "taken",
    Property.DESTROYED: "destroyed",
}
_OF_PEOPLE = frozenset({Property.KILLED, Property.INJURED, Property.CASUALTIES, Property.CAPTURED, Property.MISSING})
_BLOODLESS = frozenset(
    {
        *(EventType.ANNOUNCEMENT, EventType.ALLIANCE, EventType.AGREEMENT, EventType.MOVEMENT),
        *(EventType.BASE_ESTABLISHED, EventType.AID_INTERRUPTED, EventType.TERRITORY_TRANSFERRED),
    }
)
"""The types of events in which nobody is hurt; an event with casualties has another type."""

_THINGS = {
    Property.ATTACKS: "attacks",
    Property.RECOVERED: "things",
    Property.TAKEN: "things",
    Property.DESTROYED: "things",
}
_STATUSES = {PopulationStatus.CHILD: "children"}
_MOST_NAMED = 4
"""The most populations that are named one by one."""

_ONE_MANY = {
    Unit.PERSON: ("person", "people"),
    Unit.ATTACK: ("attack", "attacks"),
    Unit.BUILDING: ("building", "buildings"),
    Unit.PLACE: ("place", "places"),
}


def sentence(records: Records, event: str, what: str = "killed", vague: str = "default") -> str:
    """How many, with the claimants of every number.

    For an operation it gives each claimant's latest number, never a total.
    """
    record = records.events[event_id(records, event)]
    code = Property(resolve_choice("counting property", what, _DONE))
    if record.kind is EventKind.OPERATION:
        return _of_operation(records, record, code, vague)
    found = event_total(records, record, code, vague)
    if not found.parts:
        return _unknown(record, code)
    # Without the doubts: they make the low 0, and the sentence states them in words.
    rest = total(records, [figure_of(records, part.claims, with_doubts=False) for part in found.parts])
    text = _range(records, code, rest.low, rest.low_by, rest.high, rest.high_by, rest.parts)
    text += _questioned(records, record, code)
    whoever = _against(records, record, Property.OCCURRED)
    return f"If it happened, which {whoever}, {text}." if whoever else f"{_capital(text)}."


def _unknown(event: Event, code: Property) -> str:
    """A sentence that nobody gives a number, or that the event is of a type without casualties."""
    which = f"{event.id} ({event.title})"
    if event.type in _BLOODLESS and code in _OF_PEOPLE:
        title = by_code("event-types")[event.type]["title"]
        return f"{which} is of the type {title}: in such an event nobody is {_DONE[code]}."
    whole = "the whole of " if event.kind is EventKind.OPERATION else ""
    return f"No claim in this dataset says how many {_THINGS.get(code, 'people')} were {_DONE[code]} in {whole}{which}."


def _of_operation(records: Records, event: Event, code: Property, vague: str) -> str:
    stated = figures(records, code, [event], vague=vague).statements
    included = {part for figure in stated for claim in figure.claims for part in claim.count.includes}
    sentences = [
        _range(records, code, figure.low, figure.claims, figure.high, figure.claims, (figure,))
        + _contradicted(records, event, figure)
        for figure in stated
        if not included & {claim.id for claim in figure.claims}
    ]
    if not sentences:
        return _unknown(event, code)
    return "The latest numbers of each claimant, which are not to be added: " + "; ".join(sentences) + "."


def _range(
    records: Records,
    code: Property,
    low: Amount,
    low_by: Collection[Counted],
    high: Amount,
    high_by: Collection[Counted],
    parts: tuple[Figure, ...],
) -> str:
    least, most = _names(records, low_by), _names(records, high_by)
    match low, high:
        case None, None:
            claims = [claim for part in parts for claim in part.claims]
            words = and_list(dict.fromkeys(f'"{claim.count.as_stated}"' for claim in claims))
            whom = _counted(records, None, parts)
            return f"how many {whom} were {_DONE[code]} is given only in words, {words}, by {_names(records, claims)}"
        case _, None:
            text = f"at least {_were(records, code, low, parts)}{_as_said(low, low_by)}, according to {least}"
            return f"{text}, and {_open_end(records, parts, low, max)}"
        case None, _:
            text = f"as many as {_were(records, code, high, parts)}{_as_said(high, high_by)}, according to {most}"
            return f"{text}, and {_open_end(records, parts, high, min)}"
    text = f"{_were(records, code, low, parts)}{_as_said(low, low_by)}, according to {least}"
    if low == high and least == most:
        # A number that every claimant gives as approximate is marked as approximate.
        about = {claim.count.bound for part in parts for claim in part.claims} == {Bound.ABOUT}
        return f"about {text}" if about else text
    return f"at least {text}, and as many as {high}{_as_said(high, high_by)}, according to {most}"


def _as_said(number: Amount, claims: Collection[Counted]) -> str:
    """The words of a claim whose number was worked out from them: `dozens`, or `more than 50` for 51; else nothing."""
    words = {claim.count.as_stated for claim in claims}
    if len(words) != 1:
        return ""
    (stated,) = words
    given = re.findall(r"\d+(?:\.\d+)?", stated.replace(",", ""))
    vague = any(claim.count.bound is Bound.VAGUE for claim in claims)
    return f' ("{stated}")' if vague or (given and str(number) not in given) else ""


def _open_end(
    records: Records, parts: tuple[Figure, ...], limit: Amount, furthest: Callable[[Iterable[float]], float]
) -> str:
    """The words for an open end: the highest number that is named, or that there is none."""
    named: dict[float, list[Counted]] = {}
    for claim in (claim for part in parts for claim in part.claims):
        if ends := [end for end in (claim.low, claim.high) if end is not None]:
            named.setdefault(furthest(ends), []).append(claim)
    end = furthest(named)
    if limit is None or end == limit or furthest((end, limit)) == limit:
        return f"no {'upper' if furthest is max else 'lower'} bound is reported"
    return f"the {'largest' if furthest is max else 'smallest'} number named is {end}, by {_names(records, named[end])}"


def _were(records: Records, code: Property, number: Amount, parts: tuple[Figure, ...]) -> str:
    """The number, what is counted, and what was done."""
    return f"{number} {_counted(records, number, parts)} {'was' if number == 1 else 'were'} {_DONE[code]}"


def _counted(records: Records, number: Amount, parts: tuple[Figure, ...]) -> str:
    """What is counted: the population, or the populations that are counted separately."""
    one, many = _ONE_MANY.get(parts[0].unit, ("item", "items"))
    noun = one if number == 1 else many
    populations = dict.fromkeys(part.population for part in parts)
    if len(populations) > 1:
        each = [_population(records, None, of, noun) for of in populations if of is not None]
        return noun if None in populations or len(each) > _MOST_NAMED else f"{noun} ({and_list(dict.fromkeys(each))})"
    return _population(records, number, parts[0].population, noun)


def _population(records: Records, number: Amount, of: Population | None, noun: str) -> str:
    if of is None:
        return noun
    if of.item is not None:
        return of.item
    if of.status is not None:
        noun = of.status if number == 1 else _STATUSES.get(of.status, f"{of.status}s")
    actor = records.actors.get(of.actor) if of.actor is not None else None
    if actor is not None and (actor.kind is not ActorKind.POPULATION or of.status is None):
        noun = f"{noun} of {actor.name}"
    return f"{noun} ({of.nationality})" if of.nationality is not None else noun


def _names(records: Records, claims: Iterable[Counted]) -> str:
    return and_list(dict.fromkeys(claimant_name(records, claim.claim) for claim in claims))


def claimant_name(records: Records, claim: Claim) -> str:
    """The claimant's name, or the document's words for an unnamed one."""
    if claim.attribution is Attribution.UNNAMED:
        return f'a source that is not named ("{claim.claimant_as_stated}")'
    return actor_name(records, claim.claimant)


def _against(records: Records, event: Event, code: Property) -> str:
    against = [c for c in event.claims if c.live and c.property is code and c.stance in AGAINST]
    return and_list(dict.fromkeys(f"{claimant_name(records, claim)} {claim.stance}" for claim in against))


def _questioned(records: Records, event: Event, code: Property) -> str:
    against = _against(records, event, code)
    return f"; {against} it" if against else ""


def _contradicted(records: Records, event: Event, figure: Figure) -> str:
    """Who gives a number in the same event that contradicts this one."""
    ids = {claim.id for claim in figure.claims}
    others = [claim for claim in event.claims if claim.live and ids.intersection(claim.conflicts_with)]
    counts = ((claim, claim.count.as_stated) for claim in others if claim.count is not None)
    names = and_list(dict.fromkeys(f'{claimant_name(records, claim)} says "{stated}"' for claim, stated in counts))
    return f", where {names}" if names else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
