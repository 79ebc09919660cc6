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
    # A shared strategy is drawn when a test first uses it, which can be inside another test's examples.
    slow = [check for check in HealthCheck if check.name in ("too_slow", "data_too_large", "nested_given")]
    return settings(
        max_examples=max(5, round(EXAMPLES * share)),
        deadline=None,
        derandomize=ASKED is None,
        suppress_health_check=slow,
    )
