"""`conflictdata validate`: all errors and warnings in one run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conflictdata.atomic import is_file, is_taken
from conflictdata.cli.finding_output import print_findings
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import EXISTING, FORM, STDIN, STRICT, TEXTS
from conflictdata.cli.output import many, reading, talk
from conflictdata.cli.param_types import PathOr
from conflictdata.resources import records_folder

if TYPE_CHECKING:
    from conflictdata.findings import Finding


class _PathToValidate(PathOr):
    """An existing path; for the version of a release the message names the command that verifies it."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from conflictdata.release.version import is_version

        if value == STDIN:
            from conflictdata.cli.standard_input import standard_input

            return standard_input(ctx)
        if is_version(str(value)) and not is_taken(Path(value)):
            hint = f"`conflictdata release verify {value}` checks the release of that version"
            self.fail(f"there is no file or folder {value} here; {hint}", param, ctx)
        path: Path = EXISTING.convert(value, param, ctx)
        return path


@click.command(cls=Command)
@click.argument("path", required=False, type=_PathToValidate())
@TEXTS
@STRICT
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 1024),
    help="Processes for a folder of JSON Lines, each with one file at a time. Default: 1.",
)
@FORM
@click.pass_context
def command(
    ctx: click.Context, path: Path | None, texts: Path | None, strict: bool, jobs: int | None, form: str
) -> None:
    """List the errors and warnings in records.

    PATH is a folder of records or tables, a release, a dataset as one JSON document, one record, a file of JSON Lines
    or a folder of such files; - reads standard input. Default: the installed records. With --texts the texts of the
    documents and all paragraph digests are checked too. `conflictdata codes finding-codes` explains the codes. The exit
    status is 1 if there is an error.

    \b
    Example:
      conflictdata validate
      conflictdata validate conflictdata/records --texts texts/
    """
    findings, remarks = _findings(path or records_folder(), texts, jobs)
    severities = print_findings(findings, form)
    failed = severities["error"] or (strict and severities["repair"])
    if not failed and path is not None and _holds_separate_records(path):
        remarks.append("each record was validated alone; rules between records were not applied")
    counted = f"{many(severities['error'], 'error')}, {many(severities['warning'], 'warning')}"
    if strict and severities["repair"]:
        remarks.append(f"{many(severities['repair'], 'warning')} refused because of --strict")
    talk("; ".join([counted, *remarks]))
    ctx.exit(1 if failed else 0)


def _findings(path: Path, texts: Path | None, jobs: int | None) -> tuple[Iterable[Finding], list[str]]:
    """The findings in the order in which a reader meets them, and what else to say of the records."""
    from conflictdata.loading import verify_release_claim
    from conflictdata.validate_path import is_lines, line_files, validate_path

    files = line_files(path)
    if texts is not None and (files or (is_lines(path) and is_file(path))):
        raise click.UsageError("JSON Lines are validated without their documents; leave --texts out")
    if files:
        from conflictdata.formats.json_lines_folder import validate_line_files
        from conflictdata.text import named

        return validate_line_files(files, named(path), jobs=jobs or 1), []
    if jobs is not None:
        raise click.UsageError("--jobs is for a folder of JSON Lines; leave it out")
    if is_lines(path) and is_file(path):
        return _findings_of_lines(path), []
    records, findings = validate_path(path)
    if texts is not None:
        from conflictdata.analysis.digest_check import check_texts

        findings += check_texts(records, texts, lambda kind, record_id: _file(path, kind, record_id))
    remarks = []
    if records.release is not None and verify_release_claim(records).release is None:
        message = f"the dataset names release {records.release.version} but differs from it"
        remarks = [f"{message}, so it belongs to no release"]
    return sorted(findings, key=_in_order), remarks


def _findings_of_lines(path: Path) -> Iterator[Finding]:
    from conflictdata.formats.json_lines import validate_lines
    from conflictdata.text import named

    # Line by line, because there may be more of them than memory has room for.
    with reading(path) as stream:
        yield from validate_lines(stream, named(path))


def _in_order(finding: Finding) -> tuple[list[str | int], list[str | int], Finding]:
    """Sorts findings as a reader goes through a file: row 9 before row 10."""
    return _parts(finding.file), _parts(finding.pointer), finding


def _parts(text: str) -> list[str | int]:
    """Text and numbers in turn, the numbers as such."""
    return [int(part) if place % 2 else part for place, part in enumerate(re.split("([0-9]{1,18})", text))]


def _holds_separate_records(path: Path) -> bool:
    """Whether the rules between records could not be applied, because each record is validated alone."""
    from conflictdata.formats.json_document import holds_one_record
    from conflictdata.validate_path import is_lines, line_files

    return is_lines(path) or bool(line_files(path)) or (is_file(path) and holds_one_record(path))


def _file(path: Path, kind: str, record_id: str) -> str:
    """The file of a record: its own, or a file with many records."""
    own = path / f"{kind}s" / f"{record_id}.json"
    return str(own) if is_file(own) else f"{path}#{record_id}"
