"""Makes a logbook of any size, fast: what a door would have written, without going through the door."""

import random
import sqlite3
from pathlib import Path

from hardware.clock import SimulatedClock
from kiosk.decisions import App, Direction
from kiosk.logbook import Calendar, Logbook
from kiosk.logbook.chain import START, encode, link_hash
from kiosk.logbook.rows import ENTRY_COLUMNS

YEAR = 365 * 86400
DAYS_OPEN = 365 * 10
NOON = 1_772_427_600


def make(path: Path, entries: int, years: float = 10.0) -> None:
    """Fill a new logbook with so many entries over so many years up to 2 March 2026, chain and tallies included."""
    Logbook.open(path, SimulatedClock(utc=NOON - years * YEAR)).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    marks = ", ".join("?" * len(ENTRY_COLUMNS))
    connection.executemany(f"INSERT INTO entries VALUES ({marks})", _rows(entries, years))
    connection.execute(
        "INSERT INTO tallies (hour, direction, app, count, revision, acknowledged)"
        " SELECT hour, direction, app, count(*), count(*), count(*) FROM entries GROUP BY 1, 2, 3"
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for file in path.with_suffix(".trail").iterdir():
        file.unlink()


def _rows(entries, years):
    chance, calendar = random.Random(1), Calendar.of("Asia/Ho_Chi_Minh")
    apps, directions = [app.value for app in App], [direction.value for direction in Direction]
    step = years * YEAR * 1000 / entries
    start = (NOON - years * YEAR) * 1000
    before, moment = START, calendar.moment(round(start))
    for number in range(1, entries + 1):
        utc_ms = round(start + number * step)
        if utc_ms // 3_600_000 != moment.utc_ms // 3_600_000:
            moment = calendar.moment(utc_ms)
        row = (
            number, utc_ms, moment.day, moment.hour, chance.choice(directions), chance.choice(apps), 0.9, "door", None,
            "0a1b2c3d-1111-2222-3333-444455556666", number * 1.5, 1, number,
        )  # fmt: skip
        before = link_hash(before, encode(row))
        yield (*row, before)
