"""An explanation of an event: each derived value with the claims that it is based on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from conflictdata.analysis.answer_base import Answer, Cell, Columns, joined
from conflictdata.analysis.attesting_claims import attesting_claims
from conflictdata.analysis.claim_text import cited, counted, describe_claim
from conflictdata.analysis.disputes import disputes
from conflictdata.analysis.event_dates import BoundBasis, event_dates
from conflictdata.analysis.figures.count_claims import COUNTS, Amount, Counted, is_total
from conflictdata.analysis.figures.count_claims import counted as counted_claims
from conflictdata.analysis.figures.estimate import Figure
from conflictdata.analysis.figures.totals import FigureQuery, Total, addable, total
from conflictdata.analysis.geography import place_path
from conflictdata.analysis.grades import grade
from conflictdata.analysis.origins import claim_origins, origins
from conflictdata.date_windows import spell_window
from conflictdata.model import Claim, Event, Records
from conflictdata.model.codes import Attribution, EventKind, Property, Stance
from conflictdata.text import spell_range, truncate_line

WIDTH = 150
"""Characters of a line that describes a claim; a longer one is cut."""

MOST_LINES = 20
"""Lines of one part of an explanation as text."""


@dataclass(frozen=True, slots=True, repr=False)
class Ground(Answer):
    """One derived value of an event, the reason for it, and the ids of the claims that it is based on."""

    COLUMNS: ClassVar[Columns] = {"event_id": str, "aspect": str, "value": str, "reason": str, "claim_ids": str}

    event: str
    aspect: str
    value: str
    reason: str
    claim_ids: tuple[str, ...]

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row."""
        yield self.event, self.aspect, self.value, self.reason or None, joined(self.claim_ids)

    def to_dict(self) -> dict[str, object]:
        """The value, why, and its claims."""
        return {"aspect": self.aspect, "value": self.value, "reason": self.reason, "claim_ids": [*self.claim_ids]}

    def __str__(self) -> str:
        own = [claim_id.removeprefix(f"{self.event}#") for claim_id in self.claim_ids]
        return self.value + (f"; {self.reason}" if self.reason else "") + (f" [{', '.join(own)}]" if own else "")


@dataclass(frozen=True, slots=True, repr=False)
class Explanation(Answer):
    """The derived values of an event; each of `grounds` names the claims that it is based on."""

    COLUMNS: ClassVar[Columns] = Ground.COLUMNS

    event: Event
    grounds: tuple[Ground, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the event: first those that a value is based on, then the others."""
        used = {claim_id for ground in self.grounds for claim_id in ground.claim_ids}
        return tuple(sorted(self.event.claims, key=lambda claim: f"{self.event.id}#{claim.id}" not in used))

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row a value."""
        for ground in self.grounds:
            yield from ground.iter_rows()

    def to_dict(self) -> dict[str, object]:
        """The event, its derived values, and its claims in words."""
        claims = {f"{self.event.id}#{claim.id}": _claim_line(claim) for claim in self.claims}
        grounds = [ground.to_dict() for ground in self.grounds]
        return {"event_id": self.event.id, "title": self.event.title, "grounds": grounds, "claims": claims}

    def __repr__(self) -> str:
        return f"<Explanation of {truncate_line(str(self.event), WIDTH)}>"

    def __str__(self) -> str:
        lines = [str(self.event)]
        for aspect in dict.fromkeys(ground.aspect for ground in self.grounds):
            grounds = _shortened([str(ground) for ground in self.grounds if ground.aspect == aspect])
            lines += [f"  {aspect if not n else '':<9}  {ground}" for n, ground in enumerate(grounds)]
        lines.append("  claims")
        claims = _shortened([f"{claim.id:<4} {_claim_line(claim, WIDTH - 5)}" for claim in self.claims])
        lines += [f"    {claim}" for claim in claims]
        return "\n".join(lines)


def explain(records: Records, event: Event) -> Explanation:
    """The dates, place, grade, origins, figures and disputes of an event, each with its claims."""
    parts = (_dates, _place, _grade, _figures, _disputes)
    return Explanation(event, tuple(ground for part in parts for ground in part(records, event)))


def _shortened(lines: list[str]) -> list[str]:
    """The first lines of one part, so that an explanation fits a screen. `to_dict` and the rows have all of them."""
    more = len(lines) - MOST_LINES
    return lines if more <= 0 else [*lines[:MOST_LINES], f"... {more} more (in JSON and CSV)"]


def _claim_line(claim: Claim, width: int | None = None) -> str:
    """The claim with its documents, in about `width` characters: further documents go first, the number never does."""
    described, documents = describe_claim(claim), cited(claim)
    if width is None or len(described) + len(documents) + 3 <= width:
        return f"{described} [{documents}]"
    first, *others = documents.split("; ")
    where = f" [{first}; {len(others)} more]" if others else f" [{first}]"
    return truncate_line(described, max(width - len(where), 2 * width // 3)) + where


def _address(event: Event, claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(f"{event.id}#{claim.id}" for claim in claims)


def _dates(records: Records, event: Event) -> Iterator[Ground]:
    dates = event_dates(records, event)
    attesting = attesting_claims(event)
    reports = [
        claim
        for claim in attesting
        for source in (records.sources.get(evidence.source) for evidence in claim.evidence)
        if source is not None and source.written == dates.end
    ]
    dated = [claim for claim in event.claims if _asserted(claim) and claim.property is Property.DATE]
    yield Ground(event.id, "dates", spell_window(dates.window), "", _address(event, dated))
    for name, day, basis in (("start", dates.start, dates.start_basis), ("end", dates.end, dates.end_basis)):
        why = {
            BoundBasis.STATED: f"stated: {event.when.basis or 'no reason recorded'}",
            BoundBasis.INHERITED: f"inherited from {event.part_of}, which it is part of",
            BoundBasis.REPORT: "no later than the first document that reports it",
            BoundBasis.OPEN: "nothing says when",
        }[basis]
        claims = _address(event, dict.fromkeys(reports)) if basis is BoundBasis.REPORT else ()
        yield Ground(event.id, "dates", f"{name} {day or 'open'}", truncate_line(why, WIDTH), claims)


def _place(records: Records, event: Event) -> Iterator[Ground]:
    if event.where is None:
        yield Ground(event.id, "place", "none", "the claims name no place", ())
        return
    path = ", ".join(place_path(records, event.where.place))
    about = [claim for claim in event.claims if _asserted(claim) and _places(claim) & {event.where.place}]
    reason = f"{event.where.precision}{f'; {event.where.note}' if event.where.note else ''}"
    yield Ground(event.id, "place", path, truncate_line(reason, WIDTH), _address(event, about))


def _asserted(claim: Claim) -> bool:
    return claim.live and claim.stance is Stance.ASSERTS


def _places(claim: Claim) -> set[str | None]:
    return {
        claim.where.place if claim.where is not None else None,
        claim.control.place if claim.control is not None else None,
        *((claim.movement.from_, claim.movement.to) if claim.movement is not None else ()),
    }


def _grade(records: Records, event: Event) -> Iterator[Ground]:
    answer = grade(records, event)
    yield Ground(event.id, "grade", str(answer), answer.why, answer.claims)
    counted = claim_origins(records, event)
    attesting = attesting_claims(event)
    for origin in origins(records, event):
        yield Ground(
            event.id, "origins", origin, "", _address(event, (c for c in attesting if counted.get(c.id) == origin))
        )
    if not counted.keys() & {claim.id for claim in attesting}:
        yield Ground(event.id, "origins", "none", "", ())


def _figures(records: Records, event: Event) -> Iterator[Ground]:
    for code in sorted(COUNTS):
        added: set[str] = set()
        figures = addable(records, event, FigureQuery(code, {event.id}))
        if len(figures) > 1:
            yield _in_all(event, code, total(records, figures))
        for figure in figures:
            added |= {claim.id for claim in figure.claims}
            yield _figure(event, code, figure)
        for claim in counted_claims(records, event, code, "default"):
            if claim.id not in added:
                yield _reported(event, code, claim)


def _in_all(event: Event, code: Property, whole: Total) -> Ground:
    value = f"{code} in all: {spell_range(whole.low, whole.high)}"
    why = _ends(whole.low, whole.low_by, whole.high, whole.high_by)
    claims = dict.fromkeys(claim.id for claim in (*whole.low_by, *whole.high_by))
    return Ground(event.id, "figures", value, why, tuple(claims))


def _figure(event: Event, code: Property, figure: Figure) -> Ground:
    ends = _ends(figure.low, () if figure.doubted else figure.lowest, figure.high, figure.highest)
    doubt = f"low is 0 because of {', '.join(figure.doubted)}" if figure.doubted else ""
    part = f"some of them denied or doubted by {', '.join(figure.partly_doubted)}" if figure.partly_doubted else ""
    number = spell_range(figure.low, figure.high)
    of = counted(figure.claims[0].count)
    value = f"{code} {of}: {number}" if number == "no number" else f"{code} {number} {of}"
    claims = tuple(claim.id for claim in figure.claims)
    return Ground(event.id, "figures", value, ", ".join(filter(None, (ends, doubt, part))), claims)


def _ends(low: Amount, low_by: Iterable[Counted], high: Amount, high_by: Iterable[Counted]) -> str:
    """The claimants that set each end of a range."""
    least = ", ".join(dict.fromkeys(_voice(each.claim) for each in low_by)) if low is not None else ""
    most = ", ".join(dict.fromkeys(_voice(each.claim) for each in high_by)) if high is not None else ""
    if least == most:
        return f"from {least}" if least else ""
    return ", ".join(f"{end} from {who}" for end, who in (("low", least), ("high", most)) if who)


def _reported(event: Event, code: Property, claim: Counted) -> Ground:
    number = "" if claim.low is None and claim.high is None else f" = {spell_range(claim.low, claim.high)}"
    value = f'{code} "{claim.count.as_stated}"{number} {counted(claim.count)}'
    whole = event.kind is EventKind.OPERATION or is_total(claim.count)
    why = "reported for the whole, not added to totals" if whole else "part of another count, not added again"
    return Ground(event.id, "figures", value, f"{_voice(claim.claim)}; {why}", (claim.id,))


def _voice(claim: Claim) -> str:
    return f'"{claim.claimant_as_stated}"' if claim.attribution is Attribution.UNNAMED else claim.claimant


def _disputes(records: Records, event: Event) -> Iterator[Ground]:
    for dispute in disputes(records, event):
        sides = " against ".join(", ".join(claim.id for claim in side) for side in dispute.sides)
        yield Ground(event.id, "disputes", str(dispute.kind), sides, tuple(claim.id for claim in dispute.claims))
