"""`kiosk status`, as an admin uses it."""

import json
import subprocess
import sys

from sqlite_utils import Database

from kiosk.health import State
from kiosk.logbook.schema import migrations


def test_all_is_well_on_one_screen(kiosk, busy):
    result = kiosk("status")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) <= 24
    assert "running" in result.stdout
    assert "2 in, 1 out" in result.stdout
    assert "1 detected, 1 shown" in result.stdout


def test_json_says_the_same(kiosk, busy, tmp_path):
    facts = json.loads(kiosk("status", "--json").stdout)
    assert (facts["running"], facts["faults"]) == (True, [])
    assert [(part["part"], part["state"]) for part in facts["parts"]] == [("door", "ok"), ("sound", "off")]
    assert (facts["today"]["in"], facts["today"]["out"], facts["today"]["in_by_app"]["shown"]) == (2, 1, 1)
    assert facts["last_entry"]["id"] == 3
    assert facts["unsent"]["tallies"] == 3
    assert facts["database"]["path"] == str(tmp_path / "logbook.db")
    assert facts["database"]["schema"] == migrations.pending(Database(memory=True))[-1].name


def test_a_part_that_is_down_is_a_fault(kiosk, busy):
    busy.report_parts({"radio:inside": (State.DOWN, "no adapter; plug one in")})
    result = kiosk("status")
    assert result.exit_code == 3
    [line] = [line for line in result.stdout.splitlines() if line.startswith("radio:inside")]
    assert "down since" in line
    assert line.rstrip().endswith("no adapter; plug one in")
    assert result.stdout.count("no adapter") == 1
    assert json.loads(kiosk("status", "--json").stdout)["faults"] == ["radio:inside is down: no adapter; plug one in"]


def test_a_kiosk_that_was_stopped_is_a_fault(kiosk, busy):
    busy.close()
    result = kiosk("status")
    assert result.exit_code == 3
    assert "not running: it was stopped" in result.stdout


KIOSK = """
import sys, time
from pathlib import Path
from hardware.clock import SystemClock
from kiosk.logbook import Logbook
logbook = Logbook.open(Path(sys.argv[1]), SystemClock())
logbook.report_parts({})
print("running", flush=True)
time.sleep(60)
"""


def test_a_kiosk_that_was_killed_is_a_fault_at_once(kiosk, tmp_path):
    command = [sys.executable, "-c", KIOSK, str(tmp_path / "logbook.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"running\n"
        assert json.loads(kiosk("status", "--json").stdout)["running"] is True
        process.kill()
    result = kiosk("status")
    assert result.exit_code == 3
    assert "not running: it ended without a word" in result.stdout


def test_a_kiosk_that_lives_and_says_nothing_hangs(kiosk, busy, clock, monkeypatch):
    moment = clock.monotonic() + 100
    monkeypatch.setattr(type(clock), "monotonic", lambda _: moment)
    result = kiosk("status")
    assert result.exit_code == 3
    assert "the kiosk hangs: process" in result.stdout


def test_a_kiosk_that_never_ran_is_a_fault(kiosk, logbook):
    result = kiosk("status", "--json")
    assert result.exit_code == 3
    facts = json.loads(result.stdout)
    assert (facts["heartbeat"], facts["last_entry"], facts["running"]) == (None, None, False)


def test_no_logbook_is_one_line(kiosk):
    result = kiosk("status")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)


def test_an_sqlite_that_is_too_old_is_one_line(kiosk, busy, monkeypatch):
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 34, 1))
    for command in (["status"], ["run"], ["backup"]):
        result = kiosk(*command)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert "is too old: the logbook needs 3.40 or later" in result.stderr
