"""`conflictdata release verify`: check that releases are unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflictdata.atomic import is_file, is_taken, real_path
from conflictdata.cli.finding_output import print_findings
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import FORM, WHERE
from conflictdata.cli.output import many, talk
from conflictdata.findings import Severity

if TYPE_CHECKING:
    from conflictdata.findings import Finding


@click.command("verify", cls=Command)
@click.argument("what", required=False, type=WHERE)
@click.option("--rebuild", is_flag=True, help="Also make every derived file again and compare.")
@FORM
@click.pass_context
def command(ctx: click.Context, what: str | Path | None, rebuild: bool, form: str) -> None:
    """Check every file, hash, count and reference of releases.

    WHAT is a release (folder, zip or version), or a folder of releases with its index. Default: the folder `releases`
    here, else the releases in the package. Each changed, missing, added or renamed file is listed. Nothing is written,
    and the network is not used. With --rebuild, Parquet files and databases may differ in bytes but not in what they
    hold; files that cannot be made again here are named in a warning. The exit status is 1 if anything is wrong.

    \b
    Example:
      conflictdata release verify releases --rebuild
      conflictdata release verify conflictdata-2026.11.0.zip
    """
    place, version = _target(what)
    wrong = print_findings(_findings(place, version, rebuild=rebuild), form)[Severity.ERROR]
    checked = place / version if version is not None else place
    talk(f"{many(wrong, 'error')} in {checked}")
    for path in _absent(place, version):
        talk(f"{path} is not here and was not checked")
    if isinstance(what, str) and is_taken(Path(what)) and real_path(Path(what)) != real_path(checked):
        talk(f"{what} was read as a release version; to check the file or folder of that name here, write ./{what}")
    ctx.exit(1 if wrong else 0)


def _target(what: str | Path | None) -> tuple[Path, str | None]:
    """What to check: a release, or a folder of releases and optionally one version in it."""
    from conflictdata.loading import path_of
    from conflictdata.release.catalog import listed_in
    from conflictdata.resources import INDEX, releases_folder

    here = Path("releases") if is_file(Path("releases", INDEX)) else releases_folder()
    if isinstance(what, Path):
        return what, None
    if what is None or listed_in(here, what):
        return here, what
    return path_of(what), None


def _findings(place: Path, version: str | None, *, rebuild: bool) -> Iterable[Finding]:
    from conflictdata.publishing.verify import verify
    from conflictdata.publishing.verify_catalog import verify_releases
    from conflictdata.resources import INDEX

    if is_file(place / INDEX):
        return verify_releases(place, version, rebuild=rebuild)
    return verify(place, rebuild=rebuild).findings


def _absent(place: Path, version: str | None) -> Iterable[Path]:
    from conflictdata.errors import InvalidInput
    from conflictdata.publishing.verify_catalog import absent

    try:
        yield from absent(place, version)
    except InvalidInput:  # an index that cannot be read has been reported
        return
