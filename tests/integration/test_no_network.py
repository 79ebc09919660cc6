"""Nothing is fetched unless a user asks, and the tests would see it."""

from __future__ import annotations

import socket

import pytest


def test_a_connection_beyond_this_machine_is_refused_in_tests() -> None:
    with socket.socket() as probe, pytest.raises(AssertionError, match="tried to reach"):
        probe.connect(("192.0.2.1", 80))
