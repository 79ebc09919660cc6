"""The records that exports are tested with."""

from __future__ import annotations

import pytest

from conflictdata.model import Records
from tests.support.sample import sample
from tests.support.small import small


@pytest.fixture(scope="session", params=[small, sample])
def whole(request: pytest.FixtureRequest) -> Records:
    """The small invented dataset, and a sample of the one that the package carries."""
    made: Records = request.param()
    return made
