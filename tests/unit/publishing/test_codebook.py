"""The codebook in `schema/README.md` is written from the schema, the codelists and the declared columns."""

from __future__ import annotations

import re

from conflictdata import canonical
from conflictdata.canonical import limits
from conflictdata.findings import MAX_FINDINGS
from conflictdata.formats import csv_reader as cells
from conflictdata.publishing.codebook import MARK, codebook
from conflictdata.release import archive, checksums, path_checks
from conflictdata.resources import read_text
from conflictdata.schema.documents import schema


def test_the_readme_holds_the_codebook_as_it_is_now() -> None:
    text = read_text("schema/README.md")
    assert text[text.index(MARK) :] == codebook(), "conflictdata schema codebook prints another codebook"


def test_the_codebook_describes_every_member_of_a_claim_and_every_column_of_the_layouts() -> None:
    text = codebook()
    for word in ("conflicts_with", "claimant_as_stated", "killed_low", "interaction", "n_origins"):
        assert f"| `{word}` |" in text


def test_the_limits_are_those_that_the_readme_tells() -> None:
    text = read_text("schema/README.md").partition("## Limits")[2].partition("\n## ")[0]
    told = [[int(n.replace(",", "")) for n in re.findall(r"[0-9,]*[0-9]", row)] for row in text.splitlines()]
    defined = {**schema("definitions")["$defs"], **schema("claim")["$defs"]}
    assert [row for row in told if row] == [
        [canonical.MAX_BYTES],
        [canonical.MAX_DATASET_BYTES],
        [256, checksums.MAX_SUMS],
        [limits.MAX_LISTING],
        [canonical.MAX_TEXT_BYTES],
        [canonical.MAX_DEPTH],
        [canonical.MAX_INTEGER_DIGITS],
        [canonical.MAX_DECIMALS],
        [defined["count"]["properties"]["low"]["maximum"]],
        [defined["line"]["maxLength"]],
        [defined["text"]["maxLength"]],
        [cells.MAX_CELL],
        [cells.MAX_COLUMNS],
        [schema("event")["properties"]["claims"]["maxItems"]],
        [MAX_FINDINGS],
        [archive.MAX_FILES],
        [path_checks.MAX_PATH],
        [archive.MAX_TOTAL_BYTES],
        [archive.SMALL_FILE, archive.MAX_RATIO],
    ]
