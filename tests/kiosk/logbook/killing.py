"""Kills a process that writes a logbook, again and again, at random moments; then looks whether it kept its word.

    python tests/kiosk/logbook/killing.py DATABASE KILLS SEED

Run on its own, so that victims are forked from a process without threads. Each victim writes as fast as it can and
tells through a pipe what the writer confirmed; the pipe is read to its end after the kill. Prints what was found as
JSON.
"""

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from hardware.clock import SystemClock
from kiosk.decisions import App, Correction, Direction, Entry, Source
from kiosk.logbook import Logbook, Reader, Writer
from kiosk.logbook.database import open_for_reading

BEFORE_KILL = (0.0, 0.15)
"""Seconds a victim lives: opening takes about 10 ms, so some die in it, most under load."""


def victim(path: Path, pipe: int, seed: int) -> None:
    """Write entries and corrections until killed; tell each confirmed one by the moment that identifies it."""
    clock, chance = SystemClock(), random.Random(seed)

    def tell(saved):
        lines = "".join(f"{type(one).__name__} {one.t!r}\n" for one in saved.decisions)
        os.write(pipe, lines.encode())

    writer = Writer(Logbook.open(path, clock), tell, lambda _: None, beat_every=0.02)
    writer.start()
    number = 0
    while True:
        number += 1
        entry = Entry(number, clock.monotonic(), chance.choice(list(Direction)), App.UNKNOWN, 0.5, Source.DOOR)
        writer.put([entry])
        if chance.random() < 0.3:
            writer.put([Correction(number, clock.monotonic(), Source.OFFICER, App.SHOWN)])
        time.sleep(chance.random() * 0.002)


def kill_one(path: Path, seconds: float, seed: int) -> list[str]:
    """Let one victim write for so many seconds and kill it; returns what it had confirmed."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        try:
            victim(path, writing, seed)
        finally:
            os._exit(1)  # only reached by an error: the parent sees it as a death of its own
    os.close(writing)
    told = b""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            told += os.read(reading, 65536)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status), "the victim died of its own"
    while more := os.read(reading, 65536):
        told += more
    os.close(reading)
    return told.decode().splitlines()


def main(path: Path, kills: int, seed: int) -> None:
    """Kill, look, and print what was found."""
    chance = random.Random(seed)
    confirmed: list[str] = []
    for number in range(kills):
        confirmed += kill_one(path, chance.uniform(*BEFORE_KILL), seed + number)
    Logbook.open(path, SystemClock()).close()
    database = open_for_reading(path)
    kept = [f"Entry {row['monotonic']!r}" for row in database.query("SELECT monotonic FROM entries")]
    kept += [f"Correction {row['monotonic']!r}" for row in database.query("SELECT monotonic FROM corrections")]
    counted = "SELECT hour, direction, app, count(*) FROM current_entries GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    tallies = "SELECT hour, direction, app, count FROM tallies WHERE count > 0 ORDER BY 1, 2, 3"
    with Reader.open(path) as reader:
        entries = len(list(reader.entries()))
    found = {
        "confirmed": len(confirmed),
        "entries": entries,
        "lost": len(set(confirmed) - set(kept)),
        "twice": len(kept) - len(set(kept)),
        "tallies_right": database.execute(counted).fetchall() == database.execute(tallies).fetchall(),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
