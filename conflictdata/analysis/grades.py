"""How reliable an event is, by one published rule: the first grade that fits, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from conflictdata.analysis.affiliation import top_level
from conflictdata.analysis.answer_base import LONGEST_REPR, Answer, Cell, Columns, joined
from conflictdata.analysis.attesting_claims import attesting_claims
from conflictdata.analysis.disputes import disputed
from conflictdata.analysis.origins import claim_origins, origins, reporting_window
from conflictdata.model import Event, Participant, Records
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
    attesting = tuple(f"{event.id}#{claim.id}" for claim in said)
    if all(claim.status is ClaimStatus.REJECTED for claim in event.claims):
        return GradeAnswer(Grade.DISCOUNTED, "every claim is rejected")
    if against := disputed(records, event) & _CONTESTED:
        what = {Property.OCCURRED: "whether it happened", Property.RESPONSIBILITY: "who did it"}
        why = f"claims disagree {' and '.join(what[p] for p in sorted(against))}"
        opposed = (f"{event.id}#{claim.id}" for claim in event.claims if claim.live and claim.property in against)
        return GradeAnswer(Grade.CONTESTED, why, tuple(dict.fromkeys((*attesting, *opposed))))
    voices = origins(records, event)
    counted = claim_origins(records, event)
    by_origins = tuple(f"{event.id}#{claim.id}" for claim in said if claim.id in counted)
    match len(voices):
        case 0:
            return GradeAnswer(Grade.WEAK, "no named source says that it happened", attesting)
        case 1:
            return GradeAnswer(Grade.WEAK, f"one source says that it happened: {voices[0]}", by_origins)
    numbers = ", ".join(sorted(disputed(records, event) & _TOLLS))
    but = f"; its numbers are disputed ({numbers})" if numbers else ""
    for party, other in _confirmations(records, event):
        return GradeAnswer(Grade.CONFIRMED, f"{party} states its own act, and {other} agrees{but}", by_origins)
    return GradeAnswer(Grade.FAIR, f"{len(voices)} independent sources: {', '.join(voices)}{but}", by_origins)


def _confirmations(records: Records, event: Event) -> Iterator[tuple[str, str]]:
    """Each party that states its own act, with an origin that agrees and is not on its side."""
    days = reporting_window(records, event)
    counted = claim_origins(records, event)
    stated = {counted[c.id]: top_level(records, c.claimant, days) for c in attesting_claims(event) if c.id in counted}

    def family(participant: Participant) -> frozenset[str]:
        return top_level(records, participant.actor, days)

    for party in event.participants:
        if party.role in _ACTED_ON:
            continue
        allies = frozenset[str]().union(
            *(family(other) for other in event.participants if other.side is not None and other.side == party.side)
        )
        for own, tops in sorted(stated.items()):
            if tops & family(party):
                for other, others in sorted(stated.items()):
                    if other != own and not others & (allies | family(party)):
                        yield own, other
