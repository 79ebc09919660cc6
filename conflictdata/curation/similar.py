"""Events that may be the same as a given one, by days, distance, actors and numbers, the most similar first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from conflictdata.analysis.affiliation import ancestors
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.geography import locate
from conflictdata.analysis.lookup import event_id
from conflictdata.date_windows import Window
from conflictdata.model import Event, Records
from conflictdata.model.codes import Property
from conflictdata.model.values import distance_km

FAMILIES = (
    frozenset({"air_strike", "shelling", "attack", "air_campaign", "bombardment"}),
    frozenset({"suicide_bombing", "explosive_device", "grenade_attack", "attack"}),
    frozenset({"armed_clash", "attack_repelled", "territory_captured", "territory_transferred", "control_changed"}),
    frozenset({"attack_on_civilians", "abduction", "killings", "mass_grave"}),
)
"""Groups of event types that two documents may use for one event."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An event that may be the same: days and kilometres apart (None is unknown), and what the two share.

    `days` is 0 if the windows overlap. `numbers_agree` is None if one of the two has no number of people killed.
    """

    event: Event
    days: int | None
    km: float | None
    actors: tuple[str, ...]
    numbers_agree: bool | None

    @property
    def score(self) -> float:
        """The lower, the more similar: days apart, plus tens of kilometres, minus one for each shared attribute."""
        apart = (self.days if self.days is not None else 3) + (self.km if self.km is not None else 30) / 10
        return apart - len(self.actors) - (0 if self.numbers_agree is None else 1 if self.numbers_agree else -2)


def similar(records: Records, event: str, *, days: int = 3, km: float = 30) -> tuple[LookAlike, ...]:
    """Events at most `days` and `km` away that can be the same event, the most similar first.

    Days or distance may be unknown, but not both. Withdrawn events, and events marked as distinct, are left out. Raises
    `UnknownName`.
    """
    one = records.events[event_id(records, event)]
    found = [alike for other in records.events if (alike := _compare(records, one, other)) is not None]
    near = [alike for alike in found if _near(alike, days, km)]
    return tuple(sorted(near, key=lambda alike: (alike.score, alike.event.id)))


def _near(alike: LookAlike, days: int, km: float) -> bool:
    if alike.days is None and alike.km is None:
        return False
    return (alike.days is None or alike.days <= days) and (alike.km is None or alike.km <= km)


def _compare(records: Records, one: Event, other: Event) -> LookAlike | None:
    if other.id == one.id or other.withdrawn is not None or other.kind is not one.kind or _told_apart(one, other):
        return None
    if one.type is not other.type and not any({one.type, other.type} <= family for family in FAMILIES):
        return None
    apart = _days_apart(event_dates(records, one).window, event_dates(records, other).window)
    points = [locate(records, event.where) for event in (one, other)]
    km = distance_km(points[0].point, points[1].point) if points[0] and points[1] else None
    return LookAlike(
        other, apart, km, tuple(sorted(_parties(records, one) & _parties(records, other))), _agree(one, other)
    )


def _told_apart(one: Event, other: Event) -> bool:
    return any(distinction.event == b.id for a, b in ((one, other), (other, one)) for distinction in a.distinct_from)


def _days_apart(one: Window, other: Window) -> int | None:
    if None in (*one, *other):
        return None
    gaps = [(b[0] - a[1]).days for a, b in ((one, other), (other, one)) if b[0] is not None and a[1] is not None]
    return max(0, *gaps)


def _parties(records: Records, event: Event) -> set[str]:
    return {whole for who in event.participants for whole in ancestors(records, who.actor) if whole != "civilians"}


def _agree(one: Event, other: Event) -> bool | None:
    """Whether the ranges of people killed overlap."""
    pairs = [*product(_killed(one), _killed(other))]
    return any(low_a <= high_b and low_b <= high_a for (low_a, high_a), (low_b, high_b) in pairs) if pairs else None


def _killed(event: Event) -> Iterator[tuple[float, float]]:
    for claim in event.claims:
        count = claim.count
        if claim.live and claim.property is Property.KILLED and count is not None:
            low, high = count.low, count.high
            if low is not None or high is not None:
                yield (low if low is not None else 0, high if high is not None else float("inf"))
