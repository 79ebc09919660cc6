"""Claims and relations as one line of text for readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conflictdata.model.codes import Outcome, Unit
from conflictdata.text import spell_range

if TYPE_CHECKING:
    from conflictdata.model import Claim, Count, Days, End, Records, Relation, When

_MANY = {Unit.PERSON: "people"}


def describe_claim(said: Claim | Relation) -> str:
    """Claimant, stance and statement on one line: `valley-monitor asserts killed: at least 12 (12 or more) ...`."""
    from conflictdata.model import Claim

    if isinstance(said, Claim):
        status = f" ({said.status})" if said.status else ""
        value = value_of(said)
        hedge = f" ({said.hedge})" if said.hedge else ""
        return f"{_claimant(said)} {said.stance} {said.property}{hedge}{f': {value}' if value else ''}{status}"
    capacity = f", as {said.as_}" if said.as_ else ""
    when = f", {days(said.when)}" if said.when else ""
    return f"{_claimant(said)} {said.stance} {said.type} {said.actor}{capacity}{when}"


def describe_claimant(said: Claim | Relation) -> str:
    """The claimant, the words for an unnamed one, and the speaker."""
    speaker = f", speaker: {said.speaker}" if said.speaker else ""
    return f"{_claimant(said)} ({said.attribution}){speaker}"


def cited(said: Claim | Relation) -> str:
    """The documents that say it, each with its paragraphs."""
    paragraphs: dict[str, list[str]] = {}
    for evidence in said.evidence:
        paragraphs.setdefault(evidence.source, []).append(str(evidence.paragraph))
    return "; ".join(
        f"{source} paragraph{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"
        for source, numbers in paragraphs.items()
    )


def actor_name(records: Records, actor: str | None) -> str:
    """The actor's name; the id if no such actor is known, and nothing if there is no id."""
    record = records.actors.get(actor) if actor is not None else None
    return record.name if record is not None else actor or ""


def days(window: When | Days | End | None) -> str:
    """A window of days in words; empty if there is none, `not known` if it names no day."""
    from conflictdata.date_windows import spell_window
    from conflictdata.model import When

    if window is None:
        return ""
    first, last = (window.first, window.last) if isinstance(window, When) else (window.earliest, window.latest)
    return spell_window((first, last)) if first or last else "not known"


def value_of(claim: Claim) -> str:
    """The claimed value in words; empty for a claim that only says that the event happened."""
    if claim.control is not None:
        held = f"{claim.control.holder} holds {claim.control.place}"
        extent = f" ({claim.control.extent})" if claim.control.extent else ""
        return held + extent + (f", taken from {claim.control.from_}" if claim.control.from_ else "")
    if claim.result is not None:
        if claim.result.actor and claim.result.outcome is Outcome.REPELLED:
            return f"the attack of {claim.result.actor} was repelled"
        return claim.result.outcome + (f" for {claim.result.actor}" if claim.result.actor else "")
    if claim.responsibility is not None:
        joint = " or " if claim.responsibility.how == "either" else " and "
        return joint.join(claim.responsibility.actors)
    if claim.movement is not None:
        move = claim.movement
        way = (f" from {move.from_}" if move.from_ else "") + (f" to {move.to}" if move.to else "")
        return f"{move.actor}, {move.what}{way}"
    if claim.statement is not None:
        return f"{claim.statement.topic}: {claim.statement.text}"
    return _count(claim.count) if claim.count is not None else days(claim.date)


def _count(count: Count) -> str:
    number = "" if count.low is None and count.high is None else f" = {spell_range(count.low, count.high)}"
    by = f", by {', '.join(count.by)}" if count.by else ""
    scope = f", {count.scope}" if count.scope else ""
    return f'"{count.as_stated}"{number} {counted(count)}{by}{scope}'


def counted(count: Count) -> str:
    """What is counted, with the population that the claim gives: `people (child, civilians)`."""
    one = count.low == count.high == 1
    unit = str(count.unit) if one or count.unit is Unit.KM else _MANY.get(count.unit, f"{count.unit}s")
    of = count.of
    if of is None:
        return unit
    status = None if of.actor == f"{of.status}s" else of.status
    words = ", ".join(word for word in (of.nationality, status, of.item, of.actor) if word)
    return f"{unit} ({words})" if words else unit


def _claimant(said: Claim | Relation) -> str:
    return f'{said.claimant} ("{said.claimant_as_stated}")' if said.claimant_as_stated else said.claimant
