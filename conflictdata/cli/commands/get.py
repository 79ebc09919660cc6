"""`conflictdata get`: a release into the cache, from a folder or a web server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from conflictdata.cli.commands.release_build import Version
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.output import say, talk
from conflictdata.cli.param_types import Hash, PathOr

if TYPE_CHECKING:
    from conflictdata.release.download import Progress


class _Place(PathOr):
    """A web address, or a folder."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not value:
            self.fail("an empty path names no folder", param, ctx)
        return str(value)


@click.command(cls=Command)
@click.argument("version", type=Version())
@click.option(
    "--from",
    "source",
    metavar="URL|DIR",
    type=_Place(),
    help="A web address or a folder that has the releases and their index.",
)
@click.option(
    "--sha256", metavar="HASH", type=Hash(), help="The hash that the zip must have, whatever the index there says."
)
@click.pass_context
def command(ctx: click.Context, version: str, source: str | None, sha256: str | None) -> None:
    """Fetch a release into the cache.

    VERSION is the version of a release. It comes from --from, or from where CONFLICTDATA_RELEASES says. It is kept
    only if its size and hash are those in the index there, and those that this package knows; then all in it is
    verified. It lies in the folder that CONFLICTDATA_CACHE names, or in the system's cache. A web address needs
    `conflictdata[get]`. A server has a minute for the index, and for the zip a minute and a second for every 10,000
    bytes; a zip of more than 2 GiB is not fetched, because none is read.

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
        raise click.UsageError(f"say with --from or {RELEASES} where the releases are")
    with _shown(version) as progress:
        path = fetch(version, where, sha256=sha256, progress=progress)
    findings = verify(path).findings
    for finding in findings:
        say(finding)
    talk(f"release {version} is in the cache; {len(findings)} faults")
    if not findings:
        say(path)
    ctx.exit(1 if findings else 0)


@contextmanager
def _shown(version: str) -> Iterator[Progress | None]:
    """A bar on stderr where that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=0, label=f"release {version}", file=sys.stderr) as bar:

        def tell(so_far: int, of: int) -> None:
            bar.length = of
            bar.update(so_far - bar.pos)

        yield tell
