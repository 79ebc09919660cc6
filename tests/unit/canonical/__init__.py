"""Tests of `conflictdata.canonical`."""
