"""What one entry costs, against raw sqlite3 with the same durability, in turns in one run."""

import sqlite3
import statistics
import time
import timeit
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from hardware.clock import SystemClock
from kiosk.decisions import App, Direction, Entry, Source
from kiosk.logbook import Logbook
from kiosk.logbook.chain import START, encode, link_hash
from kiosk.logbook.rows import ENTRY_COLUMNS
from kiosk.logbook.schema import first_tables
from kiosk.logbook.trail import Link, Trail

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

ROUNDS, ENTRIES = 200, 10
"""Few entries a round: a disk's mood lasts longer, so that both sides of a pair see the same."""

FULL = "PRAGMA synchronous = FULL"


def bare(path: Path) -> Callable[[int], None]:
    """The least that keeps anything through a power cut: one table without an index, one row of constants, one commit.

    For the eye alone: with it neither a report nor the district could be answered without reading everything.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(FULL)
    connection.execute(
        "CREATE TABLE entries (id INTEGER PRIMARY KEY, utc_ms INTEGER, day TEXT, hour INTEGER, direction TEXT,"
        " app TEXT, confidence REAL, source TEXT, officer TEXT, boot_id TEXT, monotonic REAL, clock_trusted INTEGER)"
    )
    insert = "INSERT INTO entries VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    boot_id = SystemClock().boot_id

    def write(number: int) -> None:
        values = (number, "2026-03-02", 0, "in", "detected", 0.9, "door", None, boot_id, float(number), 1)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(insert, values)
        connection.execute("COMMIT")

    return write


def raw(path: Path) -> Callable[[int], None]:
    """What a script with `sqlite3` alone does to leave the same rows: the entry by the clock, and its tally.

    Into the same tables, rules and indexes, in a file as SQLite makes it. Left out is what the logbook does beyond:
    the chain (32 constant bytes stand for the hash), the trail, today's counts, remembering what can be corrected, and
    looking whether somebody else has written.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(FULL)
    first_tables(Database(connection))
    insert = f"INSERT INTO entries VALUES ({', '.join('?' * len(ENTRY_COLUMNS))})"
    tally = (
        "INSERT INTO tallies (hour, direction, app, count, revision) VALUES (?, ?, ?, 1, 1)"
        " ON CONFLICT DO UPDATE SET count = count + 1, revision = revision + 1"
    )
    zone, boot_id = ZoneInfo("Asia/Ho_Chi_Minh"), SystemClock().boot_id

    def write(number: int) -> None:
        now = time.time()
        local = datetime.fromtimestamp(now, zone)
        hour = int(now) - local.minute * 60 - local.second
        values = (round(now * 1000), local.date().isoformat(), hour, "in", "detected", 0.9, "door", None)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(insert, (number, *values, boot_id, time.monotonic(), 1, number, START))
        connection.execute(tally, (hour, "in", "detected"))
        connection.execute("COMMIT")

    return write


def ours(path: Path) -> Callable[[int], None]:
    clock = SystemClock()
    logbook = Logbook.open(path, clock)

    def write(number: int) -> None:
        logbook.write([Entry(number, clock.monotonic(), Direction.IN, App.DETECTED, 0.9, Source.DOOR)])

    return write


def paired(contenders: dict[str, Callable[[int], None]]) -> dict[str, list[float]]:
    """Seconds an entry, for each contender and round; in turns, so that a busy machine slows all or none."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    number = 0
    for _ in range(ROUNDS):
        for name, write in contenders.items():
            started = time.perf_counter()
            for _ in range(ENTRIES):
                number += 1
                write(number)
            times[name].append((time.perf_counter() - started) / ENTRIES)
    return times


def test_an_entry_costs_at_most_1_3_times_raw_sqlite(tmp_path):
    makers = {"bare": bare, "raw": raw, "ours": ours}
    times = paired({name: make(tmp_path / f"{name}.db") for name, make in makers.items()})
    each = ", ".join(f"{name} {statistics.median(values) * 1e6:.0f} us" for name, values in times.items())
    ratios = {
        name: statistics.median(mine / theirs for mine, theirs in zip(times["ours"], times[name], strict=True))
        for name in ("raw", "bare")
    }
    print(f"\none entry: {each}; ours over raw {ratios['raw']:.2f}, over bare {ratios['bare']:.2f}")  # noqa: T201
    assert ratios["raw"] <= 1.3


def test_the_chain_and_the_trail_are_cheap_enough_not_to_matter(tmp_path):
    row = (7, 1_772_427_600_123, "2026-03-02", 1_772_427_600, "in", "detected", 0.9, "door", None, "a" * 36, 9.5, 1, 7)
    trail = Trail(tmp_path / "trail")

    def link() -> None:
        encoded = encode(row)
        trail.append([Link("entries", row, encoded, link_hash(START, encoded))])

    cost = min(timeit.repeat(link, number=1000, repeat=9)) / 1000
    entry = statistics.median(paired({"bare": bare(tmp_path / "bare.db")})["bare"])
    print(f"\nchain and trail: {cost * 1e6:.1f} us, {cost / entry:.1%} of a bare durable entry")  # noqa: T201
    assert cost < 0.1 * entry
