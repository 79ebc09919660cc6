"""`conflictdata release verify`: whether a release is what was released."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflictdata.atomic import is_file, is_taken, real_path
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import WHERE
from conflictdata.cli.output import many, say, talk
from conflictdata.findings import Severity

if TYPE_CHECKING:
    from conflictdata.findings import Finding


@click.command("verify", cls=Command)
@click.argument("what", required=False, type=WHERE)
@click.option("--rebuild", is_flag=True, help="Make every derived file anew from the dataset document and compare.")
@click.pass_context
def verify(ctx: click.Context, what: str | Path | None, rebuild: bool) -> None:
    """Check every file, hash, count and reference of releases.

    WHAT is a release as folder, zip or version, or a folder of releases with its index; without it, the folder
    `releases` here, or what the package carries. Every file that is altered, missing, added or renamed is named.
    Nothing is written or unpacked, and no network is asked. Exit status 1 if anything is wrong.

    \b
    Example:
      conflictdata release verify releases --rebuild
      conflictdata release verify conflictdata-2026.11.0.zip
    """
    place, version = _meant(what)
    wrong = 0
    for finding in _findings(place, version, rebuild=rebuild):
        wrong += finding.severity is Severity.ERROR
        say(finding)
    checked = place / version if version is not None else place
    talk(f"{many(wrong, 'fault')} in {checked}")
    for path in _absent(place, version):
        talk(f"{path} is not here, and was not checked")
    if isinstance(what, str) and is_taken(Path(what)) and real_path(Path(what)) != real_path(checked):
        talk(f"{what} is a release wherever it lies; to check what has that name here, write ./{what}")
    ctx.exit(1 if wrong else 0)


def _meant(what: str | Path | None) -> tuple[Path, str | None]:
    """What is to be checked: a release or a folder of releases, and if only one of those, its version."""
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
    from conflictdata.publishing.verify import verify as verify_release
    from conflictdata.publishing.verify_catalog import verify_shelf
    from conflictdata.resources import INDEX

    if is_file(place / INDEX):
        return verify_shelf(place, version, rebuild=rebuild)
    return verify_release(place, rebuild=rebuild).findings


def _absent(place: Path, version: str | None) -> Iterable[Path]:
    from conflictdata.errors import InvalidInput
    from conflictdata.publishing.verify_catalog import absent

    try:
        yield from absent(place, version)
    except InvalidInput:  # an index that cannot be read, which has been told
        return


command = verify
