"""`conflictdata new`: the skeleton of a record, to be filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import EXISTING_FILE, EXISTING_FOLDER, TARGET, TEXTS
from conflictdata.cli.output import talk, write
from conflictdata.cli.param_types import ParamType
from conflictdata.resources import is_installed, records_folder
from conflictdata.text import quote


class _Citation(ParamType):
    """SOURCE:PARAGRAPH."""

    name = "source:paragraph"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        source, _, number = value.rpartition(":")
        if not source or not (number.isascii() and number.isdigit()) or not 0 < len(number) < 6 or not int(number):
            self.fail(
                f"{quote(value)} is not a paragraph of a source; write SOURCE:NUMBER, such as reuters-2017-06-06:4",
                param,
                ctx,
            )
        return source, int(number)


@click.command(cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice(["event", "actor", "place", "source"]))
@click.argument("record_id", metavar="[ID]", required=False)
@click.option(
    "--evidence",
    metavar="SOURCE:PARAGRAPH",
    type=_Citation(),
    multiple=True,
    help="event: add a claim with this paragraph as its evidence; may be repeated.",
)
@TEXTS
@click.option("--text", metavar="FILE", type=EXISTING_FILE, help="source: the text of the document.")
@click.option(
    "--from-list",
    "table",
    metavar="FILE",
    type=EXISTING_FILE,
    help="source, event: a CSV table with one record per row; a draft of each is written to the records.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=TARGET,
    help="Output file (written atomically), which must not exist. Default: stdout.",
)
@click.option("--save", is_flag=True, help="Write the record to the folder of records.")
@click.option(
    "--records", metavar="DIR", type=EXISTING_FOLDER, help="Folder of records. Default: the installed records."
)
def command(
    kind: str,
    record_id: str | None,
    evidence: tuple[tuple[str, int], ...],
    texts: Path | None,
    text: Path | None,
    table: Path | None,
    output: str | Path | None,
    save: bool,
    records: Path | None,
) -> None:
    """Create the skeleton of a new record.

    KIND is event, actor, place or source. An event gets the next id; the others need ID, a name in small letters and
    hyphens. Fill in the empty strings and zeros; `validate` lists those that remain.

    \b
    Example:
      conflictdata new event --evidence reuters-2017-06-06:4 --texts texts/ --save
      conflictdata new actor northern-brigade
      conflictdata new source examplewire-2016-02-29 --text texts/article.txt
      conflictdata new source --from-list documents.csv --texts texts/ --records my-records/
    """
    from conflictdata.curation import scaffolds

    folder = records or records_folder()
    if table is not None:
        _draft_all(kind, table, texts, folder)
        return
    _refuse_misuse(kind, record_id, bool(evidence), texts, text, output, save)
    if save and records is None and is_installed():
        message = "the installed records are replaced by the next installation; name your own folder with --records"
        raise click.UsageError(message)
    _refuse_names(record_id, text)
    cited = [scaffolds.cite(folder, texts, *each) for each in evidence] if texts is not None else []

    def scaffold() -> dict[str, Any]:
        if kind == "event":
            return scaffolds.event(scaffolds.next_event_id(folder), cited)
        return scaffolds.source(str(record_id), text) if text else scaffolds.SLUGGED[kind](str(record_id))

    home = folder / f"{kind}s"
    if save:
        _save(scaffold, home)
        return
    record = scaffold()
    _expect_free(home / f"{record['id']}.json")
    _write(record, output)


def _draft_all(kind: str, table: Path, texts: Path | None, folder: Path) -> None:
    """Write a draft for each row of a table, all or none; no existing record is replaced."""
    from conflictdata.curation import scaffolds
    from conflictdata.curation.incident_table import draft_events
    from conflictdata.curation.source_list import draft_sources

    if kind not in ("source", "event"):
        raise click.UsageError("--from-list is only for sources and events; leave it out")
    if texts is None:
        raise click.UsageError("--from-list needs the texts; add --texts DIR")

    if kind == "source":
        drafts = list(draft_sources(table, texts))
    else:

        def cite(source: str, paragraph: int) -> dict[str, Any]:
            return scaffolds.cite(folder, texts, source, paragraph)

        drafts = list(draft_events(table, scaffolds.next_event_id(folder), "airwars-conceded-incidents", cite))
    home = folder / f"{kind}s"
    for draft in drafts:
        _expect_free(home / f"{draft['id']}.json")
    for draft in drafts:
        _write(draft, home / f"{draft['id']}.json")


def _save(scaffold: Callable[[], dict[str, Any]], home: Path) -> None:
    """Write the record to its folder; if another process has just used the next id, with the id after it."""
    from conflictdata.errors import AlreadyExists

    record = scaffold()
    while True:
        try:
            _write(record, home / f"{record['id']}.json")
            return
        except AlreadyExists:
            before, record = record, scaffold()
            if record["id"] == before["id"]:
                raise


def _write(record: dict[str, Any], target: str | Path | None) -> None:
    from conflictdata.atomic import write_bytes
    from conflictdata.canonical.dump import dump

    if isinstance(target, Path):
        write_bytes(target, dump(record), replace=False)
        talk(f"wrote {target}")
    else:
        write([dump(record)])


def _expect_free(home: Path) -> None:
    from conflictdata.atomic import is_taken
    from conflictdata.errors import AlreadyExists

    if is_taken(home):
        raise AlreadyExists(home)


def _refuse_names(record_id: str | None, text: Path | None) -> None:
    """Raise for what cannot be an id, or the name of a document's file."""
    from conflictdata.schema.validate import slow_validator

    if record_id is not None and not slow_validator("definitions", "slug").is_valid(record_id):
        wanted = "use small letters, digits and single hyphens, at most 60, and no name that Windows reserves"
        raise click.UsageError(f"{quote(record_id)} is not an id; {wanted}")
    if text is not None and not slow_validator("definitions", "file_name").is_valid(text.name):
        wanted = "ASCII letters and digits, with dots, hyphens and underscores between them, at most 120"
        raise click.UsageError(f"the file name {quote(text.name)} cannot be recorded; rename the file to {wanted}")


def _refuse_misuse(
    kind: str,
    record_id: str | None,
    evidence: bool,
    texts: Path | None,
    text: Path | None,
    output: str | Path | None,
    save: bool,
) -> None:
    """Raise for options that do not fit together, before anything is read."""
    if kind == "event" and record_id is not None:
        raise click.UsageError("an event gets the next id automatically; leave ID out")
    if kind != "event" and record_id is None:
        example = "examplewire-2016-02-29" if kind == "source" else "exampleton"
        raise click.UsageError(f"a new {kind} needs an id; add one such as {example}")
    if kind != "event" and evidence:
        raise click.UsageError("--evidence is only for events; leave it out")
    if evidence and texts is None:
        raise click.UsageError("--evidence needs the texts; add --texts DIR")
    if texts is not None and not evidence:
        raise click.UsageError("--texts is only for --evidence; leave it out")
    if kind != "source" and text is not None:
        raise click.UsageError("--text is only for sources; leave it out")
    if output is not None and save:
        raise click.UsageError("-o and --save exclude each other; leave one out")
