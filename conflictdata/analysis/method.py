"""The version of the method: of the rules by which all derived values are computed."""

from __future__ import annotations

METHOD = "1.0.0"
"""Increased whenever a rule for derived values in `schema/README.md` changes, so that figures can be compared."""
