"""Whether two counts can be of the same people: one may include the other, or they have nobody in common."""

from __future__ import annotations

from conflictdata.analysis.affiliation import ancestors, descendants
from conflictdata.analysis.figures.count_claims import Counted
from conflictdata.analysis.geography import lies_in
from conflictdata.date_windows import Window, contains, in_order, shared
from conflictdata.model import Population, Records
from conflictdata.model.codes import PopulationStatus

_NOBODY_IN_PARTICULAR = Population()

STATUS_WITHIN = {
    PopulationStatus.ATTACKER: PopulationStatus.COMBATANT,
    PopulationStatus.VOLUNTEER: PopulationStatus.COMBATANT,
}
"""The statuses that are kinds of another. A child or a leader may be a civilian or a combatant."""

_APART = (PopulationStatus.CIVILIAN, PopulationStatus.COMBATANT)


def holds(records: Records, whole: Counted, part: Counted) -> bool:
    """Whether everyone in `part` is in `whole`: `part` repeats or narrows every attribute of `whole`."""
    of, other = whole.population or _NOBODY_IN_PARTICULAR, part.population or _NOBODY_IN_PARTICULAR
    return (
        _same_thing(whole, part)
        and (of.actor is None or (other.actor is not None and of.actor in ancestors(records, other.actor, part.window)))
        and (of.status is None or (other.status is not None and status_within(other.status, of.status)))
        and of.nationality in (None, other.nationality)
        and (not whole.by or (bool(part.by) and part.by <= whole.by))
        and (whole.place is None or (part.place is not None and lies_in(records, part.place, whole.place)))
        and contains(whole.window, part.window)
    )


def apart(records: Records, one: Counted, other: Counted) -> bool:
    """Whether nobody can be in both, by their attributes."""
    a, b = one.population or _NOBODY_IN_PARTICULAR, other.population or _NOBODY_IN_PARTICULAR
    days = shared(one.window, other.window)
    return (
        not _same_thing(one, other)
        or (a.actor is not None and b.actor is not None and _strangers(records, a.actor, b.actor, days))
        or (a.status is not None and b.status is not None and {_broad(a.status), _broad(b.status)} == set(_APART))
        or (a.nationality is not None and b.nationality is not None and a.nationality != b.nationality)
        or bool(one.by and other.by and not one.by & other.by)
        or (one.place is not None and other.place is not None and _elsewhere(records, one.place, other.place))
        or not in_order(days)
    )


def _same_thing(one: Counted, other: Counted) -> bool:
    return one.count.unit == other.count.unit and item(one) == item(other)


def item(counted: Counted) -> str | None:
    """The thing that is counted, if it is not people."""
    return counted.population.item if counted.population else None


def status_within(status: PopulationStatus, whole: PopulationStatus) -> bool:
    """Whether people of that status are of the other as well."""
    return whole in (status, STATUS_WITHIN.get(status))


def _broad(status: PopulationStatus) -> PopulationStatus:
    return STATUS_WITHIN.get(status, status)


def _strangers(records: Records, a: str, b: str, days: Window) -> bool:
    return b not in ancestors(records, a, days) and b not in descendants(records, a, days)


def _elsewhere(records: Records, a: str, b: str) -> bool:
    return not lies_in(records, a, b) and not lies_in(records, b, a)
