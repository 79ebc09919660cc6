"""Golden exports: the small dataset in every format, byte for byte; a change in them is a change in what users read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conflictdata.formats.acled.writer import ACLED
from conflictdata.formats.registry import FORMATS
from conflictdata.formats.skip_report import skip_report
from tests.support.exported import written
from tests.support.small import small

GOLDEN = Path(__file__).parents[1] / "golden"


def made() -> dict[str, bytes]:
    """Every golden file's name and what it should hold."""
    whole = small()
    files = {
        "dataset.json": written("json", whole),
        "events.jsonl": written("jsonl", whole),
        "events.csv": written("csv", whole),
        "events-safe.csv": written("csv", whole, spreadsheet_safe=True),
        "acled.csv": written("acled", whole),
        "acled-export-tool.csv": written("acled", whole, inter="numeric", dates="export", timestamp=1, words="literal"),
        "acled-skipped.csv": b"".join(skip_report(ACLED.skips(whole))),
        "selection.json": written("json", whole, [whole.events["CD-0004"]]),
    }
    for name, content in FORMATS["tables"].contents(whole):
        files[f"tables/{name}"] = b"".join(content)
    return files


@pytest.mark.parametrize("name", made())
def test_exports_of_the_small_dataset_are_as_they_were(name):
    again = "python -m tests.formats.test_golden writes what is meant"
    assert (GOLDEN / name).read_bytes() == made()[name], again


def test_there_is_no_other_golden_file():
    found = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert found == set(made())


if __name__ == "__main__":
    for name, content in made().items():
        (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_bytes(content)
    sys.stdout.write(f"wrote {GOLDEN}\n")
