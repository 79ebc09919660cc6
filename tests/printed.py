"""What is printed for every bad input, to be read aloud; `python -m tests.printed` writes it anew."""

from __future__ import annotations

import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from click.testing import CliRunner

from conflictdata.cli import main
from tests.inputs import CASES, Case, cases, environment, lay_out, outcome, shown, words_of

FOLDER = CASES / "printed"


def printed(case: Case) -> str:
    """What the case prints, run within this process."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name).resolve()
        target = lay_out(case, home)
        result = CliRunner().invoke(main, words_of(case, target), env=environment(home), prog_name="conflictdata")
        return shown(case, target, result.stdout, result.stderr, result.exit_code)


def golden() -> dict[str, str]:
    """What is kept, by the id of the case."""
    found = {}
    for path in sorted(FOLDER.glob("*.txt")):
        for section in path.read_text(encoding="utf-8").split("## ")[1:]:
            found[f"{path.stem}/{section.partition(chr(10))[0]}"] = f"## {section}"
    return found


if __name__ == "__main__":
    every = cases()
    with ProcessPoolExecutor() as pool:
        sections = [one.printed for one in pool.map(outcome, every, chunksize=8)]
    FOLDER.mkdir(exist_ok=True)
    for area in sorted({case.area for case in every}):
        text = "".join(section for case, section in zip(every, sections, strict=True) if case.area == area)
        (FOLDER / f"{area}.txt").write_text(text, encoding="utf-8")
