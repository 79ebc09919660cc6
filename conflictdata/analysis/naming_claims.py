"""Which claims name a claim: as one that they contradict, or as one whose people they count too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conflictdata.analysis.memo import once_an_event
from conflictdata.model import Event, EventClaim, Records, id_order


def claims_naming(records: Records, address: str) -> Sequence[EventClaim]:
    """The claims of any event that name the claim in `conflicts_with` or `includes`, in order."""
    return naming_by_address(records, address.partition("#")[0]).get(address, ())


def naming_by_address(records: Records, event_id: str) -> Mapping[str, Sequence[EventClaim]]:
    """The same for each claim of an event that a claim names, by address."""
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
