"""Tests of `conflictdata.rules`."""
