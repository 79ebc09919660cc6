"""Mutation testing of the core: how much of what could be wrong the tests would notice."""

from __future__ import annotations
