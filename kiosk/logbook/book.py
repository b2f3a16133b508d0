"""The logbook: entries and corrections go in, each call one transaction that is on the disk when it returns."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from sqlite_utils import Database

from hardware.clock import Clock
from kiosk.decisions import App, Correction, Direction, Entry, Source
from kiosk.errors import LogbookError
from kiosk.health import State
from kiosk.logbook.calendar import Calendar
from kiosk.logbook.database import explained, open_for_writing
from kiosk.logbook.rows import CorrectionRow, EntryRow, Rows
from kiosk.logbook.values import Counts, Saved, Writable
from kiosk.version import version

REMEMBERED: Final = 10_000
"""How many entries of this process can still be corrected: a correction follows within minutes, this is hours."""

CLOCK_BATCH: Final = 500
"""Entries moved in one transaction once the clock is set: about 20 ms, so that an officer's press does not wait."""

_TODAY: Final = """
SELECT direction, app, sum(count) FROM tallies WHERE hour >= ? AND hour < ? GROUP BY direction, app
"""
_WITHOUT_CLOCK: Final = """
SELECT id, monotonic FROM entries WHERE boot_id = ? AND clock_trusted = 0
AND NOT EXISTS (SELECT 1 FROM corrections WHERE entry_id = entries.id AND new_utc_ms IS NOT NULL) LIMIT ?
"""
_REPORT_PART: Final = """
INSERT INTO parts (part, state, since_ms, detail, seen_ms) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
since_ms = iif(state = excluded.state, since_ms, excluded.since_ms), state = excluded.state, detail = excluded.detail,
seen_ms = excluded.seen_ms
"""
_BEAT: Final = """
INSERT INTO heartbeat VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET utc_ms = excluded.utc_ms,
boot_id = excluded.boot_id, monotonic = excluded.monotonic, clock_trusted = excluded.clock_trusted,
process = excluded.process, started_ms = excluded.started_ms, version = excluded.version, stopped = excluded.stopped
"""


class Logbook:
    """The one writer of the SQLite file. Not for several threads at once: `Writer` stands in front of it."""

    def __init__(self, path: Path, database: Database, clock: Clock, calendar: Calendar) -> None:
        self.path = path
        self._database = database
        self._connection: sqlite3.Connection = database.conn
        self._clock = clock
        self._calendar = calendar
        self._entry_ids: dict[int, int] = {}
        self._started = clock.monotonic()
        self._clock_settled = False

    @classmethod
    def open(cls, path: Path, clock: Clock, timezone: str = "Asia/Ho_Chi_Minh") -> Self:
        """Open the file, making it where it is missing and bringing an older one up to date.

        Raises LogbookTroubleError when it is damaged, locked, another program's or a newer kiosk's.
        """
        return cls(path, open_for_writing(path), clock, Calendar.of(timezone))

    def write(self, decisions: Sequence[Writable], officer: str | None = None) -> Saved:
        """Add entries and corrections and keep the tallies right, all or nothing; on the disk when this returns.

        Raises LogbookTroubleError, after which nothing of it is in the database; LogbookError for a correction of an
        entry that this process never wrote.
        """
        ids: dict[int, int] = {}
        with self._transaction():
            rows = Rows(self._connection)
            for decision in decisions:
                if isinstance(decision, Entry):
                    ids[decision.number] = self._add_entry(rows, decision, officer)
                else:
                    self._add_correction(rows, decision, ids)
            today = self._count_today()
        self._remember(ids)
        return Saved(tuple(decisions), today)

    def today(self) -> Counts:
        """How many went through today, as the database has it."""
        with explained(self.path):
            return self._count_today()

    def settle_clock(self) -> int:
        """Once the clock is set, move the entries that this boot made before; returns how many were moved.

        The right moment is counted back from now by the clock that never steps, so that it does not matter how often
        the other one was wrong in between.
        """
        if self._clock_settled or not self._clock.trusted():
            return 0
        moved = 0
        while batch := self._move_some():
            moved += batch
        self._clock_settled = True
        return moved

    def report_parts(self, parts: Mapping[str, tuple[State, str]]) -> None:
        """Note how each part is, and a heartbeat with it."""
        now = self._utc_ms()
        with self._transaction():
            rows = [(part, state.value, now, detail, now) for part, (state, detail) in parts.items()]
            self._connection.executemany(_REPORT_PART, rows)
            self._beat(stopped=False)

    def close(self) -> None:
        """Note an orderly end and let go of the file. May be called twice."""
        try:
            with self._transaction():
                self._beat(stopped=True)
        except LogbookError:
            pass  # the end is noted where the file lets us; what was confirmed is on the disk already
        except sqlite3.ProgrammingError:
            return  # closed before
        self._connection.close()

    def _add_entry(self, rows: Rows, entry: Entry, officer: str | None) -> int:
        moment = self._calendar.moment(self._utc_ms_of(entry.t))
        return rows.add_entry(
            EntryRow(
                utc_ms=moment.utc_ms,
                day=moment.day,
                hour=moment.hour,
                direction=entry.direction,
                app=entry.app,
                confidence=float(entry.confidence),
                source=entry.source,
                officer=officer if entry.source is Source.OFFICER else None,
                boot_id=self._clock.boot_id,
                monotonic=float(entry.t),
                clock_trusted=int(self._clock.trusted()),
            )
        )

    def _add_correction(self, rows: Rows, correction: Correction, ids: Mapping[int, int]) -> None:
        entry_id = ids.get(correction.corrects) or self._entry_ids.get(correction.corrects)
        if entry_id is None:
            raise LogbookError(f"{self.path}: no entry number {correction.corrects} to correct")
        rows.add_correction(
            CorrectionRow(
                entry_id=entry_id,
                utc_ms=self._utc_ms_of(correction.t),
                direction=correction.direction,
                app=correction.app,
                cancelled=int(correction.cancelled),
                new_utc_ms=None,
                new_day=None,
                new_hour=None,
                source=correction.source,
                confidence=float(correction.confidence),
                boot_id=self._clock.boot_id,
                monotonic=float(correction.t),
                clock_trusted=int(self._clock.trusted()),
            )
        )

    def _move_some(self) -> int:
        """Move a batch of this boot's entries to their right moment; returns how many."""
        with self._transaction():
            batch = self._connection.execute(_WITHOUT_CLOCK, (self._clock.boot_id, CLOCK_BATCH)).fetchall()
            if batch:
                rows = Rows(self._connection)
                for entry_id, monotonic in batch:
                    rows.add_correction(self._moved(entry_id, monotonic))
        return len(batch)

    def _moved(self, entry_id: int, monotonic: float) -> CorrectionRow:
        moment = self._calendar.moment(self._utc_ms_of(monotonic))
        return CorrectionRow(
            entry_id=entry_id,
            utc_ms=self._utc_ms(),
            direction=None,
            app=None,
            cancelled=0,
            new_utc_ms=moment.utc_ms,
            new_day=moment.day,
            new_hour=moment.hour,
            source="clock",
            confidence=1.0,
            boot_id=self._clock.boot_id,
            monotonic=self._clock.monotonic(),
            clock_trusted=1,
        )

    def _count_today(self) -> Counts:
        day = self._calendar.today(self._utc_ms())
        found = self._connection.execute(_TODAY, self._calendar.bounds(day))
        cells = {(Direction(direction), App(app)): count for direction, app, count in found if count}
        return Counts(day.isoformat(), cells)

    def _beat(self, *, stopped: bool) -> None:
        clock, now = self._clock, self._utc_ms()
        started = now - round((clock.monotonic() - self._started) * 1000)
        values = (now, clock.boot_id, clock.monotonic(), int(clock.trusted()), os.getpid(), started, version())
        self._connection.execute(_BEAT, (*values, int(stopped)))

    def _remember(self, ids: Mapping[int, int]) -> None:
        self._entry_ids.update(ids)
        while len(self._entry_ids) > REMEMBERED:
            del self._entry_ids[next(iter(self._entry_ids))]

    def _utc_ms(self) -> int:
        return round(self._clock.utc() * 1000)

    def _utc_ms_of(self, t: float) -> int:
        """What the clock says now of the moment that `monotonic` called `t`."""
        return round((self._clock.utc() - (self._clock.monotonic() - t)) * 1000)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing. IMMEDIATE: a lock is waited for here, where nothing is begun, and nowhere later."""
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
