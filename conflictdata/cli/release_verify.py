"""`conflictdata release verify`: whether a release is what was released."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflictdata.cli.options import WHERE
from conflictdata.cli.terminal import many, say, talk

if TYPE_CHECKING:
    from conflictdata.findings import Finding


@click.command("verify")
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
    wrong = 0
    for finding in _findings(what, rebuild=rebuild):
        wrong += 1
        say(finding)
    talk(many(wrong, "fault"))
    ctx.exit(1 if wrong else 0)


def _findings(what: str | Path | None, *, rebuild: bool) -> Iterator[Finding]:
    from conflictdata.release.shelf import verify_shelf
    from conflictdata.release.verifying import verify as verify_release
    from conflictdata.resources import releases_folder
    from conflictdata.store.released import path_of
    from conflictdata.store.shelves import INDEX, listed_in

    here = Path("releases") if Path("releases", INDEX).is_file() else releases_folder()
    if what is None:
        yield from verify_shelf(here, rebuild=rebuild)
    elif isinstance(what, Path):
        if (what / INDEX).is_file():
            yield from verify_shelf(what, rebuild=rebuild)
        else:
            yield from verify_release(what, rebuild=rebuild).findings
    elif listed_in(here, what):
        yield from verify_shelf(here, what, rebuild=rebuild)
    else:
        yield from verify_release(path_of(what), rebuild=rebuild).findings


command = verify
