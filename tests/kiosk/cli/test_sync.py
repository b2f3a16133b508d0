"""`kiosk enroll` and `kiosk sync` against a running district."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from hardware.clock import SystemClock
from kiosk.cli import main
from tests.sync.conftest import book, district
from tests.sync.parts import EIGHT, HOUR

__all__ = ["book", "district"]


@pytest.fixture
def kiosk(book, tmp_path, monkeypatch):
    """Run a command of a kiosk whose state lies in `tmp_path` and whose clock is set."""
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("KIOSK_CONFIG", raising=False)
    monkeypatch.setattr(SystemClock, "trusted", lambda self: True)
    return lambda *arguments: CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_enrolled_then_sent(kiosk, book, district, tmp_path):
    with district.register() as register:
        code = register.make_code("town-hall")
    enrolled = kiosk("enroll", district.url, code)
    assert (enrolled.exit_code, enrolled.stderr) == (0, "")
    assert enrolled.stdout.startswith(f"town-hall is enrolled at {district.url}; its token is in {tmp_path}")
    assert code not in enrolled.stdout

    book.count(EIGHT, 3)
    book.count(EIGHT + HOUR, 1)
    sent = kiosk("sync")
    assert (sent.exit_code, sent.stderr) == (0, "")
    assert sent.stdout == "rows sent and acknowledged: 2 (hours: 2, batches: 1)\n"
    book.count(EIGHT, 4)
    assert json.loads(kiosk("sync", "--json").stdout) == {
        "batches": 1,
        "rows": 1,
        "hours": ["2026-11-24T09:00:00+07:00"],
        "remarks": [],
    }

    again = kiosk("enroll", district.url, code)
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr == (
        "kiosk: error: the district refuses this kiosk: this code is unknown or was used already;"
        " ask for: district enroll-code KIOSK\n"
    )


def test_not_enrolled_is_one_line(kiosk, tmp_path):
    result = kiosk("sync")
    assert result.exit_code == 1
    assert result.stderr == (
        f"kiosk: error: {tmp_path}/token: no token yet; ask the district for a code and run: kiosk enroll URL CODE\n"
    )


def test_an_unreachable_district_is_one_line(kiosk, district, tmp_path):
    with district.register() as register:
        kiosk("enroll", district.url, register.make_code("far-away"))
    result = kiosk("-o", "sync.url=http://127.0.0.1:9", "sync")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == ("kiosk: error: http://127.0.0.1:9: the district cannot be reached (Connection refused)\n")


def test_a_logbook_that_is_no_database_is_one_line(kiosk, district, tmp_path):
    with district.register() as register:
        kiosk("enroll", district.url, register.make_code("damaged"))
    (tmp_path / "notes.db").write_text("notes, long enough to be taken for the header of a database " * 20)
    result = kiosk("sync", "--db", str(tmp_path / "notes.db"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "notes.db: the tallies cannot be read or written" in result.stderr


def test_another_logbook_can_be_named(kiosk, district, tmp_path):
    with district.register() as register:
        kiosk("enroll", district.url, register.make_code("elsewhere"))
    result = kiosk("sync", "--db", str(tmp_path / "other.db"))
    assert result.exit_code == 1
    assert "other.db: no logbook there yet" in result.stderr


def test_the_loop_goes_on_after_a_failure_and_ends_when_told(tmp_path):
    environment = os.environ | {"STATE_DIRECTORY": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "kiosk", "sync", "--loop"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        assert "no token yet" in process.stderr.readline()
        assert process.poll() is None
        process.terminate()
        assert process.wait(timeout=10) == 0
