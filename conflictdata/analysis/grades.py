"""How reliable an event is, by one published rule: the first grade that fits, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from conflictdata.analysis.affiliation import tops_during
from conflictdata.analysis.answer_base import LONGEST_REPR, Answer, Cell, Columns, joined
from conflictdata.analysis.attesting_claims import attesting_claims
from conflictdata.analysis.contradictions import disputed
from conflictdata.analysis.origins import claim_origins, origins_of, reporting_window
from conflictdata.model import Claim, Event, Records
from conflictdata.model.codes import ClaimStatus, Grade, Property, Role
from conflictdata.text import truncate_line

_ACTED_ON = frozenset({Role.TARGET, Role.VICTIM})
_CONTESTED = frozenset({Property.OCCURRED, Property.RESPONSIBILITY})
_TOLLS = frozenset({Property.KILLED, Property.INJURED, Property.CASUALTIES, Property.CAPTURED, Property.MISSING})
"""The numbers that a grade says nothing of: `why` tells where claims disagree on them."""


class GradeAnswer(Answer, str):
    """A grade, which is text such as `fair`.

    `why` names the rule that fits, `claims` the addresses of the claims it is based on.
    """

    __slots__ = ("claims", "why")

    COLUMNS: ClassVar[Columns] = {"grade": str, "why": str, "claim_ids": str}
    why: str
    claims: tuple[str, ...]

    def __new__(cls, grade: str, why: str, claims: tuple[str, ...] = ()) -> GradeAnswer:
        answer = super().__new__(cls, grade)
        answer.why = why
        answer.claims = claims
        return answer

    def __reduce__(self) -> tuple[type[GradeAnswer], tuple[str, str, tuple[str, ...]]]:
        return GradeAnswer, (str(self), self.why, self.claims)

    def iter_rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row."""
        yield str(self), self.why, joined(self.claims)

    def __repr__(self) -> str:
        return f"<GradeAnswer {self}: {truncate_line(self.why, LONGEST_REPR)}>"

    def to_dict(self) -> dict[str, object]:
        """The grade, the rule that fits, and the claims that it is based on."""
        return {"grade": str(self), "why": self.why, "claim_ids": [*self.claims]}


def grade(records: Records, event: Event) -> GradeAnswer:
    """The event's grade: the curator's override if there is one, else the computed grade."""
    override = event.grade_override
    return computed_grade(records, event) if override is None else GradeAnswer(override.grade, override.reason)


def computed_grade(records: Records, event: Event) -> GradeAnswer:
    """The first of these grades that fits.

    Discounted: every claim is rejected. Contested: live claims disagree on whether it happened or who did it.
    Confirmed: a party states its own act, and an origin that does not fight on its side agrees. Fair: two origins.
    Weak: all others.
    """
    said = attesting_claims(event)
    if all(claim.status is ClaimStatus.REJECTED for claim in event.claims):
        return GradeAnswer(Grade.DISCOUNTED, "every claim is rejected")
    contradicted = disputed(records, event)
    if against := contradicted & _CONTESTED:
        what = {Property.OCCURRED: "whether it happened", Property.RESPONSIBILITY: "who did it"}
        why = f"claims disagree {' and '.join(what[p] for p in sorted(against))}"
        opposed = [claim for claim in event.claims if claim.live and claim.property in against]
        return GradeAnswer(Grade.CONTESTED, why, tuple(dict.fromkeys(_addresses(event, (*said, *opposed)))))
    counted = claim_origins(records, event)
    heard = [claim for claim in said if claim.id in counted]
    voices = origins_of(heard, counted)
    if not voices:
        return GradeAnswer(Grade.WEAK, "no named source says that it happened", _addresses(event, said))
    if len(voices) == 1:
        return GradeAnswer(Grade.WEAK, f"one source says that it happened: {voices[0]}", _addresses(event, heard))
    numbers = ", ".join(sorted(contradicted & _TOLLS))
    but = f"; its numbers are disputed ({numbers})" if numbers else ""
    for party, other in _confirmations(records, event, {counted[claim.id]: claim.claimant for claim in heard}):
        why = f"{party} states its own act, and {other} agrees{but}"
        return GradeAnswer(Grade.CONFIRMED, why, _addresses(event, heard))
    why = f"{len(voices)} independent sources: {', '.join(voices)}{but}"
    return GradeAnswer(Grade.FAIR, why, _addresses(event, heard))


def _addresses(event: Event, claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple([f"{event.id}#{claim.id}" for claim in claims])


def _confirmations(records: Records, event: Event, heard: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each party that states its own act, with an origin that agrees and is not on its side.

    `heard` has a claimant of each origin.
    """
    tops = tops_during(records, reporting_window(records, event))
    stated = [(origin, tops[claimant]) for origin, claimant in sorted(heard.items())]
    for party in event.participants:
        if party.role in _ACTED_ON:
            continue
        family = tops[party.actor]
        for own, those in stated:
            if those & family:
                allies = [who.actor for who in event.participants if party.side is not None and who.side == party.side]
                friends = family.union(*(tops[ally] for ally in allies))
                for other, others in stated:
                    if other != own and not others & friends:
                        yield own, other
