"""Which paths a file may have inside a release, so that it can be one on every system and leads nowhere else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from conflictdata.findings import Code, Finding

MAX_PATH = 200
"""Bytes of UTF-8 in a path, so that a folder around it leaves room within what Windows allows."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?: *\..*)?", re.IGNORECASE)
_FORBIDDEN = frozenset('<>:"|?*\\')
_ARCHIVES = (".7z", ".bz2", ".gz", ".jar", ".rar", ".tar", ".tbz", ".tgz", ".txz", ".whl", ".xz", ".zip", ".zst")


def unsafe(path: str) -> str | None:
    """Why a relative path with slashes cannot be used, in words, or None where it can."""
    if path.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", path):
        return "it is absolute"
    if len(path.encode(errors="surrogatepass")) > MAX_PATH:
        return f"it is longer than {MAX_PATH} bytes"
    for part in path.split("/"):
        if part == "..":
            return "it leads out of its folder"
        if part in ("", "."):
            return "one of its parts is empty, or a dot"
        if part[-1] in " ." or part[0] == " ":
            return "a part of it begins or ends with a space, or ends with a dot"
        if _RESERVED.fullmatch(part):
            return "Windows reserves the name"
    if odd := next((c for c in path if c in _FORBIDDEN or unicodedata.category(c)[0] == "C"), None):
        return f"it holds U+{ord(odd):04X}, which cannot be part of a name everywhere"
    return None


def check_paths(paths: Iterable[str], within: str) -> Iterator[Finding]:
    """What is wrong with the paths of the files of one folder or archive, taken alone and beside one another."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        if why := unsafe(path):
            yield Finding(within, "", Code.UNSAFE_PATH, f"the path {shown(path)} cannot be used: {why}")
            continue
        if path.lower().endswith(_ARCHIVES):
            yield Finding(within, "", Code.NESTED_ARCHIVE, f"{shown(path)} is an archive inside this one")
        parts = path.split("/")
        above = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
        others = [files.get(_folded(path)), folders.get(_folded(path))]
        others += [files.get(_folded(folder)) for folder in above]
        others += [other for folder in above if (other := folders.get(_folded(folder), folder)) != folder]
        files.setdefault(_folded(path), path)
        for folder in above:
            folders.setdefault(_folded(folder), folder)
        if clash := next(filter(None, others), None):
            if clash == path and others[0]:
                said = f"{shown(path)} stands twice"
            elif f"{path}/".startswith(f"{clash}/"):
                said = f"{shown(clash)} is a file and a folder at once"
            else:
                said = f"{shown(path)} and {shown(clash)} are one path on some systems"
            yield Finding(within, "", Code.CLASHING_PATHS, said)


def shown(path: str) -> str:
    """A path as it may be printed: quoted and short, with nothing in it that could steer a terminal."""
    cut = path if len(path) <= 80 else path[:77] + "..."
    return '"' + "".join(c if c.isprintable() else f"\\u{{{ord(c):04X}}}" for c in cut) + '"'


def _folded(path: str) -> str:
    """What paths have in common that a system which ignores case or Unicode form cannot tell apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())
