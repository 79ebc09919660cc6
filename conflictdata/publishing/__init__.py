"""Releases made, compared and verified."""
