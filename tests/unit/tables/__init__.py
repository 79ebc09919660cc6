"""Tests of `conflictdata.tables`."""
