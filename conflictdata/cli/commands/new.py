"""`conflictdata new`: a scaffold of a record, for the curator to fill in."""

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


class _Citation(ParamType):
    """SOURCE:PARAGRAPH."""

    name = "source:paragraph"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        source, _, number = value.rpartition(":")
        if not source or not (number.isascii() and number.isdigit()) or not 0 < len(number) < 6 or not int(number):
            self.fail(f"{value!r} is not a source, a colon and the number of a paragraph", param, ctx)
        return source, int(number)


@click.command(cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice(["event", "actor", "place", "source"]))
@click.argument("record_id", metavar="[ID]", required=False)
@click.option(
    "--evidence",
    metavar="SOURCE:PARAGRAPH",
    type=_Citation(),
    multiple=True,
    help="event: a claim on this paragraph; may be repeated.",
)
@TEXTS
@click.option("--text", metavar="FILE", type=EXISTING_FILE, help="source: the text that is to be read.")
@click.option(
    "--from-list",
    "table",
    metavar="FILE",
    type=EXISTING_FILE,
    help="source, event: A CSV table with one record a row; writes a draft of each among the records.",
)
@click.option("-o", "--output", metavar="FILE", type=TARGET, help="A new file to write it to; by default stdout.")
@click.option("--save", is_flag=True, help="Write it where it belongs among the records.")
@click.option("--records", metavar="DIR", type=EXISTING_FOLDER, help="The records, by default the installed ones.")
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
    """Print a scaffold of a new record.

    KIND is event, actor, place or source. An event gets the next id; the others need ID, a name in small letters and
    hyphens. What is left to fill in is an empty string or 0, and `validate` names each of them.

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
        told = "the installed records are replaced by the next installation; say with --records where yours are"
        raise click.UsageError(told)
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
    """Write a draft for each row of a table, all of them or none, and none over a record that is there."""
    from conflictdata.curation import scaffolds
    from conflictdata.curation.incident_table import draft_events
    from conflictdata.curation.source_list import draft_sources

    if kind not in ("source", "event"):
        raise click.UsageError("--from-list is for sources and events")
    if texts is None:
        raise click.UsageError("--from-list needs the documents: say where they are with --texts")

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
    """Write the record among its like; where somebody else has just taken the next id, with the one after it."""
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
    """What cannot be an id, or the name of a document's file."""
    from conflictdata.schema.validate import slow_validator

    if record_id is not None and not slow_validator("definitions", "slug").is_valid(record_id):
        wanted = "one is small letters, digits and single hyphens, 60 at most, and no name that Windows reserves"
        raise click.UsageError(f"{record_id!r} is no id: {wanted}")
    if text is not None and not slow_validator("definitions", "file_name").is_valid(text.name):
        wanted = "ASCII letters and digits, with dots, hyphens and low lines between them, 120 at most"
        raise click.UsageError(f"the name {text.name!r} cannot be recorded; rename the file: {wanted}")


def _refuse_misuse(
    kind: str,
    record_id: str | None,
    evidence: bool,
    texts: Path | None,
    text: Path | None,
    output: str | Path | None,
    save: bool,
) -> None:
    """Options that do not go together, told before anything is read."""
    if kind == "event" and record_id is not None:
        raise click.UsageError("an event gets the next id by itself; name none")
    if kind != "event" and record_id is None:
        example = "examplewire-2016-02-29" if kind == "source" else "exampleton"
        raise click.UsageError(f"a new {kind} needs an id, such as {example}")
    if kind != "event" and evidence:
        raise click.UsageError("--evidence is for events")
    if evidence and texts is None:
        raise click.UsageError("--evidence needs the documents: say where they are with --texts")
    if texts is not None and not evidence:
        raise click.UsageError("--texts is for --evidence")
    if kind != "source" and text is not None:
        raise click.UsageError("--text is for sources")
    if output is not None and save:
        raise click.UsageError("-o and --save are two places; choose one")
