"""`conflictdata release`: build a release, verify one, list those at hand."""

from __future__ import annotations

import click

from conflictdata.cli.lazy_group import Entry, LazyGroup

RELEASES = {
    "build": Entry("release_build", "Build a release, once and for ever.", "Releases"),
    "verify": Entry("release_verify", "Check every file, hash, count and reference of releases.", "Releases"),
    "list": Entry("release_list", "List the releases at hand.", "Releases"),
}
"""The commands on releases."""


@click.group(cls=LazyGroup, entries=RELEASES)
def command() -> None:
    """Build, verify and list releases.

    A release is a folder of files that never change once they are written, and a zip of it.

    \b
    Example:
      conflictdata release list
      conflictdata release verify releases
    """
