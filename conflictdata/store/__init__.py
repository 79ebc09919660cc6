"""From a folder, a file or what the package carries to records, judged on the way where they are not our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conflictdata.store.opening import load, load_bundled, load_trusted

if TYPE_CHECKING:
    from conflictdata.store.document import judge_dataset
    from conflictdata.store.folder import judge_folder
    from conflictdata.store.formatting import format_folder
    from conflictdata.store.judging import judge_bytes
    from conflictdata.store.lines import judge_lines
    from conflictdata.store.loading import FaultyData, judge_path, load_path

__all__ = [
    "FaultyData",
    "format_folder",
    "judge_bytes",
    "judge_dataset",
    "judge_folder",
    "judge_lines",
    "judge_path",
    "load",
    "load_bundled",
    "load_path",
    "load_trusted",
]

_HOMES = {
    "FaultyData": "loading",
    "format_folder": "formatting",
    "judge_bytes": "judging",
    "judge_dataset": "document",
    "judge_folder": "folder",
    "judge_lines": "lines",
    "judge_path": "loading",
    "load_path": "loading",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    # What judges is loaded where something is judged: records that the package carries need none of it.
    return getattr(import_module(f"conflictdata.store.{_HOMES[name]}"), name)
