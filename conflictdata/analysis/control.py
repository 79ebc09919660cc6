"""Who held a place on a day and over time.

A live claim counts only for the days that it covers; it is not carried forward.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from conflictdata.analysis.answer_base import Answer, Cell, Columns, list_repr
from conflictdata.analysis.contradictions import contradictions
from conflictdata.analysis.control_spans import (
    COVERS_DAY,
    ControlSpan,
    ControlState,
    Cover,
    Phase,
    cover_of,
    spans_by_place,
)
from conflictdata.analysis.geography import inside
from conflictdata.analysis.lookup import place_id
from conflictdata.date_windows import read_day, sort_key
from conflictdata.model import Records
from conflictdata.model.codes import Extent, Stance


@dataclass(frozen=True, slots=True, repr=False)
class ControlSeries(Answer):
    """All claims about who held a place and its parts, in order of time."""

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

    `held` are claims about the place itself that cover the day. `changing` are captures whose window contains the day.
    `parts` are claims about places inside it. `against` are claims that contradict any of these. If no claim covers the
    day, the answer is `not known`; `earlier` and `later` then give the nearest claims, which are not an answer for the
    day.
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
        """Each holder, with the extent or the parts of the place that claims assign to it."""
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
        """The answer with every span that it is based on."""
        rows = {name: [span.to_dict() for span in getattr(self, name)] for name in _GROUPS}
        return {"place": self.place, "on": self.on, "state": self.state.value, "holders": [*self.holders], **rows}


_GROUPS = ("held", "changing", "parts", "against", "earlier", "later")


def control(records: Records, place: str, on: dt.date | str) -> ControlAnswer:
    """Who held the place (id or name) on that local day, by live claims.

    A claim of a capture covers the day before it (where it says from whom), the days of the change, and the day after.
    Any other claim covers the days of its own window; without one, those of its event; where that names no day, those
    on which it was stated. A window with an open end covers only the days that it names. Claims about places inside
    count as parts.
    """
    there, day = place_id(records, place), read_day(on)
    area = inside(records, there)
    spans = [span for part in sorted(area) for span in spans_by_place(records).get(part, ())]
    now = [span for span in spans if cover_of(span, day) in COVERS_DAY]
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
    spans = [span for part in inside(records, there) for span in spans_by_place(records).get(part, ())]
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
    # A claim about a part does not say who held the rest.
    return ControlState.DIVIDED if parts else ControlState.NOT_KNOWN


def _nearest(spans: Iterable[ControlSpan], day: dt.date, cover: Cover) -> tuple[ControlSpan, ...]:
    """The spans of one place that are nearest to the day, before or after it; of one claim only the nearest span."""
    distance = {
        span: min(abs(end - day) for end in (*span.window, *(span.sure or ())) if end is not None)
        for span in spans
        if cover_of(span, day) is cover
    }
    nearest = min(distance.values(), default=None)
    return tuple(span for span, days in distance.items() if days == nearest)
