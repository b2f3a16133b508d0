"""Fixtures for tests that run real bleak on a private bus. Other folders import them from here by name."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bus.stand_in import StandInBluez, stand_in_bluez


@pytest.fixture
def bluez(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInBluez]:
    """A stand-in BlueZ without adapters, on a bus that this process takes for the system's."""
    # A socket's path may have 107 bytes only, which pytest's own temporary folders easily exceed.
    with tempfile.TemporaryDirectory(prefix="bus") as folder, stand_in_bluez(Path(folder)) as bluez:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bluez.address)
        yield bluez
