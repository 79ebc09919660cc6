"""`conflictdata release`: build, verify and list releases."""

from __future__ import annotations

import click

from conflictdata.cli.lazy_group import Entry, LazyGroup

RELEASES = {
    "plan": Entry("release_plan", "List what the next release changes, and prepare its reasons.", "Releases"),
    "build": Entry("release_build", "Build a release; a release is never changed later.", "Releases"),
    "verify": Entry("release_verify", "Check every file, hash, count and reference of releases.", "Releases"),
    "list": Entry("release_list", "List the releases that can be loaded.", "Releases"),
}
"""The commands on releases."""


@click.group(cls=LazyGroup, entries=RELEASES)
def command() -> None:
    """Plan, build, verify and list releases.

    A release is a folder of files, and a zip of it, that are never changed after they are written.

    \b
    Example:
      conflictdata release list
      conflictdata release verify releases
    """
