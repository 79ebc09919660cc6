"""`conflictdata trace`: from a value back to its ground."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflictdata.analysis.claim_text import days, describe_claim, describe_claimant
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, TEXTS, dataset
from conflictdata.cli.output import many, say, talk
from conflictdata.cli.param_types import RecordId

if TYPE_CHECKING:
    from conflictdata.analysis.provenance import Trace
    from conflictdata.model import Step


@click.command(cls=Command)
@click.argument("record_id", metavar="ID", type=RecordId("event", "actor"))
@TEXTS
@DATA
@click.pass_context
def command(ctx: click.Context, record_id: str, texts: Path | None, data: str | Path | None) -> None:
    """Show the way from a claim back to the paragraph that says it.

    ID is an event, one claim of it, an actor with relations, or one relation. With a folder of texts each document is
    found by its SHA-256, else by its recorded file name, every digest is checked and the paragraph shown; the exit
    status is then 1 unless there is a paragraph and every one is the one that was read.

    \b
    Example:
      conflictdata trace CD-0003#c2
      conflictdata trace CD-0003 --texts texts/
    """
    from conflictdata.analysis.texts import Check

    found = dataset(data).trace(record_id, texts)
    for piece in found:
        for line in _lines(piece):
            say(line)
    if not found:
        talk(f"there is no evidence under {record_id}")
    if texts is not None:
        verified = sum(piece.check is Check.VERIFIED for piece in found)
        talk(f"{verified} of {many(len(found), 'paragraph')} verified")
        ctx.exit(0 if found and verified == len(found) else 1)


def _lines(piece: Trace) -> Iterator[str]:
    yield f"{piece.id}  {describe_claim(piece.said)}"
    yield f"  said by    {describe_claimant(piece.said)}"
    if piece.said.via:
        yield f"  through    {' > '.join(piece.said.via)}"
    title = f", {piece.source.title}" if piece.source else ""
    yield f"  document   {piece.evidence.source}{title}"
    for step in piece.chain:
        yield f"  {step.step.replace('_', ' ')}: {_step(step)}"
    check = "" if piece.check == "not-asked" else f": {piece.check}"
    yield f"  paragraph  {piece.evidence.paragraph}, digest {piece.evidence.digest}{check}"
    if piece.text is not None:
        yield f"    {piece.text}"


def _step(step: Step) -> str:
    parts = [step.by or "not known", step.author, days(step.date), step.url]
    return ", ".join(part for part in parts if part)
