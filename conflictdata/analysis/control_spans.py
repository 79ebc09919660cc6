"""The days that each live claim about a holder covers, and whether they include a given day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from conflictdata.analysis.answer_base import Answer, Cell, Columns
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.memo import once
from conflictdata.analysis.origins import claim_origins
from conflictdata.analysis.possible_days import certain, possible
from conflictdata.collector_pause import collector_paused
from conflictdata.date_windows import ANY_DAY, Window, covers, spell_window
from conflictdata.model import Control, EventClaim, Records
from conflictdata.model.codes import EventType, Extent, Stance

_WORDS = {Extent.FULL: "all of ", Extent.MOST: "most of ", Extent.PART: "part of ", Extent.POCKETS: "pockets of "}
_CAPTURES = frozenset({EventType.TERRITORY_CAPTURED, EventType.TERRITORY_TRANSFERRED, EventType.CONTROL_CHANGED})
_DAY = dt.timedelta(days=1)


class ControlState(StrEnum):
    """The state of a place: `divided` if different actors hold parts, `disputed` if claims exclude each other."""

    HELD = "held"
    CHANGING = "changing"
    DIVIDED = "divided"
    DISPUTED = "disputed"
    NOT_KNOWN = "not known"


class Cover(StrEnum):
    """Whether the days of a claim include the given day, certainly or possibly, or are before or after it."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    EARLIER = "earlier"
    LATER = "later"


COVERS_DAY = (Cover.CERTAIN, Cover.POSSIBLE)


class Phase(StrEnum):
    """Which part of a claim a span is: the day before a capture, the change, the day after; or the days of a hold."""

    BEFORE = "before"
    CHANGE = "change"
    AFTER = "after"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, repr=False)
class ControlSpan(Answer):
    """Days (local, None where open) and who is said to hold a place, or from whom to whom it is changing hands.

    `sure` are the days on which this was certainly so. `place` is the place of the claim.
    """

    COLUMNS: ClassVar[Columns] = {
        "place": str,
        "date_start": dt.date,
        "date_end": dt.date,
        "state": str,
        "phase": str,
        "holder": str,
        "taken_from": str,
        "extent": str,
        "stance": str,
        "claimant": str,
        "claim_id": str,
    }

    place: str
    phase: Phase
    start: dt.date | None
    end: dt.date | None
    sure: Window | None
    holder: str
    from_: str | None
    extent: Extent | None
    stance: Stance
    placed: EventClaim
    origin: str | None

    @property
    def window(self) -> Window:
        """Both ends."""
        return self.start, self.end

    @property
    def named_days(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day that is known of it; None where its window is open at both ends."""
        days = [known for known in (*self.window, *(self.sure or ())) if known is not None]
        return (min(days), max(days)) if days else None

    @property
    def claim(self) -> str:
        """The address of the claim."""
        return self.placed.id

    @property
    def claims(self) -> tuple[str, ...]:
        """The address of the claim, as other answers give theirs."""
        return (self.placed.id,)

    @property
    def state(self) -> ControlState:
        """`changing` on the days of a change, else `held`."""
        return ControlState.CHANGING if self.phase is Phase.CHANGE else ControlState.HELD

    @property
    def text(self) -> str:
        """The state in words."""
        if self.phase is Phase.CHANGE:
            return f"changing hands: {self.from_ or 'not said from whom'} to {self.holder}"
        verb = {Stance.DENIES: "does not hold", Stance.DOUBTS: "is doubted to hold"}.get(self.stance, "holds")
        return f"{self.holder} {verb} {_WORDS[self.extent] if self.extent else ''}{self.place}"

    def __str__(self) -> str:
        claim = self.placed.claim
        unnamed = f' ("{claim.claimant_as_stated}")' if claim.claimant_as_stated is not None else ""
        return f"{self.text}, {spell_window(self.window)}: {claim.claimant}{unnamed} {claim.stance} ({self.claim})"

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row."""
        extent = self.extent.value if self.extent else None
        cells = (self.holder, self.from_, extent, self.stance.value, self.placed.claim.claimant, self.claim)
        yield self.place, self.start, self.end, self.state.value, self.phase.value, *cells


@once
@collector_paused()  # without which it takes a quarter longer at many events
def spans_by_place(records: Records) -> dict[str, list[ControlSpan]]:
    """By place, the spans of every live claim in an event that is not withdrawn."""
    found: dict[str, list[ControlSpan]] = {}
    for placed in records.claims:
        claim = placed.claim
        if claim.control is not None and claim.live and claim.stance is not Stance.PLANS and not placed.event.withdrawn:
            found.setdefault(claim.control.place, []).extend(_spans_of(records, placed, claim.control))
    return found


def _spans_of(records: Records, placed: EventClaim, control: Control) -> Iterator[ControlSpan]:
    origin = claim_origins(records, placed.event).get(placed.claim.id)

    def span(phase: Phase, window: Window, sure: Window | None, holder: str, from_: str | None = None) -> ControlSpan:
        extent, stance = control.extent, placed.claim.stance
        return ControlSpan(control.place, phase, *window, sure, holder, from_, extent, stance, placed, origin)

    if not _is_capture(placed):
        yield span(Phase.HOLD, *_days(records, placed), control.holder)
        return
    change = possible(placed.claim.window) if placed.claim.window else event_dates(records, placed.event).window
    if control.from_ is not None and change[0] is not None:
        before = change[0] - _DAY
        yield span(Phase.BEFORE, (before, before), None, control.from_)
    yield span(Phase.CHANGE, change, None, control.holder, control.from_)
    if change[1] is not None:
        after = change[1] + _DAY
        yield span(Phase.AFTER, (after, after), None, control.holder)


def _is_capture(placed: EventClaim) -> bool:
    """Whether the claim says that the place changed hands, and not only who had it at some time."""
    claim, control = placed.claim, placed.claim.control
    if claim.stance is not Stance.ASSERTS or control is None:
        return False
    return control.from_ is not None or (placed.event.type in _CAPTURES and claim.window is None)


def _days(records: Records, placed: EventClaim) -> tuple[Window, Window | None]:
    """The days that a claim about a lasting hold can cover, and those that it certainly covers."""
    claim = placed.claim
    when = claim.window or placed.event.when
    if possible(when) == ANY_DAY and certain(when) is None:
        return possible(claim.stated_on), certain(claim.stated_on)
    return possible(when) if claim.window else event_dates(records, placed.event).window, certain(when)


def cover_of(span: ControlSpan, day: dt.date) -> Cover | None:
    if span.sure is not None and covers(span.sure, day):
        return Cover.CERTAIN
    named = span.named_days
    if named is None:
        return None
    if covers(named, day):
        return Cover.POSSIBLE
    return Cover.EARLIER if named[1] < day else Cover.LATER
