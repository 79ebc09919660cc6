"""The version of the method: of the rules by which everything that is derived and never typed is computed."""

METHOD = "1.0.0"
"""Raised whenever a rule changes that `schema/README.md` states under derived values, so that figures can be compared."""
