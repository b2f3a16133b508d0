"""A logbook in a real file, and a clock that stands where the test puts it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hardware.clock import SimulatedClock
from kiosk.decisions import App, Correction, Direction, Entry, Source
from kiosk.logbook import Logbook, Reader

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC).timestamp()
"""Monday 2 March 2026, 12:00 in Viet Nam."""


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(utc=NOON, monotonic=1000.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "logbook.db"


@pytest.fixture
def logbook(path: Path, clock: SimulatedClock) -> Iterator[Logbook]:
    logbook = Logbook.open(path, clock)
    yield logbook
    logbook.close()


@pytest.fixture
def reader(logbook: Logbook, path: Path) -> Iterator[Reader]:
    with Reader.open(path) as reader:
        yield reader


@pytest.fixture
def entry(clock: SimulatedClock) -> Callable[..., Entry]:
    """An entry that happens now, unless said otherwise."""

    def make(number=1, direction=Direction.IN, app=App.DETECTED, *, t=None, confidence=0.9, source=Source.DOOR):
        return Entry(number, clock.monotonic() if t is None else t, direction, app, confidence, source)

    return make


@pytest.fixture
def correction(clock: SimulatedClock) -> Callable[..., Correction]:
    """A correction that the officer makes now."""

    def make(corrects=1, **what) -> Correction:
        return Correction(corrects, clock.monotonic(), Source.OFFICER, **what)

    return make
