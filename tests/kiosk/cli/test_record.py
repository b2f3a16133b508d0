"""`kiosk record` as a process: the kiosk at work, and a file that replays."""

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from hardware.events import Advert
from hardware.recording import read_recording


def record(folder, *arguments):
    """Start a recording of a simulated door, with all of the kiosk's files in `folder`."""
    command = ["record", folder / "door.jsonl.gz", "--simulate", "--headless", "--db", folder / "log.db", *arguments]
    return subprocess.Popen(
        [sys.executable, "-m", "kiosk", *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def addresses(folder):
    return {e.address for e in read_recording(folder / "door.jsonl.gz").load() if isinstance(e, Advert)}


def test_it_ends_by_itself_and_what_it_wrote_replays(tmp_path):
    process = record(tmp_path, "--seconds", "2")

    stdout, stderr = process.communicate(timeout=30)

    assert (process.returncode, "2 s recorded" in stdout) == (0, True), stderr
    recording = read_recording(tmp_path / "door.jsonl.gz")
    assert recording.header.seconds == pytest.approx(2, abs=1)
    assert recording.header.radios == ("inside", "outside")
    assert recording.load()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("door")) == ["door.jsonl.gz"]


def test_stopped_by_a_signal_it_is_complete_and_so_is_the_log(tmp_path):
    process = record(tmp_path)
    until = time.monotonic() + 20
    while not (tmp_path / "door.jsonl.gz.part").exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(1.5)

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)

    assert process.returncode == 0
    assert read_recording(tmp_path / "door.jsonl.gz").load()
    with closing(sqlite3.connect(tmp_path / "log.db")) as database:
        assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_no_address_or_rolling_id_of_the_air_is_in_the_file(tmp_path):
    record(tmp_path, "--seconds", "2").communicate(timeout=30)
    first = addresses(tmp_path)
    record(tmp_path, "--seconds", "2").communicate(timeout=30)
    second = addresses(tmp_path)

    # The simulated crowd is the same both times: addresses as they are on air would be found in both files.
    assert first
    assert second
    assert not first & second


def test_a_folder_that_is_not_there_is_one_line(tmp_path):
    process = record(tmp_path / "none", "--seconds", "2")

    _, stderr = process.communicate(timeout=30)

    assert process.returncode == 1
    assert "door.jsonl.gz: cannot be written (No such file or directory); name another file" in stderr.splitlines()[-1]
