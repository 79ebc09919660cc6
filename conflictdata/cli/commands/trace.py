"""`conflictdata trace`: from a claim back to its documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflictdata.analysis.claim_text import days, describe_claim, describe_claimant
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, TEXTS, dataset
from conflictdata.cli.output import many, talk
from conflictdata.cli.param_types import RecordId
from conflictdata.cli.table_output import print_answer

if TYPE_CHECKING:
    from conflictdata.analysis.provenance import Trace
    from conflictdata.model import Step


@click.command(cls=Command)
@click.argument("record_id", metavar="ID", type=RecordId("event", "actor"))
@TEXTS
@FORM
@DATA
@click.pass_context
def command(ctx: click.Context, record_id: str, texts: Path | None, form: str, data: str | Path | None) -> None:
    """Show the documents and paragraphs that a claim comes from.

    ID is an event, a claim, an actor with relations, or a relation. With --texts every paragraph is shown and its
    digest is checked; a text is found by its SHA-256, else by its file name. The exit status is then 1 unless all
    digests match.

    \b
    Example:
      conflictdata trace CD-0003#c2
      conflictdata trace CD-0003 --texts texts/
    """
    from conflictdata.analysis.digest_check import Check

    found = dataset(data).trace(record_id, texts)
    print_answer(found, form, (line for piece in found for line in _lines(piece)))
    if not found:
        talk(f"{record_id} has no evidence")
    if texts is not None:
        verified = sum(piece.check is Check.VERIFIED for piece in found)
        talk(f"{verified} of {many(len(found), 'paragraph')} verified")
        ctx.exit(0 if found and verified == len(found) else 1)


def _lines(piece: Trace) -> Iterator[str]:
    yield f"{piece.id}  {describe_claim(piece.statement)}"
    yield f"  claimant   {describe_claimant(piece.statement)}"
    if piece.statement.via:
        yield f"  via        {' > '.join(piece.statement.via)}"
    title = f", {piece.source.title}" if piece.source else ""
    yield f"  document   {piece.evidence.source}{title}"
    for step in piece.chain:
        yield f"  {step.step.replace('_', ' ')}: {_step(step)}"
    check = "" if piece.check == "not-checked" else f": {piece.check}"
    yield f"  paragraph  {piece.evidence.paragraph}, digest {piece.evidence.digest}{check}"
    if piece.text is not None:
        yield f"    {piece.text}"


def _step(step: Step) -> str:
    parts = [step.by or "not known", step.author, days(step.date), step.url]
    return ", ".join(part for part in parts if part)
