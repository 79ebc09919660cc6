"""The files of a release compared with its list of hashes: altered, missing, renamed and added files."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding, not_as_released
from conflictdata.release.archive import FileSet
from conflictdata.release.checksums import SUMS


@dataclass(slots=True)
class Held:
    """The files with the listed hash: the sizes of all, and the bytes of those that are looked into."""

    sizes: dict[str, int] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def hashed(files: FileSet, sums: Mapping[str, str], wanted: Collection[str]) -> tuple[Held, list[Finding]]:
    """The correct files, with the bytes of the `wanted` ones, and the findings."""
    held = Held()
    findings: list[Finding] = []
    there = set(files.paths) - {SUMS}
    strangers: dict[str, str] = {}
    for path in sorted(there):
        keep = path in sums and path in wanted
        try:
            found, size, data = _read(files, path, keep=keep)
        except InvalidInput as refused:
            findings.append(refused.finding)
            continue
        if path not in sums:
            strangers[path] = found
        elif found == sums[path]:
            held.sizes[path] = size
            held.files |= {path: data} if keep else {}
        else:
            altered = f"the file was changed, because its hash differs from {SUMS}"
            findings.append(not_as_released(f"{files.label}/{path}", Code.FILE_ALTERED, altered))
    missing = {path: sums[path] for path in sums.keys() - there}
    return held, [*findings, *_displaced(files.label, missing, strangers)]


def _read(files: FileSet, path: str, *, keep: bool) -> tuple[str, int, bytes]:
    """A file's hash and size, and its bytes if they are to be kept; other bytes are not held in memory."""
    digest = hashlib.sha256()
    pieces: list[bytes] = []
    size = 0
    for piece in files.chunks(path):
        digest.update(piece)
        size += len(piece)
        if keep:
            pieces.append(piece)
    return digest.hexdigest(), size, b"".join(pieces)


def _displaced(label: str, missing: Mapping[str, str], strangers: Mapping[str, str]) -> Iterator[Finding]:
    """Findings for renamed files, and for files that the release does not list."""
    by_hash: dict[str, deque[str]] = {}
    for path, found in sorted(strangers.items()):
        by_hash.setdefault(found, deque()).append(path)
    for path in sorted(missing):
        name = f"{label}/{path}"
        if same := by_hash.get(missing[path]):
            yield Finding(name, "", Code.FILE_RENAMED, f"the file is now named {same.popleft()}; rename it")
        else:
            yield not_as_released(name, Code.FILE_MISSING, "the file is missing")
    for path in sorted(path for left in by_hash.values() for path in left):
        yield Finding(f"{label}/{path}", "", Code.FILE_ADDED, "the file is not part of the release; move it elsewhere")
