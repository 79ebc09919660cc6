"""`SHA256SUMS`: the hash of every file of a release, as `sha256sum -c` reads it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding, not_as_released
from conflictdata.release.archive import FileSet, read
from conflictdata.release.path_checks import check_paths
from conflictdata.text import quote

SUMS = "SHA256SUMS"
MAX_SUMS = 4 << 20
"""The largest list of hashes, 4 MiB."""

_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")


def sums_of(hashes: Mapping[str, str]) -> bytes:
    """The file for hashes by path: hash, two spaces, path, in order of path."""
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode()


def read_sums(files: FileSet) -> dict[str, str]:
    """The hashes by path in the release's own list; `InvalidInput` if the list is not well formed."""
    name = f"{files.label}/{SUMS}"
    if SUMS not in files.paths:
        raise InvalidInput(Finding(name, "", Code.FILE_MISSING, _missing(files.paths)))
    try:
        text = read(files, SUMS, MAX_SUMS).decode("ascii")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            Finding(name, "", Code.ENCODING, "the list of hashes is not ASCII; fetch the release again", error.start)
        ) from error
    if not text:
        raise InvalidInput(not_as_released(name, Code.EMPTY_INPUT, "the list of hashes is empty"))
    hashes: dict[str, str] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        found = _LINE.fullmatch(line)
        if found is None or found[2] in hashes or found[2] == SUMS:
            twice = "the list contains itself" if found and found[2] == SUMS else "the path occurs twice"
            wrong = twice if found else "expected a hash of 64 lower-case digits, two spaces and a path"
            raise InvalidInput(not_as_released(f"{name}:{number}", Code.BAD_FORMAT, wrong))
        hashes[found[2]] = found[1]
    for finding in check_paths(hashes, name):
        raise InvalidInput(finding)
    return hashes


def _missing(paths: Iterable[str]) -> str:
    """The finding for a missing list of hashes. Some programs add another folder beside the packed one."""
    deeper = next((path for path in paths if path.endswith(f"/{SUMS}")), None)
    if deeper is None:
        return "the list of hashes is missing, so this is not a release; give the folder or zip of a release"
    folder = quote(deeper.removesuffix(f"/{SUMS}"))
    return f"the list of hashes is in the folder {folder}; give that folder"


def sha256_of(chunks: Iterator[bytes]) -> tuple[str, int]:
    """The SHA-256 of the chunks, and their number of bytes."""
    digest = hashlib.sha256()
    size = 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def read_listed(files: FileSet, path: str, hashes: Mapping[str, str]) -> bytes:
    """The bytes of a file in the release's list; `InvalidInput` if they have another hash."""
    name = f"{files.label}/{path}"
    if path not in hashes or path not in files.paths:
        raise InvalidInput(not_as_released(name, Code.FILE_MISSING, "the file is missing"))
    data = read(files, path)
    if hashlib.sha256(data).hexdigest() != hashes[path]:
        raise InvalidInput(
            not_as_released(name, Code.FILE_ALTERED, f"the file was changed, because its hash differs from {SUMS}")
        )
    return data
