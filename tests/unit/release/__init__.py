"""Tests of `conflictdata.release`."""
