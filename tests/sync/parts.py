"""A real logbook's tallies, a real district as a process, and a web server that is no district."""

import contextlib
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from kiosk.decisions import App, Direction
from kiosk.logbook.schema import migrations
from sync.client import Client
from sync.credentials import Credentials
from sync.district.database import database_url, open_database
from sync.district.register import Register
from sync.district.tokens import Verifier

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
EIGHT = 1_795_485_600  # 2026-11-24 09:00 in Viet Nam
HOUR = 3600
NOW_MS = (EIGHT + 5 * HOUR) * 1000
BOARD = "0" * 32
OTHER_BOARD = "f" * 32


class Book:
    """A logbook of which only the tallies matter; counting does what the logbook's writer does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        database = Database(path)
        migrations.apply(database)
        database.close()

    def count(self, hour: int, count: int, direction: Direction = Direction.IN, app: App = App.DETECTED) -> None:
        """The tally becomes `count`, its revision one more."""
        self.run(
            "INSERT INTO tallies (hour, direction, app, count, revision) VALUES (?, ?, ?, ?, 1)"
            " ON CONFLICT DO UPDATE SET count = excluded.count, revision = revision + 1",
            (hour, direction, app, count),
        )

    def rows(self) -> list[tuple[int, str, str, int, int, int]]:
        """Every tally with its revision and what is acknowledged of it."""
        return self.run("SELECT hour, direction, app, count, revision, acknowledged FROM tallies")

    def unsent(self) -> int:
        """How many rows the outbox still holds."""
        return self.run("SELECT count(*) FROM tallies WHERE revision > acknowledged")[0][0]

    def run(self, statement: str, values: tuple[object, ...] = ()) -> list:
        with contextlib.closing(sqlite3.connect(self.path)) as connection, connection:
            return connection.execute(statement, values).fetchall()


@dataclass
class District:
    """A running `district serve`."""

    url: str
    database: str
    process: subprocess.Popen[str]

    def run(self, *arguments: str) -> str:
        """Run another `district` command on the same database."""
        command = [sys.executable, "-m", "sync.district", *arguments, "--database", self.database]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.strip()

    @contextlib.contextmanager
    def register(self) -> Iterator[Register]:
        """The register on the same database: what the commands use, without a process for each."""
        engine = open_database(database_url(self.database))
        yield Register(engine, Verifier(), lambda: time.time_ns() // 1_000_000)
        engine.dispose()

    def enrolled(self, name: str = "", board: str = BOARD) -> Credentials:
        """A kiosk of its own for one test."""
        with self.register() as register, Client(self.url) as client:
            return client.enroll(register.make_code(name or f"kiosk-{uuid4().hex[:8]}"), board)

    def revoke(self, credentials: Credentials) -> None:
        """End its token."""
        with self.register() as register:
            register.revoke(credentials.kiosk)

    def sql(self, statement: str, values: tuple[object, ...] = ()) -> list:
        """What an admin does by hand in the district's file."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=10)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def held(self, credentials: Credentials) -> dict[tuple[int, str, str], tuple[int, int]]:
        """What it holds of a kiosk: count and revision of each cell."""
        found = self.sql(
            "SELECT hour, direction, app, count, revision FROM tallies"
            " JOIN kiosks ON kiosks.id = kiosk_id WHERE name = ?",
            (credentials.kiosk,),
        )
        return {(hour, direction, app): (count, revision) for hour, direction, app, count, revision in found}


@contextlib.contextmanager
def running_district(database: str) -> Iterator[District]:
    """A district on a free port, ended by SIGTERM; its exit code and its silence on stderr are checked."""
    command = [sys.executable, "-m", "sync.district", "serve", "--port", "0", "--demo", "first", "--database", database]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        assert process.stdout.readline().startswith("code first.")
        line = process.stdout.readline()
        assert line.startswith("serving http://127.0.0.1:")
        yield District(line.split()[1].rstrip("/"), database, process)
    finally:
        process.terminate()
        _, complaints = process.communicate(timeout=10)
    assert (process.returncode, complaints) == (0, "")


@dataclass
class Impostor:
    """A web server that is no district: each request gets what `answer` returns: status, headers, body."""

    answer: Callable[[bytes], tuple[int, dict[str, str], bytes]] = lambda body: (200, {}, b"")
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""
