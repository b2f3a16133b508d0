"""A logbook in a real file, and the commands run on it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from hardware.clock import SystemClock
from kiosk.cli import main
from kiosk.decisions import App, Direction, Entry, Source
from kiosk.health import State
from kiosk.logbook import Logbook


@pytest.fixture
def clock():
    return SystemClock()


@pytest.fixture
def logbook(tmp_path: Path, clock):
    logbook = Logbook.open(tmp_path / "logbook.db", clock)
    yield logbook
    logbook.close()


@pytest.fixture
def kiosk(tmp_path, monkeypatch):
    """Run a command on that logbook, with the built-in defaults."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("KIOSK_CONFIG", raising=False)

    def run(*arguments: str):
        command = [*arguments, "--db", str(tmp_path / "logbook.db")]
        return CliRunner().invoke(main, command, catch_exceptions=False)

    return run


@pytest.fixture
def busy(logbook, clock):
    """A kiosk that runs, with three entries of a moment ago and a door that works."""
    now = clock.monotonic()
    logbook.write(
        [
            Entry(1, now - 3, Direction.IN, App.DETECTED, 0.97, Source.DOOR),
            Entry(2, now - 2, Direction.OUT, App.UNKNOWN, 0.5, Source.DOOR),
            Entry(3, now - 1, Direction.IN, App.SHOWN, 1.0, Source.OFFICER),
        ],
        officer="Hoa",
    )
    logbook.report_parts({"door": (State.OK, ""), "sound": (State.OFF, "")})
    return logbook
