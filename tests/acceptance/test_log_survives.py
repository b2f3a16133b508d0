"""The real `kiosk run` with a simulated crowd, and what happens to its log in a bad life."""

import sqlite3
import time

from tests.running import running_kiosk

BUSY = ("--simulate", "--headless")


def put_entries(kiosk, count: int) -> None:
    """What a crowd of some minutes would have left, so that the test need not wait for one."""
    from hardware.clock import SystemClock
    from kiosk.decisions import App, Direction, Entry, Source
    from kiosk.logbook import Logbook

    clock = SystemClock()
    logbook = Logbook.open(kiosk.database, clock)
    logbook.write([Entry(n, clock.monotonic(), Direction.IN, App.SHOWN, 1.0, Source.OFFICER) for n in range(count)])
    logbook._connection.close()


def test_a_damaged_file_is_restored_at_the_next_start_and_status_says_so(tmp_path):
    with running_kiosk(tmp_path, *BUSY) as kiosk:
        put_entries(kiosk, 50)
        assert kiosk.stop() < 5
    database = tmp_path / "logbook.db"
    database.write_bytes(database.read_bytes()[:6000])
    with running_kiosk(tmp_path, *BUSY) as kiosk:
        assert len([entry for entry in kiosk.log() if entry["app"] == "shown"]) == 20  # the newest page of them
        assert len(kiosk.kiosk("log", "--limit", "0", "--app", "shown", "--json").stdout.splitlines()) == 50
        kiosk.wait_until(lambda: "L7" in str(kiosk.status()["faults"]), "status never said what happened")
        assert kiosk.kiosk("log", "--verify").returncode == 0


def test_a_typo_does_not_close_the_entrance(tmp_path):
    configuration = tmp_path / "kiosk.toml"
    configuration.write_text('[kiosk]\nname = "north"\n')
    environment = {"KIOSK_CONFIG": str(configuration)}
    with running_kiosk(tmp_path, *BUSY, **environment) as kiosk:
        assert kiosk.stop() < 5
    configuration.write_text('[kiosk]\nnmae = "south"\n')
    with running_kiosk(tmp_path, *BUSY, **environment) as kiosk:
        kiosk.wait_for("did you mean kiosk.name?")
        configuration.write_text("")  # the commands beside it read the file, too
        kiosk.wait_until(lambda: "settings is degraded" in str(kiosk.status()["faults"]), "status never said so")


def test_an_admins_lock_holds_nobody_up(tmp_path):
    with running_kiosk(tmp_path, *BUSY) as kiosk:
        shell = sqlite3.connect(kiosk.database, isolation_level=None)
        shell.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        assert kiosk.kiosk("log").returncode == 0
        assert kiosk.kiosk("status").returncode in (0, 3)
        assert time.monotonic() - begun < 15
        shell.execute("ROLLBACK")
        shell.close()
        assert kiosk.stop() < 5
        assert kiosk.process.returncode == 0
