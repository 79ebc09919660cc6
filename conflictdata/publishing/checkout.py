"""The checkout of the working folder, and what it lacks for a release."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from conflictdata import __version__
from conflictdata.atomic import is_file, is_folder
from conflictdata.errors import DataNotFound
from conflictdata.extras import is_installed
from conflictdata.findings import Code, Finding
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing.release_files import CHANGELOG
from conflictdata.publishing.release_notes import section
from conflictdata.release.version import is_maker
from conflictdata.resources import PACKAGE

_LIBRARIES = ("hatchling", "pyarrow", "geopandas")
"""The libraries that build the wheel and the files for other programs."""


def find_checkout(here: Path) -> Path:
    """The checkout of this project that contains a folder; its own code must be running. Raises `DataNotFound`.

    With a package installed from elsewhere, the records of another checkout would be released.
    """
    for folder in (here.resolve(), *here.resolve().parents):
        if is_file(folder / "pyproject.toml") and is_folder(folder / "conflictdata" / "records"):
            if folder != (own := Path(PACKAGE).parent):
                runs = f"the conflictdata that runs is in {own}, not in the checkout {folder}"
                raise DataNotFound(f"{runs}; run `python -m conflictdata` in {folder}, or `pip install -e .` there")
            return folder
    raise DataNotFound(f"{here} is in no checkout of conflictdata; go to one, or give a folder with --records")


def missing(checkout: Path, version: str, stage: ReleaseStage) -> Iterator[Finding]:
    """Findings for what must be done in a checkout before it can give a release of that version."""
    log = checkout / CHANGELOG
    if not section(log.read_text(encoding="utf-8"), version):
        message = f"there is no text under a heading `## {version}`; write what is new in this release"
        yield Finding(str(log), "", Code.NOT_READY, message)
    final = stage is ReleaseStage.FINAL
    if not is_maker(__version__, version, final=final):
        wanted = f'"{version}"' if final else f'"{version}rc1", or another rc'
        message = f"`__version__` is {__version__}, but it names the wheel of the release; write {wanted}"
        yield Finding(str(checkout / "conflictdata" / "__init__.py"), "", Code.NOT_READY, message)
    lacking = [library for library in _LIBRARIES if not is_installed(library)]
    if lacking:
        message = f"not installed: {', '.join(lacking)}; run `pip install -e '.[release]'` in the checkout"
        yield Finding(str(checkout), "", Code.NOT_READY, message)
