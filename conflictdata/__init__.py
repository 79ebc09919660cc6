"""conflictdata: the war against Islamic State in Syria and Iraq, 2014-2017, every number traced to who said it."""

from __future__ import annotations

__version__ = "2026.12.0.dev0"

TYPE_CHECKING = False  # importing typing would cost more than the rest of this module
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

    from conflictdata.dataset import Dataset
    from conflictdata.errors import ConflictDataError
    from conflictdata.findings import Finding
    from conflictdata.model import Actor, Claim, Event, EventClaim, Place, Records, Relation, Release, Source
    from conflictdata.release.catalog import KnownRelease

__all__ = [
    "Actor",
    "Claim",
    "ConflictDataError",
    "Dataset",
    "Event",
    "EventClaim",
    "Finding",
    "KnownRelease",
    "Place",
    "Records",
    "Relation",
    "Release",
    "Source",
    "__version__",
    "load",
    "releases",
]

_HOMES = {
    "ConflictDataError": "conflictdata.errors",
    "Dataset": "conflictdata.dataset",
    "Finding": "conflictdata.findings",
    "KnownRelease": "conflictdata.release.catalog",
}


def load(what: str | PathLike[str] | None = None) -> Dataset:
    """The dataset that the package carries, a released version such as "2026.11.0", or that of a folder, file or zip.

    Records from elsewhere are judged as they are read; those with faults raise a `ConflictDataError` that names them.
    A copy of a release that was edited belongs to no release. A file that holds one record is a dataset of that alone,
    in which what it refers to is not known.
    """
    from conflictdata.dataset import Dataset
    from conflictdata.loading import load as load_records

    return Dataset(load_records(what))


def releases() -> tuple[KnownRelease, ...]:
    """The releases at hand, in order of version: carried by the package, in a configured folder, or in the cache."""
    from conflictdata.release.catalog import known_releases

    return known_releases()


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    # Nothing heavy is loaded before a name of it is used.
    value = getattr(import_module(_HOMES.get(name, "conflictdata.model")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
