"""How many examples the property tests draw: one setting, so that one command can raise them all."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

ASKED = os.environ.get("CONFLICTDATA_EXAMPLES")
EXAMPLES = int(ASKED or "25")
"""Examples a property; CONFLICTDATA_EXAMPLES=5000 python -m pytest tests/laws looks harder, and elsewhere each time."""


def effort(share: float = 1.0) -> settings:
    """Hypothesis settings for a share of the usual number of examples, on a machine of any speed.

    Without CONFLICTDATA_EXAMPLES the examples are the same in every run, so that a failure repeats.
    """
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(
        max_examples=max(5, round(EXAMPLES * share)),
        deadline=None,
        derandomize=ASKED is None,
        suppress_health_check=slow,
    )
