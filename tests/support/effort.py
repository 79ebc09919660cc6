"""How many examples the property tests draw: one setting, so that one command can raise them all."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("CONFLICTDATA_EXAMPLES", "40"))
"""Examples a property; CONFLICTDATA_EXAMPLES=5000 python -m pytest tests/laws looks harder."""


def effort(share: float = 1.0) -> settings:
    """Hypothesis settings for a share of the usual number of examples, on a machine of any speed."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=max(5, round(EXAMPLES * share)), deadline=None, suppress_health_check=slow)
