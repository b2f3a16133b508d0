"""What a batch costs the district, as a ratio to the floor: the same rows through the bare driver, in the same run.

Both do what a batch of 24 hourly rows needs: one durable idempotent upsert. The floor has no HTTP, no token, no
check of the input and no answer.
"""

import http.client
import json
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from sync.wire import from_epoch
from tests.sync.district.conftest import postgresql
from tests.sync.parts import BOARD, EIGHT, HOUR, District, running_district

__all__ = ["postgresql"]

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

SECONDS = 4.0
CALLERS = 8
HOURS = [EIGHT + hour * HOUR for hour in range(24)]
UPSERT = "DO UPDATE SET count = excluded.count, revision = excluded.revision"
FLOOR = (
    "CREATE TABLE IF NOT EXISTS floor (caller integer, hour bigint, direction text, app text, count integer,"
    " revision bigint, PRIMARY KEY (caller, hour, direction, app))"
)

Act = Callable[[int], None]
"""Sends one batch whose rows carry this revision."""

Make = Callable[[int, ExitStack], Act]
"""Makes the act of the caller with this number; what it opens is closed with the stack."""


def rate(make: Make, callers: int = CALLERS) -> tuple[float, float]:
    """Requests a second of several callers for SECONDS, and the 99th percentile in ms."""
    end = time.perf_counter() + SECONDS + 0.5

    def call(number: int) -> list[float]:
        taken, started, revisions = [], 0.0, count(1)
        with ExitStack() as open_things:
            act = make(number, open_things)
            while started < end:
                started = time.perf_counter()
                act(next(revisions))
                if started > end - SECONDS:
                    taken.append(time.perf_counter() - started)
        return taken

    with ThreadPoolExecutor(callers) as pool:
        taken = sorted(one for caller in pool.map(call, range(callers)) for one in caller)
    return len(taken) / SECONDS, taken[int(len(taken) * 0.99)] * 1000


def kiosk(district: District) -> Make:
    """A kiosk that sends a day's batch again and again, each time with a higher revision."""
    host = district.url.removeprefix("http://")

    def make(number: int, open_things: ExitStack) -> Act:
        credentials = district.enrolled(f"bench-{number}")
        headers = {"Authorization": f"Bearer {credentials.token}"}
        connection = open_things.enter_context(closing(http.client.HTTPConnection(host, timeout=20)))
        times = [from_epoch(hour).isoformat() for hour in HOURS]

        def act(revision: int) -> None:
            figures = {"direction": "in", "app": "detected", "count": revision, "revision": revision}
            rows = [{"hour": hour} | figures for hour in times]
            batch = {"batch": str(uuid4()), "kiosk": credentials.kiosk, "board": BOARD, "rows": rows}
            connection.request("POST", "/api/v1/batches", json.dumps(batch), headers)
            response = connection.getresponse()
            body = response.read()
            assert response.status == 200, body
            assert body.count(b'"count"') == len(HOURS)

        return act

    return make


def postgresql_floor(address: str) -> Make:
    """The same rows by one `unnest` statement on a psycopg connection of the caller's own."""
    upsert = (
        "INSERT INTO floor SELECT %s, * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::integer[], %s::bigint[])"
        f" ON CONFLICT (caller, hour, direction, app) {UPSERT} WHERE excluded.revision > floor.revision"
    )

    def make(number: int, open_things: ExitStack) -> Act:
        connection = open_things.enter_context(closing(psycopg.connect(address, autocommit=True)))

        def act(revision: int) -> None:
            length = len(HOURS)
            columns = (HOURS, ["in"] * length, ["detected"] * length, [revision] * length, [revision] * length)
            connection.execute(upsert, (number, *columns))

        return act

    return make


def sqlite_floor(path: Path) -> Make:
    """The same rows by one `executemany`, each batch on the disk; one caller, because SQLite has one writer."""
    upsert = (
        f"INSERT INTO floor VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (caller, hour, direction, app) {UPSERT}"
        " WHERE excluded.revision > floor.revision"
    )

    def make(number: int, open_things: ExitStack) -> Act:
        connection = open_things.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(FLOOR)

        def act(revision: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(upsert, [(number, hour, "in", "detected", revision, revision) for hour in HOURS])
            connection.execute("COMMIT")

        return act

    return make


def report(kind: str, floor: tuple[float, float], ours: tuple[float, float]) -> float:
    """Print both and return how many times the floor is faster."""
    ratio = floor[0] / ours[0]
    print(f"\ndistrict on {kind}: {ours[0]:.0f} batches/s, p99 {ours[1]:.0f} ms; ", end="")  # noqa: T201
    print(f"floor {floor[0]:.0f}/s, p99 {floor[1]:.0f} ms; floor over ours {ratio:.1f}")  # noqa: T201
    return ratio


def test_postgresql(postgresql):
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(FLOOR)
    floor = rate(postgresql_floor(postgresql))
    with running_district(postgresql) as district:
        ours = rate(kiosk(district))
    assert report("PostgreSQL", floor, ours) < 10


def test_sqlite(tmp_path):
    floor = rate(sqlite_floor(tmp_path / "floor.db"), callers=1)
    with running_district(str(tmp_path / "district.db")) as district:
        ours = rate(kiosk(district))
    assert report("SQLite", floor, ours) < 10
