"""Tests of `conflictdata.schema`."""
