"""`conflictdata get`: download a release, from a web server or a folder, into the cache."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from conflictdata.atomic import expand_home
from conflictdata.cli.commands.release_build import Version
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.output import many, say, talk
from conflictdata.cli.param_types import Hash, PathOr

if TYPE_CHECKING:
    from conflictdata.release.download import Progress


class _Place(PathOr):
    """A web address, or a folder."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not value:
            self.fail("the path is empty; give a web address or a folder", param, ctx)
        return expand_home(str(value))


@click.command(cls=Command)
@click.argument("version", type=Version())
@click.option(
    "--from",
    "source",
    metavar="URL|DIR",
    type=_Place(),
    help="Web address or folder with the releases and their index.",
)
@click.option("--sha256", metavar="HASH", type=Hash(), help="SHA-256 that the zip file must have.")
@click.pass_context
def command(ctx: click.Context, version: str, source: str | None, sha256: str | None) -> None:
    """Download a release.

    VERSION is a release version such as 2026.11.0. It is taken from --from, else from the address or folder in the
    environment variable CONFLICTDATA_RELEASES. Its size and hash are checked against the index, and every file in it
    is verified. It is stored in the folder in CONFLICTDATA_CACHE, else in the cache folder of the system. A web address
    needs `conflictdata[get]`. Time limits: one minute for the index; for the zip one minute, and one second more for
    every 10,000 bytes. A zip of more than 2 GiB is refused.

    \b
    Example:
      conflictdata get 2026.11.0 --from ../releases
    """
    from conflictdata.publishing.verify import verify
    from conflictdata.release.catalog import configured
    from conflictdata.release.download import fetch
    from conflictdata.resources import RELEASES

    where = source or configured()
    if where is None:
        raise click.UsageError(f"no place of releases is given; add --from, or set {RELEASES}")
    with _progress_bar(version) as progress:
        path = fetch(version, where, sha256=sha256, progress=progress, announce=talk)
    findings = verify(path).findings
    for finding in findings:
        say(finding)
    talk(f"release {version} is in the cache: {many(len(findings), 'error')}")
    if not findings:
        say(path)
    ctx.exit(1 if findings else 0)


@contextmanager
def _progress_bar(version: str) -> Iterator[Progress | None]:
    """A bar on stderr where that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=0, label=f"release {version}", file=sys.stderr) as bar:

        def tell(so_far: int, of: int) -> None:
            bar.length = of
            bar.update(so_far - bar.pos)

        yield tell
