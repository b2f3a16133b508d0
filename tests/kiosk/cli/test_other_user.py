"""A member of the kiosk's group who may read and not write, as `ssh admin@kiosk` does. Needs root to become one."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")

NOBODY = 65534

# All is imported before the change of user, who may have no right to the interpreter's own files.
AS_NOBODY = f"""
import os, sys, importlib, pkgutil, encodings.idna, encodings.ascii
import sqlite3, rich.table, rich.console, rich.markup, kiosk.logbook.standing, kiosk.exports, kiosk.configuration
import kiosk.cli, kiosk.cli.status, kiosk.cli.log, kiosk.cli.report, kiosk.cli.backup, kiosk.report, hardware.clock
import zoneinfo; zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")
os.environ["HOME"] = "/nonexistent"
os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
kiosk.cli.main(sys.argv[1:])
"""


@pytest.fixture
def shared(tmp_path_factory, busy):
    """The logbook in a folder that the group may enter and read."""
    folder = busy.path.parent
    for place in (folder, *folder.parents[:-2]):
        place.chmod(place.stat().st_mode | stat.S_IXOTH)
    for place in (folder, *folder.rglob("*")):
        os.chown(place, 0, NOBODY)
    folder.chmod(0o750)
    return busy


def as_nobody(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", AS_NOBODY, *arguments, "--db", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_beside_the_running_kiosk(shared):
    assert as_nobody(shared.path, "status").returncode == 0
    assert len(as_nobody(shared.path, "log").stdout.splitlines()) == 4


def test_after_it_was_stopped_in_order(shared):
    shared.close()
    assert not shared.path.with_name("logbook.db-wal").exists()
    assert as_nobody(shared.path, "status").returncode == 3
    assert len(as_nobody(shared.path, "log").stdout.splitlines()) == 4


def test_what_needs_writing_is_refused_in_one_line(shared):
    done = as_nobody(shared.path, "backup")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "no backup made: Permission denied" in done.stderr


def test_a_stranger_may_not_even_read(shared):
    for place in (shared.path.parent, *shared.path.parent.rglob("*")):
        os.chown(place, 0, 0)
    done = as_nobody(shared.path, "log")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "Traceback" not in done.stderr
