"""Whose word a row rests on: the names of its sources, never their addresses, and their scale."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.codelists import codes
from conflictdata.export.acled.sides import plain
from conflictdata.model import Actor, Event, Records, Source
from conflictdata.model.codes import ActorKind
from conflictdata.views.origins import first_publisher, origins

_REPORTERS = frozenset({ActorKind.MEDIA, ActorKind.MONITOR})


def sources_of(records: Records, event: Event) -> tuple[Actor, ...]:
    """Who first published the documents that live claims stand in, and the claimants that are media or monitors.

    Where a document's first publisher is not known, the next hand it went through stands for it; where no reporter is
    known at all, the origins do.
    """
    ids = dict.fromkeys(_reporters(records, event)) or dict.fromkeys(origins(records, event))
    return tuple(actor for actor_id in ids if (actor := records.actors.get(actor_id)) is not None)


def source_names(actors: tuple[Actor, ...]) -> str:
    """The names in one cell."""
    return "; ".join(dict.fromkeys(plain(actor.name) for actor in actors))


def source_scale(actors: tuple[Actor, ...]) -> str:
    """The first two of the sources' scales in the layout's own order, joined by a hyphen; empty where none is known."""
    parts = {part for actor in actors if actor.source_scale for part in actor.source_scale.split("-")}
    return "-".join([scale for scale in codes("acled-source-scales") if scale in parts][:2])


def _reporters(records: Records, event: Event) -> Iterator[str]:
    for claim in event.claims:
        if not claim.live:
            continue
        for evidence in claim.evidence:
            source = records.sources.get(evidence.source)
            if source is not None and (publisher := first_publisher(source) or _next_hand(source)):
                yield publisher
        claimant = records.actors.get(claim.claimant)
        if claimant is not None and claimant.kind in _REPORTERS:
            yield claimant.id


def _next_hand(source: Source) -> str | None:
    return next((step.by for step in source.chain if step.by is not None), None)
