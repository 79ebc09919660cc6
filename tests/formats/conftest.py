"""The records that exports are tested with."""

from __future__ import annotations

import pytest

from conflictdata.model import Records
from tests.support.sample import sample
from tests.support.small import small


@pytest.fixture(scope="session", params=[small, pytest.param(sample, marks=pytest.mark.slow)])
def whole(request: pytest.FixtureRequest) -> Records:
    """The small invented dataset, which fills every table; among the slow tests a sample of the records as well."""
    made: Records = request.param()
    return made
