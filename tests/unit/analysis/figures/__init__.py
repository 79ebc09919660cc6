"""Tests of `conflictdata.analysis`."""
