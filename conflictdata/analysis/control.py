"""Who held a place on a day and over time: what live claims say of the days they cover, never carried forward."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from conflictdata.analysis.answer import Answer, Cell, Columns, list_repr
from conflictdata.analysis.cache import once
from conflictdata.analysis.dates import certain, possible, read_day, say
from conflictdata.analysis.disputes import contradictions
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.geography import inside
from conflictdata.analysis.lookup import place_id
from conflictdata.analysis.origins import claim_origins
from conflictdata.dates import ANY_DAY, Window, covers, in_order, sort_key
from conflictdata.model import Control, EventClaim, Records
from conflictdata.model.codes import EventType, Extent, Stance

_WORDS = {Extent.FULL: "all of ", Extent.MOST: "most of ", Extent.PART: "part of ", Extent.POCKETS: "pockets of "}
_CAPTURES = frozenset({EventType.TERRITORY_CAPTURED, EventType.TERRITORY_TRANSFERRED, EventType.CONTROL_CHANGED})
_DAY = dt.timedelta(days=1)


class ControlState(StrEnum):
    """How a place stood: `divided` where different actors hold parts, `disputed` where claims exclude each other."""

    HELD = "held"
    CHANGING = "changing"
    DIVIDED = "divided"
    DISPUTED = "disputed"
    NOT_KNOWN = "not known"


class Cover(StrEnum):
    """How a statement's days stand to the day asked about."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    EARLIER = "earlier"
    LATER = "later"


_NOW = (Cover.CERTAIN, Cover.POSSIBLE)


class Phase(StrEnum):
    """Which stretch of a claim a span is: the day before a capture, the change, the day after; or days of a hold."""

    BEFORE = "before"
    CHANGE = "change"
    AFTER = "after"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, repr=False)
class ControlSpan(Answer):
    """Days (local, None where open) and who is said to hold a place, or from whom to whom it is changing hands.

    `sure` are those of the days on which it certainly was so. `place` is the place that the claim is about.
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
        return f"{self.text}, {say(self.window)}: {claim.claimant}{unnamed} {claim.stance} ({self.claim})"

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row."""
        extent = self.extent.value if self.extent else None
        said = (self.holder, self.from_, extent, self.stance.value, self.placed.claim.claimant, self.claim)
        yield self.place, self.start, self.end, self.state.value, self.phase.value, *said


@dataclass(frozen=True, slots=True, repr=False)
class ControlSeries(Answer):
    """What is said of who held a place and its parts over time, in order of time."""

    COLUMNS: ClassVar[Columns] = ControlSpan.COLUMNS

    place: str
    spans: tuple[ControlSpan, ...]

    def __iter__(self) -> Iterator[ControlSpan]:
        return iter(self.spans)

    def __len__(self) -> int:
        return len(self.spans)

    def __str__(self) -> str:
        return "\n".join(map(str, self.spans)) or f"{self.place}: no claim says who held it"

    def __repr__(self) -> str:
        return list_repr("ControlSpan", self.spans)

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row a span."""
        for span in self.spans:
            yield from span.iter_rows()

    def to_dict(self) -> dict[str, object]:
        """The place and its spans."""
        return {"place": self.place, "spans": [span.to_dict() for span in self.spans]}


@dataclass(frozen=True, slots=True, repr=False)
class ControlAnswer(Answer):
    """Who held a place on a day, on whose word.

    `held` are claims that cover the day, of the place itself; `changing` captures in whose window the day lies; `parts`
    what is said of places in it; `against` what contradicts any of these. Where nothing covers the day it is not known,
    and `earlier` and `later` are the nearest statements, which are no answer.
    """

    COLUMNS: ClassVar[Columns] = {"role": str, **ControlSpan.COLUMNS}

    place: str
    on: dt.date
    state: ControlState
    held: tuple[ControlSpan, ...]
    changing: tuple[ControlSpan, ...]
    parts: tuple[ControlSpan, ...]
    against: tuple[ControlSpan, ...]
    earlier: tuple[ControlSpan, ...]
    later: tuple[ControlSpan, ...]

    @property
    def known(self) -> bool:
        """Whether any claim says who held it, or some of it, that day."""
        return self.state is not ControlState.NOT_KNOWN

    @property
    def holders(self) -> tuple[str, ...]:
        """The ids of the actors said to have held it or some of it, in order of id."""
        spans = (*self.held, *(part for part in self.parts if part.phase is not Phase.CHANGE))
        return tuple(sorted({span.holder for span in spans}))

    def __str__(self) -> str:
        lines = [f"{self.place} on {self.on}: {self.summary}"]
        lines += [f"  {span}" for span in (*self.held, *self.changing, *self.parts)]
        lines += [f"  against: {span}" for span in self.against]
        lines += [f"  earlier: {span}" for span in self.earlier]
        lines += [f"  later: {span}" for span in self.later]
        return "\n".join(lines)

    @property
    def summary(self) -> str:
        """The state and the holders in a few words."""
        match self.state:
            case ControlState.NOT_KNOWN:
                return "not known"
            case ControlState.CHANGING:
                return "; ".join(dict.fromkeys(span.text for span in self.changing))
            case ControlState.HELD:
                return ", ".join(self._extents())
        return f"{self.state}: {', '.join(self._extents())}"

    def _extents(self) -> Iterator[str]:
        """Each holder, and how much of the place, or which part, the claims give it."""
        said: dict[str, dict[str, None]] = {}
        for span in self.held:
            said.setdefault(span.holder, {})[span.extent or "extent not said"] = None
        for span in self.parts:
            if span.phase is not Phase.CHANGE:
                said.setdefault(span.holder, {})[span.place] = None
        for holder, what in said.items():
            yield f"{holder} ({', '.join(what)})"

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row a span; `role` is the group that the span is in, such as `held` or `against`."""
        for group in _GROUPS:
            for span in getattr(self, group):
                yield group, *next(span.iter_rows())

    def to_dict(self) -> dict[str, object]:
        """The answer with every span it rests on."""
        rows = {name: [span.to_dict() for span in getattr(self, name)] for name in _GROUPS}
        return {"place": self.place, "on": self.on, "state": self.state.value, "holders": [*self.holders], **rows}


_GROUPS = ("held", "changing", "parts", "against", "earlier", "later")


def control(records: Records, place: str, on: dt.date | str) -> ControlAnswer:
    """What live claims say of who held the place, given by id or name, on that local day.

    A claim of a capture covers the day before it (where it says from whom), the days of the change, and the day after.
    Any other claim covers the days of its own window; without one, those of its event; where that names no day, those
    on which it was stated. A window that is open at an end covers no day beyond those it names. What is said of places
    inside counts as parts.
    """
    there, day = place_id(records, place), read_day(on)
    area = inside(records, there)
    spans = [span for part in sorted(area) for span in _spans(records).get(part, ())]
    now = [span for span in spans if _cover(span, day) in _NOW]
    asserted = [span for span in now if span.stance is Stance.ASSERTS]
    held = tuple(span for span in asserted if span.place == there and span.phase is not Phase.CHANGE)
    changing = tuple(span for span in asserted if span.place == there and span.phase is Phase.CHANGE)
    parts = tuple(span for span in asserted if span.place != there)
    opposed = {address for span in asserted for address in contradictions(records).get(span.claim, ())}
    against = tuple(
        span for span in spans if span.stance is not Stance.ASSERTS and (span in now or span.claim in opposed)
    )
    own = [span for span in spans if span.place == there]
    return ControlAnswer(
        there,
        day,
        _state(held, changing, parts),
        held,
        changing,
        parts,
        against,
        _nearest(own, day, Cover.EARLIER),
        _nearest(own, day, Cover.LATER),
    )


def control_series(records: Records, place: str) -> ControlSeries:
    """Everything that live claims say of who held the place (id or name) or a place in it, in order of time."""
    there = place_id(records, place)
    spans = [span for part in inside(records, there) for span in _spans(records).get(part, ())]
    return ControlSeries(there, tuple(sorted(spans, key=lambda span: (sort_key(span.window), span.claim, span.phase))))


def _state(
    held: tuple[ControlSpan, ...], changing: tuple[ControlSpan, ...], parts: tuple[ControlSpan, ...]
) -> ControlState:
    wholes = {span.holder for span in held if span.extent in (None, Extent.FULL)}
    if len(wholes) > 1:
        return ControlState.DISPUTED
    if changing:
        return ControlState.CHANGING
    holders = {span.holder for span in (*held, *parts) if span.phase is not Phase.CHANGE}
    if len(holders) > 1:
        return ControlState.DIVIDED
    if held:
        return ControlState.HELD
    # What is said of a part alone does not say who held the rest.
    return ControlState.DIVIDED if parts else ControlState.NOT_KNOWN


@once
def _spans(records: Records) -> dict[str, list[ControlSpan]]:
    """By place, what every live claim of a live event says of who held it."""
    found: dict[str, list[ControlSpan]] = {}
    for placed in records.claims:
        claim = placed.claim
        if claim.control is not None and claim.live and claim.stance is not Stance.PLANS and not placed.event.withdrawn:
            found.setdefault(claim.control.place, []).extend(_spans_of(records, placed, claim.control))
    return found


def _spans_of(records: Records, placed: EventClaim, said: Control) -> Iterator[ControlSpan]:
    origin = claim_origins(records, placed.event).get(placed.claim.id)

    def span(phase: Phase, window: Window, sure: Window | None, holder: str, from_: str | None = None) -> ControlSpan:
        extent, stance = said.extent, placed.claim.stance
        return ControlSpan(said.place, phase, *window, sure, holder, from_, extent, stance, placed, origin)

    if not _is_capture(placed):
        yield span(Phase.HOLD, *_days(records, placed), said.holder)
        return
    change = possible(placed.claim.window) if placed.claim.window else event_dates(records, placed.event).window
    if said.from_ is not None and change[0] is not None:
        before = change[0] - _DAY
        yield span(Phase.BEFORE, (before, before), None, said.from_)
    yield span(Phase.CHANGE, change, None, said.holder, said.from_)
    if change[1] is not None:
        after = change[1] + _DAY
        yield span(Phase.AFTER, (after, after), None, said.holder)


def _is_capture(placed: EventClaim) -> bool:
    """Whether the claim says that the place changed hands, and not only who had it at some time."""
    claim, said = placed.claim, placed.claim.control
    if claim.stance is not Stance.ASSERTS or said is None:
        return False
    return said.from_ is not None or (placed.event.type in _CAPTURES and claim.window is None)


def _days(records: Records, placed: EventClaim) -> tuple[Window, Window | None]:
    """The days that a claim of a steady hold can be about, and those it must be about."""
    claim = placed.claim
    when = claim.window or placed.event.when
    if possible(when) == ANY_DAY and certain(when) is None:
        return possible(claim.stated_on), certain(claim.stated_on)
    return possible(when) if claim.window else event_dates(records, placed.event).window, certain(when)


def _cover(span: ControlSpan, day: dt.date) -> Cover | None:
    if span.sure is not None and covers(span.sure, day):
        return Cover.CERTAIN
    days = [known for known in (*span.window, *(span.sure or ())) if known is not None]
    if not days:
        return None
    known = (min(days), max(days))
    if in_order(known) and covers(known, day):
        return Cover.POSSIBLE
    return Cover.EARLIER if known[1] < day else Cover.LATER


def _nearest(spans: Iterable[ControlSpan], day: dt.date, cover: Cover) -> tuple[ControlSpan, ...]:
    """The spans of one place that lie nearest to the day on one side; of a claim the nearest stretch only."""
    distance = {
        span: min(abs(end - day) for end in (*span.window, *(span.sure or ())) if end is not None)
        for span in spans
        if _cover(span, day) is cover
    }
    nearest = min(distance.values(), default=None)
    return tuple(span for span, days in distance.items() if days == nearest)
