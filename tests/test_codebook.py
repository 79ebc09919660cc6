"""The codebook in `schema/README.md` is written from the schema, the codelists and the declared columns."""

from __future__ import annotations

from conflictdata.export.codebook import MARK, codebook
from conflictdata.resources import schema_folder


def test_the_readme_holds_the_codebook_as_it_is_now() -> None:
    text = (schema_folder() / "README.md").read_text(encoding="utf-8")
    assert text[text.index(MARK) :] == codebook(), "conflictdata schema codebook prints another codebook"


def test_the_codebook_describes_every_member_of_a_claim_and_every_column_of_the_layouts() -> None:
    text = codebook()
    for word in ("conflicts_with", "claimant_as_stated", "killed_low", "interaction", "n_origins"):
        assert f"| `{word}` |" in text
