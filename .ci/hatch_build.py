"""Lists in a wheel what it has to carry, so that the package knows at run time whether it is whole."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "conflictdata/"
RECORDS = tuple(f"records/{kind}/" for kind in ("sources", "actors", "places", "events"))


class Listing(BuildHookInterface[Any]):
    """Writes `_carried.json`: the SHA-256 of each data file, and of each folder of records how many there are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the list to a wheel; an editable install reads the checkout and has none."""
        if version == "editable":
            return
        files: dict[str, str] = {}
        folders: dict[str, dict[str, str]] = {name.rstrip("/"): {} for name in RECORDS}
        for included in self.build_config.builder.recurse_included_files():
            name = included.distribution_path.replace("\\", "/").removeprefix(PACKAGE)
            if not name.endswith((".py", ".pyc")):
                sha256 = hashlib.sha256(Path(included.path).read_bytes()).hexdigest()
                folder, _, file = name.rpartition("/")
                (folders[folder] if folder in folders and file.endswith(".json") else files)[name] = sha256
        listing = {"files": dict(sorted(files.items())), "folders": {k: summary(v) for k, v in folders.items()}}
        self.written = Path(tempfile.mkstemp(suffix=".json")[1])
        self.written.write_text(json.dumps(listing, indent=0) + "\n", encoding="utf-8", newline="\n")
        self.written.chmod(0o644)
        build_data["force_include"][str(self.written)] = f"{PACKAGE}_carried.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what the build has taken in."""
        if version != "editable":
            self.written.unlink()


def summary(hashes: dict[str, str]) -> tuple[int, str]:
    """How many files a folder has, and one hash of their names and hashes."""
    lines = (f"{hashes[name]}  {name.rpartition('/')[2]}\n" for name in sorted(hashes))
    return len(hashes), hashlib.sha256("".join(lines).encode()).hexdigest()
