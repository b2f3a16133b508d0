"""Ten years of a very busy door: what an admin asks is answered as fast as on the first day.

LOGBOOK_ENTRIES sets the size: five million in full (making them takes some minutes), a tenth of it without.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hardware.clock import SystemClock
from kiosk.decisions import App, Direction, Entry, Source
from kiosk.logbook import Logbook

from .big_logbook import NOON, make

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

ENTRIES = int(os.environ.get("LOGBOOK_ENTRIES", "500000"))
SMALL = 5000
ROUNDS = 7


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scale")
    make(folder / "small.db", SMALL, years=1.0)
    make(folder / "big.db", ENTRIES)
    return folder / "small.db", folder / "big.db"


def seconds(path: Path, *arguments: str) -> float:
    command = [sys.executable, "-m", "kiosk", *arguments, "--db", str(path)]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    return time.perf_counter() - started


def compared(paths, *arguments: str) -> tuple[float, float]:
    """Median seconds on the small and on the big one, in turns."""
    times = [[seconds(path, *arguments) for path in paths] for _ in range(ROUNDS)]
    small, big = (statistics.median(one) for one in zip(*times, strict=True))
    print(f"\nkiosk {' '.join(arguments)}: {SMALL} entries {small * 1000:.0f} ms, {ENTRIES} {big * 1000:.0f} ms")  # noqa: T201
    return small, big


@pytest.mark.parametrize("arguments", [["status"], ["log"], ["log", "--json", "--limit", "50"], ["status", "--json"]])
def test_an_answer_does_not_take_longer_on_a_long_log(paths, arguments):
    small, big = compared(paths, *arguments)
    assert big <= 1.5 * small + 0.020


def test_a_years_report_stays_below_a_second_for_a_million_entries(paths):
    since, until = NOON - 365 * 86400, NOON
    days = [time.strftime("%Y-%m-%d", time.gmtime(moment)) for moment in (since, until)]
    small, big = compared(paths, "report", "--since", days[0], "--until", days[1])
    in_the_year = ENTRIES / 10
    # Beside the start of the command, which the small one has, too; a fifth of a second is what a busy machine varies.
    assert big - small <= 0.2 + in_the_year / 1e6


def test_writing_does_not_grow_with_the_log(paths):
    clock = SystemClock()
    logbooks = [Logbook.open(path, clock) for path in paths]
    times: list[list[float]] = [[], []]
    for number in range(1, 401):
        for logbook, mine in zip(logbooks, times, strict=True):
            started = time.perf_counter()
            logbook.write([Entry(number, clock.monotonic(), Direction.IN, App.DETECTED, 0.9, Source.DOOR)])
            mine.append(time.perf_counter() - started)
    small, big = (statistics.median(one) for one in times)
    print(f"\nwriting: {SMALL} entries {small * 1e6:.0f} us, {ENTRIES} {big * 1e6:.0f} us")  # noqa: T201
    for logbook in logbooks:
        logbook.close()
    assert big <= 1.3 * small


def test_opening_for_writing_is_bounded(paths):
    started = time.perf_counter()
    Logbook.open(paths[1], SystemClock()).close()
    took = time.perf_counter() - started
    print(f"\nopening {ENTRIES} entries: {took:.2f} s")  # noqa: T201
    assert took < 1.0 + ENTRIES / 1e6
