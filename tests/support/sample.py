"""A few of the records that the package carries, with everything in them that any of its events has."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import cache

from conflictdata.analysis.disputes import disputes
from conflictdata.analysis.grades import grade
from conflictdata.analysis.selection import subset
from conflictdata.loading import load_bundled
from conflictdata.model import Event, Records

NAMED = ("CD-0001", "CD-0003", "CD-0008", "CD-0043", "CD-0053", "CD-0058", "CD-0138", "CD-0436")
"""Events that tests ask about, by their id or by where and who: Mosul, the governorate of Raqqa, the YPG."""


@cache
def sample() -> Records:
    """The fewest events that show every type, member, code and dispute, found greedily, with all that they refer to.

    What tests ask of the dataset they ask of the sample: it has all that the whole has, in an eighth of the time.
    """
    whole = load_bundled()
    shown = {event.id: {*_features(whole, event)} for event in whole.events}
    size = {event.id: 2 + len(event.claims) for event in whole.events}
    missing = set[Hashable]().union(*shown.values()).difference(*map(shown.__getitem__, NAMED))
    chosen = list(NAMED)
    while missing:
        chosen.append(max(shown, key=lambda each: len(shown[each] & missing) / size[each]))
        missing -= shown[chosen[-1]]
    part = subset(whole, [whole.events[each] for each in chosen])
    return Records.of(part.sources, part.actors, part.places, part.all_events)


def _features(whole: Records, event: Event) -> Iterator[Hashable]:
    """What an event shows of the data model."""
    members = event.to_object()
    yield from (("event", name) for name in members)
    yield from (("code", code) for code in (event.kind, event.type, str(grade(whole, event))))
    yield from (("dispute", dispute.kind) for dispute in disputes(whole, event))
    yield "window", event.when.lasting, event.when.first is None, event.when.last is None
    yield from (("participant", who.side, who.role) for who in event.participants)
    if event.where:
        yield "where", event.where.precision
    for claim in members["claims"]:
        yield "claim", claim["property"], claim["stance"]
        yield "claim", claim["attribution"]
        yield from (("claim", name) for name in claim)
        count = claim.get("count", {})
        yield from (("count", name) for name in count)
        yield from (("count", count.get(name)) for name in ("bound", "unit", "scope"))
