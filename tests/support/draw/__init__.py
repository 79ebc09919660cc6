"""What `tests.support.strategies` is made of, from single texts up to datasets."""

from __future__ import annotations
