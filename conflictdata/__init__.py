"""conflictdata: the war against Islamic State in Syria and Iraq, 2014-2017, every number traced to who said it."""

from __future__ import annotations

__version__ = "2026.11.0.dev0"

TYPE_CHECKING = False  # importing typing would cost more than the rest of this module
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

    from conflictdata.dataset import Dataset
    from conflictdata.errors import ConflictDataError
    from conflictdata.findings import Finding
    from conflictdata.model import Actor, Claim, Event, Place, PlacedClaim, Records, Relation, Release, Source

__all__ = [
    "Actor",
    "Claim",
    "ConflictDataError",
    "Dataset",
    "Event",
    "Finding",
    "Place",
    "PlacedClaim",
    "Records",
    "Relation",
    "Release",
    "Source",
    "__version__",
    "load",
]

_HOMES = {
    "ConflictDataError": "conflictdata.errors",
    "Dataset": "conflictdata.dataset",
    "Finding": "conflictdata.findings",
}


def load(path: str | PathLike[str] | None = None) -> Dataset:
    """The dataset: the one that the package carries, or that of a folder, file or release elsewhere.

    Records from elsewhere are judged as they are read; those with faults raise a `ConflictDataError` that names them.
    """
    from pathlib import Path

    from conflictdata.dataset import Dataset
    from conflictdata.store import load_bundled, load_path

    return Dataset(load_bundled() if path is None else load_path(Path(path)))


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
