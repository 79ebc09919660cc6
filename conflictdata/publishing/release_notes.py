"""The release notes: the content of a release, its changes with their reasons, how to check it and how to cite it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from conflictdata.analysis.citation import apa, citation
from conflictdata.analysis.credits import credited_works
from conflictdata.codelists import codelist
from conflictdata.model import Records, Release
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing.change import Change, Json
from conflictdata.publishing.diff import table_of

CONTENTS = (
    ("dataset.json", "the whole dataset as one document, which obeys `schema/dataset.schema.json`"),
    ("events.jsonl", "the events with their claims, one JSON object per line"),
    ("events.csv", "one flat row per event"),
    ("events.geojson", "the events with their points, for maps"),
    ("explorer.html, explorer.png", "the explorer: map, timeline, claims and disputes in one page, and its picture"),
    ("acled.csv", "incidents in the ACLED column layout, coded by this project"),
    ("acled-skipped.csv", "the events without a row in that layout, and why"),
    ("ged.csv", "incidents with deaths in the column layout of UCDP GED, coded by this project"),
    ("ged-skipped.csv", "the events without a row in that layout, and why"),
    ("parquet/", "the tables as Parquet, the events as GeoParquet"),
    ("sqlite/", "the tables as an SQLite database with full-text search, and its metadata for Datasette"),
    ("tables/", "the whole dataset as CSV tables, described by `tables/datapackage.json` (Data Package 2)"),
    ("exclusions.csv", "what was left out of the dataset on purpose, by document and paragraph, with the reason"),
    ("schema/", "the JSON Schemas, the codelists, and `schema/README.md`: criteria, coding rules, methods, codebook"),
    ("CHANGES.jsonl", "each change since the release before, with its reason, for machines"),
    ("CHANGELOG.md", "the changes of schema and software, by release"),
    ("croissant.json", "a description of the files in Croissant's vocabulary"),
    ("CITATION.cff", "how to cite the release"),
    ("LICENSE, LICENSES/", "CC BY 4.0 for the data"),
    ("manifest.json", "versions, counts, completeness, and size and SHA-256 of every file"),
    ("SHA256SUMS", "the same hashes for `sha256sum -c`"),
)
"""What each file of a release is."""

STAGES = {
    ReleaseStage.CANDIDATE: "**This is a candidate**: complete and verified, and still open to correction.",
    ReleaseStage.FINAL: "This is a final release: whatever is corrected later is corrected in a new version.",
}


def notes(
    records: Records,
    release: Release,
    counted: Mapping[str, int],
    changes: Sequence[Change],
    previous: str | None,
    changelog: str,
) -> bytes:
    """The notes as Markdown."""
    changes_text = section(changelog, release.version)
    amounts = ((number, name.replace("_", " ").replace("acled", "ACLED layout")) for name, number in counted.items())
    parts = {
        "What is in it": [
            *("| how many | of what |", "|---:|---|", *(f"| {number} | {name} |" for number, name in amounts), ""),
            *("| file | what it is |", "|---|---|", *(f"| `{name}` | {what} |" for name, what in CONTENTS)),
        ],
        f"What changed since {previous}" if previous else "What changed": [*_changed(records, changes, previous)],
        "Data, schema and software": [changes_text] if changes_text else [],
        "Limits": [*LIMITS],
        "How to check it": [*CHECK],
        "How to cite it": [citation(records).rstrip("\n")],
        "Works of others it rests on": [f"- {line}" for line in apa(credited_works(records)).splitlines()],
    }
    lines = [f"# conflictdata {release.version}", "", f"Released {release.date.isoformat()}. {STAGES[release.stage]}"]
    for title, body in parts.items():
        lines += ["", f"## {title}", "", *body] if body else []
    return ("\n".join(lines) + "\n").encode()


LIMITS = (
    "- The documents are no complete account: events that none of them reports are missing.",
    "- Days are local dates, as windows; a number is a range, and a missing end is not known.",
    "- No text of the documents is in the release; each claim names its paragraph and the digest of that paragraph.",
)

CHECK = (
    "`sha256sum -c SHA256SUMS` in this folder checks every file without any software of ours.",
    "`conflictdata release verify DIR` also checks counts, schema and references, and with `--rebuild` makes every",
    "derived file anew and compares it. Errors can be reported to the project; reports are answered within 30 days,",
    "and every correction is listed, with its reason, in the release that carries it.",
)


def _changed(records: Records, changes: Sequence[Change], previous: str | None) -> Iterator[str]:
    if previous is None:
        yield "This is the first release."
        return
    if not changes:
        yield "No record changed."
    apart: tuple[str, ...] = ()
    for row in codelist("change-kinds"):
        group = [change for change in changes if change.kind == row["code"]]
        if group:
            yield from (*apart, f"### {row['title']}: {len(group)}", "", row["description"], "")
            apart = ("",)
            for change in group:
                yield f"- `{change.path}` {_plain(_title(records, change))}: {_plain(change.reason or '')}"
                for edit in change.edits:
                    became = f"{_plain(brief(edit.old))} → {_plain(brief(edit.new))}"
                    yield f"  - `{edit.pointer}`: {'in another order' if edit.order else became}"


def _title(records: Records, change: Change) -> str:
    record: Any = table_of(records, change.of).get(change.id)
    return str(getattr(record, "title", None) or getattr(record, "name", ""))


def brief(value: Json) -> str:
    """A value in a sentence: text as it is, other values as JSON, shortened; None is `nothing`."""
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= 200 else text[:197] + "..."


def _plain(text: str) -> str:
    """Text with the special characters of Markdown and HTML escaped."""
    escaped = re.sub(r"([\\`*_{}\[\]<>|#~&$]|:(?=//)|(?<=www)\.)", r"\\\1", " ".join(text.split()), flags=re.IGNORECASE)
    # Links to web and mail addresses are found after unescaping; an empty comment inside prevents that.
    return escaped.replace("@", "@<!-- -->")


def section(changelog: str, version: str) -> str:
    """The section of the changelog for a version, with headings one level deeper; empty if there is none."""
    found = re.search(
        rf"^## {re.escape(version)}(?![0-9.])[^\n]*\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL
    )
    return found[1].strip() if found else ""
