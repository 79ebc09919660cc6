"""Runs the cases of tests/cases: python -m tests.inputs [--fresh] [AREA ...]; see tests/cases/README.md."""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import chdir
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from conflictdata.cli import main as program
from tests.support.calling import ROOT
from tests.support.processes import Ended, fresh

CASES = ROOT / "tests" / "cases"
INPUTS = CASES / "inputs"
INVALID = CASES / "invalid"
VALID = CASES / "valid"
BASES = {
    "records": VALID / "exampleton",
    "tables": ROOT / "tests" / "golden" / "tables",
    "releases": VALID / "releases",
    "release": VALID / "releases" / "2016.7.0",
    "archive": VALID / "releases" / "conflictdata-2016.7.0.zip",
}
"""The valid input that a case can change, by the names that case.json uses."""
SUMS = "SHA256SUMS"
MAX_SECONDS = 1.0
"""Seconds of processor time that a case may take in a process of its own."""
MAX_BYTES = 256 << 20
"""Bytes of memory that a case may use in a process of its own."""

Found = tuple[str, str, str]
"""A finding: its file, its place and its code."""
Run = Callable[[Sequence[str], Path, Mapping[str, str]], Ended]

_FINDING = re.compile(
    r"(?:(?:Error|error|warning): )?(?P<file>.*?):(?P<place>/.*?|@[0-9]+): "
    r"(?:(?:error|warning): (?P<code>[a-z-]+): |.*\[(?P<bracketed>[a-z-]+)\]$)"
)
_NAME_AND_FORM = {("", "/id", "wrong-file-name"), ("", "", "not-canonical")}
"""Not looked at in `invalid/`: a file is named for its fault there, and need not be in canonical form."""


@dataclass(frozen=True)
class Case:
    """A command, its input, and what has to come of it."""

    area: str
    name: str
    command: str
    exit: int
    findings: tuple[Found, ...]
    own: Path | None = None
    base: str | None = None
    without: tuple[str, ...] = ()
    replace: tuple[Mapping[str, str], ...] = ()
    make: tuple[Mapping[str, Any], ...] = ()
    rehash: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The area and the name."""
        return f"{self.area}/{self.name}"


def cases() -> list[Case]:
    """Every case, in order of area and name."""
    return [*_inputs(), *_invalid(), *_valid()]


def _inputs() -> Iterator[Case]:
    for path in sorted(INPUTS.glob("*/*/case.json")):
        case = json.loads(path.read_bytes())
        own = [other for other in path.parent.iterdir() if other != path]
        yield Case(
            area=path.parts[-3],
            name=path.parts[-2],
            command=case["command"],
            exit=case["exit"],
            findings=tuple((one["file"], one["place"], one["code"]) for one in case["findings"]),
            own=own[0] if own else None,
            base=case.get("base"),
            without=tuple(case.get("without", ())),
            replace=tuple(case.get("replace", ())),
            make=tuple(case.get("make", ())),
            rehash=tuple(case.get("rehash", ())),
        )


def _invalid() -> Iterator[Case]:
    places = {row["file"]: row["place"] for row in _table(INVALID / "places.csv")}
    severity = {row["code"]: row["severity"] for row in _table(ROOT / "schema" / "codelists" / "finding-codes.csv")}
    for path in sorted(INVALID.glob("*/*.json")):
        code, name = path.parent.name, f"{path.parent.name}/{path.name}"
        # A single record has an error besides, because its file is not named for it.
        exit_status = 0 if severity[code] == "warning" and path.name.endswith(".dataset.json") else 1
        yield Case("invalid", name, "validate {}", exit_status, (("", places[name], code),), path)


def _valid() -> Iterator[Case]:
    for path in sorted((VALID / "documents").iterdir()):
        yield Case("valid", path.name, "validate {}", 0, (), path)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def lay_out(case: Case, home: Path) -> Path:
    """Put the input of the case into `home`; the path that stands for `{}` in its command."""
    base = BASES[case.base] if case.base else None
    made = [Path(one["path"]) for one in case.make]
    suffix = base.suffix if base and base.is_file() else ""
    target = home / (case.own.name if case.own else made[0].parts[0] if made else f"input{suffix}")
    if base:
        _copy(base, target)
    for name in case.without:
        (target / name).unlink()
    for one in case.replace:
        content, old = (target / one["file"]).read_bytes(), one["old"].encode()
        assert content.count(old) == 1, f"{case.id}: {one['file']} does not hold {one['old']!r} once"
        (target / one["file"]).write_bytes(content.replace(old, one["new"].encode()))
    if case.own:
        _copy(case.own, target)
    for path, one in zip(made, case.make, strict=True):
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        text = one.get("start", "") + one.get("repeat", "") * one.get("times", 1) + one.get("end", "")
        (home / path).write_bytes(text.encode())
    for name in case.rehash:
        rehash(target / name)
    return target


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)


def rehash(listing: Path) -> None:
    """Put the sizes and hashes that the files now have into a manifest or a SHA256SUMS."""
    line = r"(?m)^(?P<sha256>[0-9a-f]{64})  (?P<path>.+)$"
    entry = r'"path": "(?P<path>[^"]+)",\s+"bytes": (?P<bytes>[0-9]+),\s+"sha256": "(?P<sha256>[0-9a-f]{64})"'

    def renewed(match: re.Match[str]) -> str:
        data = (listing.parent / match["path"]).read_bytes()
        text = match[0].replace(match["sha256"], hashlib.sha256(data).hexdigest())
        return text if listing.name == SUMS else text.replace(f": {match['bytes']},", f": {len(data)},")

    pattern = line if listing.name == SUMS else entry
    listing.write_bytes(re.sub(pattern, renewed, listing.read_bytes().decode()).encode())


def in_process(words: Sequence[str], home: Path, env: Mapping[str, str]) -> Ended:
    """The command within this process, which takes no time to start; what it costs is not measured."""
    with chdir(home):
        result = CliRunner().invoke(program, list(words), env=env, prog_name="conflictdata")
    err = result.stderr_bytes or b""
    if result.exc_info and not isinstance(result.exception, SystemExit | None):
        err += "".join(traceback.format_exception(*result.exc_info)).encode()
    return Ended(result.exit_code, result.stdout_bytes, err, 0.0, 0)


def wrong(case: Case, run: Run = in_process) -> list[str]:
    """A sentence on each thing that is not as the case states it."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name).resolve()
        target = lay_out(case, home)
        before = _contents(home)
        words = [word.replace("{}", str(target)) for word in case.command.split()]
        env = {"CONFLICTDATA_CACHE": str(home / "no-cache"), "COLUMNS": "100"}
        ended = run(words, home, env)
        if ended.seconds >= MAX_SECONDS:  # what others do beside it can only add to the time
            ended = run(words, home, env)
        told = [*_wrong(case, ended), *_costly(ended)]
        if words[0] == "validate" and case.exit != 2:
            ended = run([*words, "--format", "json"], home, env)
            told += _wrong(case, ended)
        printed = (ended.out + ended.err).decode(errors="replace")
        told += _wrong_findings(case, findings_in(printed, target), printed)
        if _contents(home) != before:
            told.append("it changed or wrote a file")
        return told


def findings_in(printed: str, target: Path) -> set[Found]:
    """Every finding that a command has printed, as text or as JSON; only this function knows what they look like."""
    found = set()
    for line in printed.splitlines():
        if line.startswith("{") and '"pointer"' in line:
            said = json.loads(line.rstrip(","))
            file, place, code = said["file"], said["pointer"], said["code"]
            if "offset" in said:
                place = f"@{said['offset']}"
        elif match := _FINDING.match(line):
            file, code = match["file"], match["code"] or match["bracketed"]
            place = "" if match["place"] == "/" else match["place"]
        else:
            continue
        found.add((file.removeprefix(str(target)).removeprefix("/"), place, code))
    return found


def _wrong(case: Case, ended: Ended) -> Iterator[str]:
    if ended.status != case.exit:
        yield f"exit status {ended.status}, not {case.exit}"
    try:
        text = (ended.out + ended.err).decode()
    except UnicodeDecodeError as error:
        yield f"it prints what is not UTF-8: {error}"
        return
    if "Traceback" in text:
        yield f"a traceback: {text[-600:]}"
    if odd := sorted({character for character in text if not character.isprintable() and character != "\n"}):
        yield f"it prints {odd!a} raw"
    if not case.findings and case.exit and "error: " not in text.lower():
        yield f"no reason is given: {text[:600]!a}"


def _wrong_findings(case: Case, found: set[Found], printed: str) -> Iterator[str]:
    expected = set(case.findings)
    if case.area == "invalid":
        found = found - (_NAME_AND_FORM - expected)
    if found != expected:
        yield f"found {sorted(found)}, not {sorted(expected)}; it printed {printed[:600]}"


def _costly(ended: Ended) -> Iterator[str]:
    if ended.seconds >= MAX_SECONDS:
        yield f"it took {ended.seconds:.2f} s"
    if ended.held >= MAX_BYTES:
        yield f"it held {ended.held >> 20} MiB"


def _contents(home: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in home.rglob("*") if path.is_file()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is wrong with each case; 1 if anything is."""
    parser = argparse.ArgumentParser(prog="python -m tests.inputs", description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="AREA", help="such as tables or invalid; by default all")
    parser.add_argument("--fresh", action="store_true", help="run each case in a process of its own")
    options = parser.parse_args(arguments)
    chosen = [case for case in cases() if not options.areas or case.area in options.areas]
    with ProcessPoolExecutor() as pool:
        told = list(pool.map(wrong, chosen, repeat(fresh if options.fresh else in_process), chunksize=8))
    for case, sentences in zip(chosen, told, strict=True):
        for sentence in sentences:
            print(f"{case.id}: {sentence}")  # noqa: T201
    failed = sum(map(bool, told))
    print(f"{len(chosen)} cases, {failed} not as stated")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
