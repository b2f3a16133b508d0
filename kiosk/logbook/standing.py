"""How the kiosk stands, as its file tells: the facts behind `kiosk status`."""

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardware.clock import Clock
from kiosk.health import State
from kiosk.logbook.places import Places
from kiosk.logbook.reader import Heartbeat, LoggedEntry, PartReport, Reader, Unsent
from kiosk.logbook.values import Counts

LEAST_ROOM: Final = 100 * 1024 * 1024
"""Bytes free on the card below which `status` warns: years of entries, but the system's own logs fill it in days."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything `kiosk status` shows."""

    running: bool
    heartbeat: Heartbeat | None
    heartbeat_age: float | None  # seconds
    parts: list[PartReport]
    last_entry: LoggedEntry | None
    today: Counts
    unsent: Unsent
    entries_without_clock: int
    database: Path
    bytes: int
    bytes_free: int
    schema: str
    sqlite: str

    def faults(self) -> list[str]:
        """What is wrong, one line each; empty when all is well."""
        parts = [
            f"{part.part} is {part.state}" + (f": {part.detail}" if part.detail else "")
            for part in self.parts
            if part.state in (State.DEGRADED, State.DOWN)
        ]
        return [*self.faults_of_the_whole(), *parts]

    def faults_of_the_whole(self) -> list[str]:
        """What is wrong beyond the parts, which speak for themselves."""
        faults = [] if self.running else [_not_running(self.heartbeat)]
        if self.bytes_free < LEAST_ROOM:
            faults.append(f"the disk of {self.database.parent} is nearly full; make room")
        return faults


def standing(reader: Reader, clock: Clock) -> Standing:
    """Read how the kiosk stands; cheap however long the log is."""
    heartbeat = reader.heartbeat()
    return Standing(
        running=heartbeat is not None and heartbeat.is_running(clock),
        heartbeat=heartbeat,
        heartbeat_age=heartbeat.age(clock) if heartbeat else None,
        parts=reader.parts(),
        last_entry=reader.last_entry(),
        today=reader.counts(reader.calendar.today(round(clock.utc() * 1000))),
        unsent=reader.unsent(),
        entries_without_clock=reader.without_clock(),
        database=reader.path,
        bytes=sum(file.stat().st_size for file in _data(reader.path) if file.exists()),
        bytes_free=shutil.disk_usage(reader.path.parent).free,
        schema=reader.schema(),
        sqlite=sqlite3.sqlite_version,
    )


def _data(database: Path) -> list[Path]:
    """The database and its journal, which holds what was written last."""
    return Places(database).of_sqlite()[:2]


def _not_running(heartbeat: Heartbeat | None) -> str:
    if heartbeat is None:
        return "the kiosk has never run on this logbook; start it"
    if heartbeat.stopped:
        return "the kiosk is not running: it was stopped; start it"
    if heartbeat.held:
        return f"the kiosk hangs: process {heartbeat.process} is there and says nothing; see its log and restart it"
    return "the kiosk is not running: it ended without a word; see its log and start it"
