"""Runs every bad input as a user would, each in a process of its own: python -m tests.inputs [AREA ...]."""

from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from itertools import repeat
from pathlib import Path

from tests.support.calling import ROOT
from tests.support.processes import Ended, Run, forked, fresh

CASES = ROOT / "tests" / "cases"
INPUTS = CASES / "inputs"
MAX_SECONDS = 1.0
"""Seconds of processor time that a case may take."""
MAX_BYTES = 256 << 20
"""The most memory that a case may ever hold."""

_FINDING = re.compile(r"(?:Error: )?(?P<file>.*?):(?P<place>/.*?|@[0-9]+): (?:error|warning): (?P<code>[a-z-]+): ")


@dataclass(frozen=True)
class Case:
    """An input, the command that is to read it, and all that has to be found; see tests/cases/README.md."""

    area: str
    name: str
    over: str
    without: str
    command: str
    exit: int
    findings: tuple[tuple[str, str, str], ...]

    @property
    def id(self) -> str:
        """The area and the name."""
        return f"{self.area}/{self.name}"


@dataclass(frozen=True)
class Outcome:
    """What a case came to: a sentence on each thing that is not as it should be, and what it took."""

    case: str
    wrong: list[str]
    seconds: float
    held: int
    printed: str


def cases() -> list[Case]:
    """Every case of every area, and the records with one fault each."""
    return [case for area in sorted(INPUTS.iterdir()) if area.is_dir() for case in _cases_of(area)] + _faulty_records()


def _cases_of(area: Path) -> Iterator[Case]:
    rows = _table(area / "cases.csv")
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        found.setdefault(row["case"], []).extend([(row["file"], row["place"], row["code"])] if row["code"] else [])
    for row in rows:
        if row["command"]:  # a further row of one case only tells of a further finding
            name = row["case"]
            findings = tuple(sorted(found[name]))
            yield Case(area.name, name, row["over"], row["without"], row["command"], int(row["exit"]), findings)


def _faulty_records() -> list[Case]:
    invalid = CASES / "invalid"
    return [
        Case(
            "records",
            row["case"],
            "",
            "",
            "validate {}",
            int(not re.match(r"name-clash|possible-duplicate|unused-record|furniture-cited", row["case"])),
            ((row["file"], row["place"], re.split(r"--|\.", row["case"])[0]),),
        )
        for row in _table(invalid / "expected.csv")
    ]


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


@cache
def made(area: str) -> dict[str, dict[str, bytes]]:
    """The files that recipes make, by case and path, because they are too large or too odd to keep."""
    files: dict[str, dict[str, bytes]] = {}
    path = INPUTS / area / "made.csv"
    for row in _table(path) if path.is_file() else ():
        content = row["start"] + row["repeat"] * int(row["times"] or 0) + row["end"]
        files.setdefault(row["case"], {})[row["path"]] = content.encode()
    return files


def lay_out(case: Case, home: Path) -> Path:
    """Put the case's input into `home`: a sound folder, without what it is to lack, and what the case lays over it."""
    target = home / case.name
    own = (INPUTS / case.area if case.area != "records" else CASES / "invalid") / case.name
    if case.over:
        shutil.copytree(ROOT / case.over, target)
    for name in case.without.split():
        (target / name).unlink()
    if own.is_dir():
        shutil.copytree(own, target, dirs_exist_ok=True)
    elif own.is_file():
        shutil.copy(own, target)
    for name, content in made(case.area).get(case.name, {}).items():
        path = target / name if name else target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return target


def outcome(case: Case, run: Run = forked) -> Outcome:
    """Run the case and say what is not as it should be."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name).resolve()
        target = lay_out(case, home)
        before = _contents(home)
        ended = run(words_of(case, target), home, environment(home))
        if ended.seconds >= MAX_SECONDS:  # what others do beside it can only add to the time
            ended = run(words_of(case, target), home, environment(home))
        wrong = [*_wrong(case, target, ended), *_costly(ended)]
        if _contents(home) != before:
            wrong.append("it changed or wrote a file")
        out, err = (text.decode(errors="backslashreplace") for text in (ended.out, ended.err))
        return Outcome(case.id, wrong, ended.seconds, ended.held, shown(case, target, out, err, ended.status))


def words_of(case: Case, target: Path) -> list[str]:
    """The command's words, with the input in its place."""
    return [word.replace("{}", str(target)) for word in case.command.split()]


def environment(home: Path) -> dict[str, str]:
    """What the command finds around it."""
    return {"CONFLICTDATA_CACHE": str(home / "no-cache"), "COLUMNS": "100"}


def shown(case: Case, target: Path, out: str, err: str, status: int) -> str:
    """The command, what it prints with the input as `{}`, and its exit status, to be read."""
    text = (out + err).replace(str(target), "{}").replace(str(target.parent), "{home}")
    return f"## {case.name}\n$ conflictdata {case.command}\n{text}[{status}]\n\n"


def _contents(home: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in home.rglob("*") if path.is_file()}


def _wrong(case: Case, target: Path, ended: Ended) -> Iterator[str]:
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
    found = set()
    for line in text.splitlines():
        if match := _FINDING.match(line):
            file = match["file"].removeprefix(str(target)).removeprefix("/")
            found.add((file, match["place"], match["code"]))
    if case.area == "records":  # a case is named for its fault and not for its record, and spelled at leisure
        found -= {("", "/id", "wrong-file-name"), ("", "/", "not-canonical")} - set(case.findings)
    expected = {(file, place or "/", code) for file, place, code in case.findings}
    if found != expected:
        yield f"found {sorted(found)}, expected {sorted(expected)}; it printed {text[:600]}"
    if not case.findings and case.exit and "Error: " not in text:
        yield f"no reason is given: {text[:600]!a}"


def _costly(ended: Ended) -> Iterator[str]:
    if ended.seconds >= MAX_SECONDS:
        yield f"it took {ended.seconds:.2f} s"
    if ended.held >= MAX_BYTES:
        yield f"it held {ended.held >> 20} MiB"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is wrong with each case, and figures over all of them; 1 if anything is."""
    parser = argparse.ArgumentParser(prog="python -m tests.inputs", description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="AREA", help="such as json or archives; by default all")
    parser.add_argument("--json", action="store_true", help="one JSON object a case")
    parser.add_argument("--fresh", action="store_true", help="start the program anew for each case")
    options = parser.parse_args(arguments)
    chosen = [case for case in cases() if not options.areas or case.area in options.areas]
    with ProcessPoolExecutor() as pool:
        run = fresh if options.fresh else forked
        outcomes = list(pool.map(outcome, chosen, repeat(run), chunksize=8))
    for one in outcomes:
        if options.json:
            print(json.dumps(asdict(one)))  # noqa: T201
        for wrong in () if options.json else one.wrong:
            print(f"{one.case}: {wrong}")  # noqa: T201
    failed = sum(bool(one.wrong) for one in outcomes)
    if not options.json:
        slowest, largest = max(o.seconds for o in outcomes), max(o.held for o in outcomes) >> 20
        print(f"{len(outcomes)} cases, {failed} not as stated; at most {slowest:.2f} s and {largest} MiB")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
