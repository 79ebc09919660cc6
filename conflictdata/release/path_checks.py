"""The paths of the files in a folder or archive: which are safe on every system, alone and beside each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from conflictdata.findings import Code, Finding
from conflictdata.text import quote

MAX_PATH = 200
"""The most UTF-8 bytes in a path, which leaves room for a folder around it within the limit of Windows."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?: *\..*)?", re.IGNORECASE)
_FORBIDDEN = frozenset('<>:"|?*\\')
_ARCHIVES = (".7z", ".bz2", ".gz", ".jar", ".rar", ".tar", ".tbz", ".tgz", ".txz", ".whl", ".xz", ".zip", ".zst")


def unsafe(path: str) -> str | None:
    """Why a relative path with slashes is unsafe; None if it is safe."""
    if path.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", path):
        return "it is absolute"
    if len(path.encode(errors="surrogatepass")) > MAX_PATH:
        return f"it is longer than {MAX_PATH} bytes"
    for part in path.split("/"):
        if part == "..":
            return "it leads out of its folder"
        if part in ("", "."):
            return "one of its parts is empty or a dot"
        if part[-1] in " ." or part[0] == " ":
            return "a part of it begins or ends with a space, or ends with a dot"
        if _RESERVED.fullmatch(part):
            return "Windows reserves the name"
    if odd := next((c for c in path if c in _FORBIDDEN or unicodedata.category(c)[0] == "C"), None):
        return f"it contains U+{ord(odd):04X}, which not every system allows"
    return None


def check_paths(paths: Iterable[str], within: str) -> Iterator[Finding]:
    """The findings for the paths of one folder or archive, each alone and compared with each other."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        if why := unsafe(path):
            yield Finding(
                within, "", Code.UNSAFE_PATH, f"the path {quote(path)} is unsafe, because {why}; rename the file"
            )
            continue
        if path.lower().endswith(_ARCHIVES):
            yield Finding(within, "", Code.NESTED_ARCHIVE, f"{quote(path)} is an archive inside the archive; remove it")
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
                message = f"{quote(path)} occurs twice; remove one"
            elif f"{path}/".startswith(f"{clash}/"):
                message = f"{quote(clash)} is both a file and a folder; rename one"
            else:
                message = f"{quote(path)} and {quote(clash)} are the same path on some systems; rename one"
            yield Finding(within, "", Code.CLASHING_PATHS, message)


def _folded(path: str) -> str:
    """A key that is equal for paths which some systems do not distinguish, by case or Unicode form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())
