"""Who held a place on a day: what live claims say of days they cover, never carried forward in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from conflictdata.analysis.dates import certain, possible, read_day, say
from conflictdata.analysis.disputes import contradictions
from conflictdata.analysis.lookup import place_id
from conflictdata.analysis.origins import claim_origins
from conflictdata.dates import ANY_DAY, Window, covers
from conflictdata.model import Control, EventClaim, Records
from conflictdata.model.codes import Extent, Stance

_WORDS = {
    Extent.FULL: "all of ",
    Extent.MOST: "most of ",
    Extent.PART: "part of ",
    Extent.POCKETS: "pockets of ",
}


class Cover(StrEnum):
    """How a statement's days stand to the day asked about."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    EARLIER = "earlier"
    LATER = "later"


_NOW = (Cover.CERTAIN, Cover.POSSIBLE)


@dataclass(frozen=True, slots=True)
class ControlStatement:
    """One claim about who holds the place; `days` are the days it names, `origin` None where it counts as none."""

    placed: EventClaim
    control: Control
    origin: str | None
    days: Window
    cover: Cover

    @property
    def id(self) -> str:
        """The claim's address."""
        return self.placed.id

    def __str__(self) -> str:
        control, claim = self.control, self.placed.claim
        extent = _WORDS[control.extent] if control.extent else ""
        taken = f", taken from {control.from_}" if control.from_ else ""
        what = f"{control.holder} holds {extent}{control.place}{taken}"
        unnamed = f' ("{claim.claimant_as_stated}")' if claim.claimant_as_stated is not None else ""
        return f"{claim.claimant}{unnamed} {claim.stance} that {what}, {say(self.days)} ({self.id})"


@dataclass(frozen=True, slots=True)
class ControlAnswer:
    """Who held the place that day, on whose word: `held` by claims that assert it, `against` by those that contradict.

    Where both are empty it is not known; `earlier` and `later` are then the nearest statements, and no answer.
    """

    place: str
    on: dt.date
    held: tuple[ControlStatement, ...]
    against: tuple[ControlStatement, ...]
    earlier: tuple[ControlStatement, ...]
    later: tuple[ControlStatement, ...]

    @property
    def known(self) -> bool:
        """Whether any claim says who held it that day."""
        return bool(self.held)

    @property
    def holders(self) -> tuple[str, ...]:
        """The ids of the actors said to have held it or some of it, in order of id."""
        return tuple(sorted({statement.control.holder for statement in self.held}))

    def __str__(self) -> str:
        lines = [f"{self.place} on {self.on}: " + (", ".join(self._extents()) or "not known")]
        lines += [f"  {statement.cover}: {statement}" for statement in (*self.held, *self.against)]
        lines += [f"  {statement.cover}: {statement}" for statement in (*self.earlier, *self.later)]
        return "\n".join(lines)

    def _extents(self) -> Iterator[str]:
        """Each holder, and how much of the place the claims give it."""
        said: dict[str, set[str]] = {}
        for statement in self.held:
            said.setdefault(statement.control.holder, set()).add(statement.control.extent or "extent not said")
        for holder in self.holders:
            yield f"{holder} ({', '.join(sorted(said[holder]))})"


def control(records: Records, place: str, on: dt.date | str) -> ControlAnswer:
    """What live claims say of who held the place, given by id or name, on that local day.

    A claim covers the days of its own window; without one, those of its event; where that names no day, those on which
    it was stated. A window that is open at an end covers no day beyond those it names.
    """
    there, day = place_id(records, place), read_day(on)
    statements = [
        ControlStatement(placed, claim.control, claim_origins(records, placed.event).get(claim.id), window, cover)
        for placed in records.claims
        if (claim := placed.claim).control is not None
        and claim.control.place == there
        and claim.live
        and claim.stance is not Stance.PLANS
        and placed.event.withdrawn is None
        for window, cover in [_cover(*_days(placed), day)]
        if cover is not None
    ]
    held = tuple(statement for statement in statements if _asserts_now(statement))
    opposed = {address for statement in held for address in contradictions(records).get(statement.id, ())}
    against = tuple(s for s in statements if not _asserts_now(s) and (s.cover in _NOW or s.id in opposed))
    return ControlAnswer(
        there, day, held, against, _nearest(statements, day, Cover.EARLIER), _nearest(statements, day, Cover.LATER)
    )


def _asserts_now(statement: ControlStatement) -> bool:
    return statement.cover in _NOW and statement.placed.claim.stance is Stance.ASSERTS


def _days(placed: EventClaim) -> tuple[Window, Window | None]:
    """The days that the statement can be about, and those it must be about."""
    claim, when = placed.claim, placed.claim.window or placed.event.when
    if possible(when) == ANY_DAY and certain(when) is None:
        return possible(claim.stated_on), certain(claim.stated_on)
    return possible(when), certain(when)


def _cover(window: Window, sure: Window | None, day: dt.date) -> tuple[Window, Cover | None]:
    days = _known(window, sure)
    if not days:
        return window, None
    known = (min(days), max(days))
    if sure is not None and covers(sure, day):
        return known, Cover.CERTAIN
    if covers(known, day):
        return known, Cover.POSSIBLE
    return known, Cover.EARLIER if known[1] < day else Cover.LATER


def _known(window: Window, sure: Window | None) -> list[dt.date]:
    return [day for day in (*window, *(sure or ())) if day is not None]


def _nearest(statements: Iterable[ControlStatement], day: dt.date, cover: Cover) -> tuple[ControlStatement, ...]:
    distance = {
        statement.id: min(abs(end - day) for end in statement.days if end is not None)
        for statement in statements
        if statement.cover is cover
    }
    nearest = min(distance.values(), default=None)
    return tuple(
        statement for statement in statements if statement.id in distance and distance[statement.id] == nearest
    )
