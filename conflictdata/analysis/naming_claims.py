"""Which claims name a claim: as one that they contradict, or as one whose people they count too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conflictdata.analysis.memo import once_an_event
from conflictdata.model import Event, EventClaim, Records, id_order


def claims_naming(records: Records, address: str) -> Sequence[EventClaim]:
    """The claims of any event that name the claim in `conflicts_with` or `includes`, in order."""
    event = address.partition("#")[0]
    if event not in records.naming_events:
        return ()
    return _by_address(records, records.all_events[event]).get(address, ())


@once_an_event
def _by_address(records: Records, event: Event) -> Mapping[str, list[EventClaim]]:
    found: dict[str, list[EventClaim]] = {}
    for other in sorted(records.naming_events[event.id], key=id_order):
        naming = records.all_events[other]
        for claim in naming.claims:
            for address in dict.fromkeys(claim.named()):
                found.setdefault(address, []).append(EventClaim(naming, claim))
    return found
