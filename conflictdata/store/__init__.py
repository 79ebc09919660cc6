"""From a folder, a file or what the package carries to records, judged on the way where they are not our own."""

from __future__ import annotations

from conflictdata.store.folder import format_folder, judge_folder
from conflictdata.store.judging import judge_bytes, judge_lines
from conflictdata.store.loading import FaultyData, judge_path, load, load_bundled, load_path

__all__ = [
    "FaultyData",
    "format_folder",
    "judge_bytes",
    "judge_folder",
    "judge_lines",
    "judge_path",
    "load",
    "load_bundled",
    "load_path",
]
