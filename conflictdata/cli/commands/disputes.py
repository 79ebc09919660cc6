"""`conflictdata disputes`: claims that contradict each other, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from conflictdata.analysis.claim_text import cited, describe_claim
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, Choice, dataset, filters
from conflictdata.cli.output import many, say, talk
from conflictdata.cli.param_types import RecordId, named


def _kinds() -> Mapping[str, Any]:
    from conflictdata.analysis.disputes import DisputeKind

    return {kind.value: kind for kind in DisputeKind}


@click.command(cls=Command)
@click.argument("event", required=False, type=RecordId("event"))
@click.option(
    "--about",
    type=named("kind of dispute", _kinds),
    metavar="KIND",
    help="Only those about this, such as number or date.",
)
@filters
@DATA
def command(event: str | None, about: str | None, choice: Choice, data: str | Path | None) -> None:
    """List the claims that contradict each other, with both sides.

    Each dispute says what it is about, and each claim on each side says who makes it and where it stands.

    \b
    Example:
      conflictdata disputes --about number
      conflictdata disputes CD-0003
    """
    whole = dataset(data)
    events = choice.events(whole)
    kept = None if events is None else {each.id for each in events}
    found = [
        dispute
        for dispute in whole.disputes(event)
        if about in (None, dispute.kind) and (kept is None or kept & {*dispute.events})
    ]
    for dispute in found:
        say(f"{dispute.kind}: {', '.join(f'{e} {whole.events[e].title}' for e in dispute.events)}", strong=True)
        for number, side in enumerate(dispute.sides, 1):
            say(f"  side {number}")
            for placed in side:
                say(f"    {placed.id}  {describe_claim(placed.claim)} [{cited(placed.claim)}]")
        if len(dispute.sides) == 1:
            say("  no claim that it contradicts is held here")
    talk(many(len(found), "dispute"))
