"""The list of changes that no test notices is about the code as it is, and says of each why it does no harm."""

from __future__ import annotations

import pytest

from tests.calling import ROOT
from tests.mutation.__main__ import AREAS, verdicts

MODULES = {
    path.relative_to(ROOT / "conflictdata").with_suffix("").as_posix()
    for area in AREAS.values()
    for module in area.modules
    for path in (ROOT / "conflictdata").glob(f"{module}.py")
}


@pytest.mark.parametrize(("survivor", "verdict"), verdicts().items())
def test_a_verdict_is_about_a_line_that_is_there(survivor, verdict):
    module = survivor.function.partition(":")[0].replace(".", "/")
    assert module in MODULES
    there = {line.strip() for line in (ROOT / "conflictdata" / f"{module}.py").read_text(encoding="utf-8").splitlines()}
    assert set(survivor.line.splitlines()) <= there
    assert survivor.changed != survivor.line
    assert len(verdict.split()) > 4
