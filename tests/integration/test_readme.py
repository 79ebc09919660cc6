"""What the README shows is what happens."""

from __future__ import annotations

import json
import re
from pathlib import Path

from conflictdata.loading import load_bundled
from conflictdata.schema.validate import validate
from tests.integration.readme import README, carrying, rewritten

ROOT = Path(__file__).parents[2]


def test_every_output_in_the_readme_is_what_is_printed_now() -> None:
    text = README.read_text(encoding="utf-8")
    with carrying(text):
        now = rewritten(text)
    assert now == text, "python -m tests.integration.readme writes the README's outputs anew"


def test_the_readme_shows_a_claim_as_it_stands_in_the_records() -> None:
    text = README.read_text(encoding="utf-8")
    shown = json.loads(re.findall(r"```json\n(.*?)```", text, flags=re.DOTALL)[0])
    with carrying(text):
        held = load_bundled().events["CD-0058"].to_object()["claims"]
    assert shown in held
    assert validate(shown, "claim", "README.md") == []


def test_the_check_runs_the_readmes_test_command() -> None:
    text = README.read_text(encoding="utf-8")
    assert 'pip install -e ".[test]" && .venv/bin/python -m pytest' in text
    assert "python -m pytest" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_links_in_the_readmes_lead_to_files() -> None:
    for path in (README, ROOT / "CONTRIBUTING.md", ROOT / "schema" / "README.md"):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
