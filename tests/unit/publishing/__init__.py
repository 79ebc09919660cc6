"""Tests of `conflictdata.publishing`."""
