"""`conflictdata doctor`: what is installed, where its data comes from, and whether it is complete."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import FORM
from conflictdata.cli.output import many
from conflictdata.cli.table_output import print_table
from conflictdata.errors import ConflictDataError

Row = tuple[str, str, str]
"""What was checked, whether it is `ok`, `missing` or `wrong`, and the details."""

_DEVELOPMENT = ("all", "lint", "mutation", "slow", "test")
"""Extras that collect others, or that are for work on this project."""


@click.command("doctor", cls=Command)
@FORM
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """Print versions, where the data comes from, whether it is complete, and which extras are installed.

    The network is not used. The exit status is 1 if a required part is missing or damaged.

    \b
    Example:
      conflictdata doctor
      python -m conflictdata doctor --format json
    """
    rows = [*_rows()]
    print_table(("what", "state", "found"), rows, form)
    ctx.exit(1 if any(state == "wrong" for _, state, _ in rows) else 0)


def _rows() -> Iterator[Row]:
    import conflictdata
    from conflictdata.resources import PACKAGE, is_installed
    from conflictdata.schema.documents import VERSION

    kind = "an installed copy" if is_installed() else "a checkout"
    yield "conflictdata", "ok", f"{conflictdata.__version__}, schema {VERSION}"
    yield "Python", "ok", f"{platform.python_version()} on {platform.system()}"
    yield "package", "ok", f"{PACKAGE}, {kind}"
    yield _tried("data", _data)
    yield from _releases()
    yield _tried("cache", _cache)
    yield from _extras()


def _tried(what: str, found: Callable[[], str]) -> Row:
    try:
        return what, "ok", found()
    except ConflictDataError as error:
        return what, "wrong", str(error)


def _data() -> str:
    from conflictdata.loading import load_bundled
    from conflictdata.resources import PACKAGE, check_carried, releases_folder

    check_carried()
    records = load_bundled()
    live = [event for event in records.events if event.withdrawn is None]
    held = f"{many(len(live), 'event')}, {many(sum(len(event.claims) for event in live), 'claim')}"
    if records.release is None:
        return f"unreleased records in {PACKAGE}/records: {held}"
    return f"release {records.release.version} of {records.release.date} in {releases_folder()}: {held}"


def _releases() -> Iterator[Row]:
    """Each release that can be loaded; one that the package carries is held against the index."""
    from conflictdata.release.catalog import known_releases, listed_in
    from conflictdata.resources import releases_folder

    try:
        for known in known_releases():
            name = f"release {known.version}"
            listed = listed_in(releases_folder(), known.version) if known.where == "carried" else None
            wrong = listed is not None and _hash_of(known.path / "dataset.json") != listed.dataset
            message = (
                "is missing, or its hash differs from the index; install conflictdata again"
                if wrong
                else f"({known.where})"
            )
            yield name, "wrong" if wrong else "ok", f"{known.path} {message}"
    except ConflictDataError as error:
        yield "releases", "wrong", str(error)


def _hash_of(path: Path) -> str | None:
    import hashlib

    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _cache() -> str:
    from conflictdata.release.catalog import cache_folder

    folder = cache_folder()
    return f"{folder}{'' if folder.is_dir() else ', which is made by the first `conflictdata get`'}"


def _extras() -> Iterator[Row]:
    """Each extra with the versions of its libraries, as the package's own metadata names them."""
    try:
        needed = metadata.requires("conflictdata") or []
    except metadata.PackageNotFoundError:
        yield "extras", "ok", "not known, because the package was not installed by pip"
        return
    by_extra: dict[str, list[str]] = {}
    for requirement in needed:
        name = re.match(r"[A-Za-z0-9._-]+", requirement)
        named = re.search(r"""extra == ['"]([^'"]+)['"]""", requirement)
        if name and named and named[1] not in _DEVELOPMENT and name[0] != "conflictdata":
            by_extra.setdefault(named[1], []).append(name[0])
    for extra, libraries in sorted(by_extra.items()):
        versions = {library: _version_of(library) for library in libraries}
        state = "ok" if all(versions.values()) else "missing"
        advice = "" if state == "ok" else f"; run `pip install 'conflictdata[{extra}]'`"
        yield f"extra {extra}", state, _listed(versions.items()) + advice


def _version_of(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def _listed(versions: Iterable[tuple[str, str | None]]) -> str:
    return ", ".join(f"{library} {version or 'not installed'}" for library, version in versions)
