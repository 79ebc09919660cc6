"""What is printed for every bad input, to be read aloud; `python -m tests.printed` writes it anew."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from conflictdata.cli import main
from tests.inputs import CASES, Case, cases, lay_out

FOLDER = CASES / "printed"


def printed(case: Case) -> str:
    """The case's command, what it prints with the input as `{}`, and its exit status."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name).resolve()
        target = lay_out(case, home)
        words = [word.replace("{}", str(target)) for word in case.command.split()]
        result = CliRunner().invoke(main, words, env={"CONFLICTDATA_CACHE": str(home / "no-cache"), "COLUMNS": "100"})
        text = result.output.replace(str(target), "{}").replace(str(home), "{home}")
    return f"## {case.name}\n$ conflictdata {case.command}\n{text}[{result.exit_code}]\n\n"


def golden() -> dict[str, str]:
    """What is kept, by the id of the case."""
    found = {}
    for path in sorted(FOLDER.glob("*.txt")):
        for section in path.read_text(encoding="utf-8").split("## ")[1:]:
            found[f"{path.stem}/{section.partition(chr(10))[0]}"] = f"## {section}"
    return found


def _areas() -> Iterator[tuple[str, str]]:
    every = cases()
    for area in sorted({case.area for case in every}):
        yield area, "".join(printed(case) for case in every if case.area == area)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for area, text in _areas():
        (FOLDER / f"{area}.txt").write_text(text, encoding="utf-8")
