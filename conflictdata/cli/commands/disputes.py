"""`conflictdata disputes`: claims that contradict each other, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conflictdata.analysis.claim_text import cited, describe_claim
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, dataset, filters, found_events
from conflictdata.cli.output import many, talk
from conflictdata.cli.param_types import RecordId, named
from conflictdata.cli.table_output import print_answer

if TYPE_CHECKING:
    from conflictdata.analysis.disputes import Dispute
    from conflictdata.analysis.event_search import EventFilter
    from conflictdata.dataset import Dataset


def _kinds() -> Mapping[str, Any]:
    from conflictdata.analysis.disputes import DisputeKind

    return {kind.value: kind for kind in DisputeKind}


@click.command(cls=Command)
@click.argument("event", required=False, type=RecordId("event"))
@click.option(
    "--about",
    type=named("kind of dispute", _kinds),
    metavar="KIND",
    help="Only disputes of this kind, such as number or date.",
)
@filters
@FORM
@DATA
def command(
    event: str | None, about: str | None, asked: EventFilter | None, form: str, data: str | Path | None
) -> None:
    """List claims that contradict each other, with both sides.

    EVENT is an id. Default: all events. Each claim is shown with its claimant, document and paragraph.

    \b
    Example:
      conflictdata disputes --about number
      conflictdata disputes CD-0003
    """
    from conflictdata.analysis.answer_base import AnswerList
    from conflictdata.analysis.disputes import Dispute

    whole = dataset(data)
    events = found_events(asked, whole)
    kept = None if events is None else {each.id for each in events}
    found = [
        dispute
        for dispute in whole.disputes(event)
        if about in (None, dispute.kind) and (kept is None or kept & {*dispute.events})
    ]
    lines = (line for dispute in found for line in _lines(whole, dispute))
    print_answer(AnswerList(Dispute, found), form, lines)
    talk(many(len(found), "dispute"))


def _lines(whole: Dataset, dispute: Dispute) -> Iterator[str]:
    yield f"{dispute.kind}: {', '.join(f'{event} {whole.records.all_events[event].title}' for event in dispute.events)}"
    for number, side in enumerate(dispute.sides, 1):
        yield f"  side {number}"
        for placed in side:
            yield f"    {placed.id}  {describe_claim(placed.claim)} [{cited(placed.claim)}]"
    if len(dispute.sides) == 1:
        yield "  (the contradicted claim is not in this dataset)"
