"""Which claims name a claim: as one that they contradict, or as one whose people they count too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conflictdata.analysis.memo import once_an_event
from conflictdata.model import Event, EventClaim, Records, id_order


def naming_by_address(records: Records, event_id: str) -> Mapping[str, Sequence[EventClaim]]:
    """By address, each claim of the event that others name in `conflicts_with` or `includes`, with these in order."""
    if event_id not in records.naming_events:
        return {}
    return _by_address(records, records.all_events[event_id])


@once_an_event
def _by_address(records: Records, event: Event) -> Mapping[str, list[EventClaim]]:
    found: dict[str, list[EventClaim]] = {}
    own = f"{event.id}#"
    for other in sorted(records.naming_events[event.id], key=id_order):
        naming = records.all_events[other]
        for claim in naming.claims:
            named = claim.named()
            for address in dict.fromkeys(named) if named else ():
                if address.startswith(own):
                    found.setdefault(address, []).append(EventClaim(naming, claim))
    return found
