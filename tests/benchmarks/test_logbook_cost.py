"""What one entry costs, against raw sqlite3 with the same durability, in turns in one run."""

import sqlite3
import statistics
import time
import timeit
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.clock import SystemClock
from kiosk.decisions import App, Direction, Entry, Source
from kiosk.logbook import Logbook
from kiosk.logbook.chain import START, encode, link_hash
from kiosk.logbook.trail import Link, Trail

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

ROUNDS, ENTRIES = 40, 50


def raw(path: Path) -> Callable[[int], None]:
    """The least that keeps an entry through a power cut: one table, one insert, one synced commit."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
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
    times = paired({"raw": raw(tmp_path / "raw.db"), "ours": ours(tmp_path / "ours.db")})
    ratios = [mine / least for mine, least in zip(times["ours"], times["raw"], strict=True)]
    medians = {name: statistics.median(values) * 1e6 for name, values in times.items()}
    ratio = statistics.median(ratios)
    print(f"\none entry: raw {medians['raw']:.0f} us, ours {medians['ours']:.0f} us, ratio {ratio:.2f}")  # noqa: T201
    assert ratio <= 1.3


def test_the_chain_and_the_trail_are_cheap_enough_not_to_matter(tmp_path):
    row = (7, 1_772_427_600_123, "2026-03-02", 1_772_427_600, "in", "detected", 0.9, "door", None, "a" * 36, 9.5, 1, 7)
    trail = Trail(tmp_path / "trail")

    def link() -> None:
        encoded = encode(row)
        trail.append([Link("entries", row, encoded, link_hash(START, encoded))])

    cost = min(timeit.repeat(link, number=1000, repeat=9)) / 1000
    entry = statistics.median(paired({"raw": raw(tmp_path / "raw.db")})["raw"])
    print(f"\nchain and trail: {cost * 1e6:.1f} us, {cost / entry:.1%} of a raw durable entry")  # noqa: T201
    assert cost < 0.1 * entry
