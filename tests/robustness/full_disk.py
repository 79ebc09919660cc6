"""Writes onto disks that are too small, for real: python -m tests.robustness.full_disk

Each disk is a small file system in memory, in a mount namespace of its own, which Linux lets any user make.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from tests.support.calling import PROGRAM, ROOT
from tests.support.releases import records_folder

KIB = (4, 16, 64, 128, 256, 512, 1024, 2048, 4096, 8192)
"""The sizes of the disks; the smallest has room for nothing, the largest for everything."""

Words = Callable[[Path], list[str]]

BUILD = ("2091.1.0", "--date", "2091-01-01", "--stage", "final")


def writers(records: Path) -> dict[str, Words]:
    """What writes, onto a disk at that path; the release is of these records."""
    release = ["release", "build", *BUILD, "--records", str(records), "--first", "--no-views"]
    return {
        "export json": lambda disk: ["export", "json", "-o", f"{disk}/out.json"],
        "export csv": lambda disk: ["export", "csv", "-o", f"{disk}/out.csv"],
        "export acled": lambda disk: ["export", "acled", "-o", f"{disk}/out.csv", "--skipped", f"{disk}/skipped.csv"],
        "export tables": lambda disk: ["export", "tables", "-o", f"{disk}/tables"],
        "new": lambda disk: ["new", "event", "-o", f"{disk}/event.json"],
        "release build": lambda disk: [*release, "--into", f"{disk}/releases"],
        "get": lambda disk: ["get", "2026.11.0", "--from", str(ROOT / "releases")],
    }


def files_on(disk: Path) -> dict[str, bytes]:
    """Every file by its path."""
    return {str(path.relative_to(disk)): path.read_bytes() for path in sorted(disk.rglob("*")) if path.is_file()}


def wrong(disk: Path, words: list[str], whole: dict[str, bytes]) -> Iterator[str]:
    """What is not as it should be after writing onto a disk that may be too small, over files that were there."""
    before = files_on(disk)
    env = os.environ | {"CONFLICTDATA_CACHE": str(disk / "cache")}
    done = subprocess.run([*PROGRAM, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    after = files_on(disk)
    if "Traceback" in done.stderr or done.returncode not in (0, 1):
        yield f"status {done.returncode}: {done.stderr[-500:]}"
    if left := [name for name in after if ".conflictdata-" in name or name.endswith((".tmp", ".part"))]:
        yield f"left behind: {left}"
    if half := [name for name, data in after.items() if data not in (before.get(name), whole.get(name))]:
        yield f"neither the old nor the new: {half}"
    if done.returncode == 0 and set(whole) - set(after):
        yield f"said to be done, and is not there: {sorted(set(whole) - set(after))}"
    if done.returncode == 1 and "No space left on device" not in done.stderr:
        yield f"no clear message: {done.stderr!r}"


def tried(words: Words, kib: int, old: bool, whole: dict[str, bytes]) -> tuple[bool, list[str]]:
    """Whether there was no room, and what is not as it should be, of one writer on one disk."""
    with tempfile.TemporaryDirectory() as place:
        disk = Path(place)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "none", place], check=True)
        try:
            with suppress(OSError):  # where there is no room for the old files either, some of them are there
                for path in whole if old else ():
                    (disk / path).parent.mkdir(exist_ok=True)
                    (disk / path).write_bytes(b"old")
            found = list(wrong(disk, words(disk), whole))
            return files_on(disk) != whole, found
        finally:
            subprocess.run(["umount", place], check=True)


def inside(records: Path) -> int:
    """Try every writer on every disk, empty and with old files on it; print what is wrong, and how many were tried."""
    writes = refused = failed = 0
    for name, words in writers(records).items():
        with tempfile.TemporaryDirectory() as ample:
            env = os.environ | {"CONFLICTDATA_CACHE": f"{ample}/cache"}
            subprocess.run([*PROGRAM, *words(Path(ample))], cwd=ROOT, env=env, capture_output=True, check=True)
            whole = files_on(Path(ample))
        for kib in KIB:
            for old in (False, True) if name.startswith("export") else (False,):
                no_room, found = tried(words, kib, old, whole)
                writes, refused, failed = writes + 1, refused + no_room, failed + bool(found)
                for what in found:
                    sys.stdout.write(f"{name}, {kib} KiB{', old files' if old else ''}: {what}\n")
    told = f"{writes} writes onto small disks, {refused} refused for want of room, {failed} not as they should be\n"
    sys.stdout.write(told)
    return 1 if failed or not 0 < refused < writes else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Do it in a mount namespace, where no other process sees the disks."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.full_disk", description=__doc__)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    if parser.parse_args(arguments).inside:
        with tempfile.TemporaryDirectory() as home:
            return inside(records_folder(Path(home)))
    unshare = shutil.which("unshare")
    if unshare is None:
        parser.error("this needs Linux with unshare, of util-linux")
    return subprocess.run(
        [unshare, "-rm", sys.executable, "-m", "tests.robustness.full_disk", "--inside"], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
