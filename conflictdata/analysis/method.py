"""The version of the method: of the rules by which everything that is derived and never typed is computed."""

from __future__ import annotations

METHOD = "1.0.0"
"""Raised whenever a rule of `schema/README.md` for derived values changes, so that figures can be compared."""
