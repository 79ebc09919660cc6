"""Words of documents that stand in the project: `python -m tests.integration.copied_words FOLDER` lists each run.

FOLDER holds the texts of the documents. A run is eight words in a row; a document's title may be cited whole.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUN = 8
"""Words in a row that are somebody's sentence; fewer are a name, a date or a figure."""

Runs = set[tuple[str, ...]]


def runs(text: str) -> list[tuple[str, ...]]:
    """Every eight words in a row, without signs and in small letters, in order."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]


def copied(
    written: Iterable[tuple[str, str]], texts: Iterable[str], titles: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """The name of each piece of writing that has a run of a text, with the first such run."""
    theirs: Runs = {run for text in texts for run in runs(text)}
    theirs -= {run for title in titles for run in runs(title)}
    for name, text in written:
        found = next((run for run in runs(text) if run in theirs), None)
        if found is not None:
            yield name, " ".join(found)


def records() -> Iterator[tuple[str, str]]:
    """The records, the READMEs and what was left out, by path; a record's text without the title of its document."""
    for path in sorted((ROOT / "conflictdata" / "records").rglob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        if path.parent.name == "sources":
            del record["title"]
        yield str(path.relative_to(ROOT)), json.dumps(record, ensure_ascii=False)
    for name in ("README.md", "schema/README.md", "conflictdata/records/exclusions.csv"):
        yield name, (ROOT / name).read_text(encoding="utf-8")


def document_titles() -> Iterator[str]:
    """The titles of the documents."""
    for path in (ROOT / "conflictdata" / "records" / "sources").glob("*.json"):
        yield json.loads(path.read_text(encoding="utf-8"))["title"]


if __name__ == "__main__":
    held = [path.read_text(encoding="utf-8", errors="replace") for path in Path(sys.argv[1]).rglob("*.txt")]
    if not held:
        sys.exit(f"no texts in {sys.argv[1]}; name the folder that holds them as .txt files")
    hits = [*copied(records(), held, document_titles())]
    lines = [f"{name}: {run}" for name, run in hits]
    lines.append(f"{len(held)} texts; {len(hits)} records or pages with {RUN} of their words in a row")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(1 if hits else 0)
