"""The logbook: entries and corrections go in, each call one transaction that is on the disk when it returns."""

import contextlib
import os
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from hardware.clock import Clock
from kiosk.decisions import Correction, Entry, Shift, Source
from kiosk.errors import LogbookError
from kiosk.health import State
from kiosk.logbook import ballast
from kiosk.logbook.backups import Backup, backups, prune_backups
from kiosk.logbook.calendar import Calendar
from kiosk.logbook.database import explained
from kiosk.logbook.moving import Mover
from kiosk.logbook.opening import follow, open_or_restore
from kiosk.logbook.places import Places
from kiosk.logbook.presence import Presence
from kiosk.logbook.rows import CorrectionRow, End, EntryRow, Rows
from kiosk.logbook.today import Today
from kiosk.logbook.transaction import Transaction
from kiosk.logbook.trouble import RESTORED, Trouble
from kiosk.logbook.values import Counts, Saved, Writable
from kiosk.plain_text import clean
from kiosk.version import version

REMEMBERED: Final = 10_000
"""How many entries of this process can still be corrected: a correction follows within minutes, this is hours."""

LONGEST_NAME: Final = 60
"""Characters of an officer's name that are kept."""

_ADD_SHIFT: Final = """
INSERT INTO shifts
    (utc_ms, officer, previous, previous_in, previous_with_app, boot_id, monotonic, clock_trusted)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
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

    def __init__(self, path: Path, clock: Clock, calendar: Calendar) -> None:
        self.path = path
        self.places = Places(path)
        self.remark = ""
        """What had to be done to the files when they were opened, in one line; empty when all was well."""
        self._set_aside = False
        self._clock = clock
        self._calendar = calendar
        self._entry_ids: dict[int, int] = {}
        self._started = clock.monotonic()
        self._clock_settled = False
        self._attach()
        self._presence = Presence(self.places.presence)

    @classmethod
    def open(cls, path: Path, clock: Clock, timezone: str = "Asia/Ho_Chi_Minh") -> Self:
        """Open the file, making it where it is missing, bringing an older one up to date, restoring a damaged one.

        Raises LogbookTroubleError when it is locked, another program's or a newer kiosk's, or the disk is at fault.
        """
        return cls(path.absolute(), clock, Calendar.of(timezone))

    def reopen(self) -> None:
        """Let go of the file, look at every page and open it: after a disk error, or when it seems to be damaged."""
        self._connection.close()
        self._trail.close()
        self._attach(thorough=True)

    def write(self, decisions: Sequence[Writable], officer: str | None = None) -> Saved:
        """Add entries and corrections and keep the tallies right, all or nothing; on the disk when this returns.

        Raises LogbookTroubleError, after which nothing of it is in the database; LogbookError for a correction of an
        entry that this process never wrote.
        """
        ids: dict[int, int] = {}
        with self._transaction():
            rows = self._begin_rows()
            for decision in decisions:
                if isinstance(decision, Entry):
                    ids[decision.number] = self._add_entry(rows, decision, officer)
                else:
                    self._add_correction(rows, decision, ids)
        self._follow(rows)
        self._remember(ids)
        return Saved(tuple(decisions), self._today.counts())

    def hand_over(self, shift: Shift) -> None:
        """Add the beginning of a shift; on the disk when this returns. Raises LogbookTroubleError."""
        clock, previous = self._clock, shift.previous or None
        begun = (self._utc_ms_of(shift.t), _name(shift.officer), _name(previous), shift.total, shift.detected)
        with self._transaction():
            self._connection.execute(_ADD_SHIFT, (*begun, clock.boot_id, shift.t, clock.trusted()))

    def today(self) -> Counts:
        """How many went through today, as the database has it."""
        with explained(self.path):
            self._today.begin(self._utc_ms())
        return self._today.counts()

    def settle_clock(self) -> int:
        """Once the clock is set, move the entries made before to their right moment; returns how many were moved."""
        if self._clock_settled or not self._clock.trusted():
            return 0
        mover = Mover(self._connection, self._clock, self._calendar)
        moved = 0
        with self._transaction():
            mover.note_boot()
            mover.note_behind()
        for move in (mover.move_this_boot, mover.move_boots_before):
            batch = -1
            while batch:
                with self._transaction():
                    rows = self._begin_rows()
                    batch = move(rows)
                self._follow(rows)
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
            Mover(self._connection, self._clock, self._calendar).note_boot()

    def trail_begins_after(self, backup: Backup) -> None:
        """A backup holds all up to its link: the trail goes on in a new file."""
        with contextlib.suppress(OSError):
            self._trail.begin_anew(self._trail.last + 1)
            oldest = min(kept.link for kept in (backup, *backups(self.places)))
            self._trail.prune(oldest)

    def hold_room(self) -> None:
        """Hold room back for the day on which the disk is full, where there is enough."""
        ballast.take(self.places.ballast)

    def make_room(self) -> None:
        """When the disk is full: give up what is only held for that day, and all backups but the newest."""
        ballast.give_up(self.places.ballast)
        prune_backups(self.places, keep=1, keep_days=10**6, now=datetime.now(UTC))

    def fault(self) -> str:
        """What somebody should look at although the log goes on, its code first; empty when there is nothing."""
        if self.places.damaged.exists():
            what = self.remark or "the database was damaged and restored"
            return f"{RESTORED} {what}; look at {self.places.damaged}, then delete it"
        if not self.places.ballast.exists():
            return f"{Trouble.FULL.code} the disk of {self.path.parent} is nearly full; make room"
        return f"{RESTORED} {self.remark}" if self.remark and not self._set_aside else ""

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
        self._trail.close()
        self._presence.end()

    def _attach(self, *, thorough: bool = False) -> None:
        opened = open_or_restore(self.places, thorough=thorough)
        self._database = opened.database
        self._connection: sqlite3.Connection = opened.database.conn
        self._today = Today(self._connection, self._calendar)
        self._trail = opened.trail
        self._end: End | None = None
        self._end_as_of = -1
        if opened.remark:
            self.remark, self._set_aside = opened.remark, opened.set_aside is not None

    def _add_entry(self, rows: Rows, entry: Entry, officer: str | None) -> int:
        moment = self._calendar.moment(self._utc_ms_of(entry.t))
        return rows.add_entry(
            EntryRow(
                utc_ms=moment.utc_ms,
                day=moment.day,
                hour=moment.hour,
                direction=entry.direction.value,
                app=entry.app.value,
                confidence=float(entry.confidence),
                source=entry.source.value,
                officer=_name(officer) if entry.source is Source.OFFICER else None,
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
                direction=correction.direction and correction.direction.value,
                app=correction.app and correction.app.value,
                cancelled=int(correction.cancelled),
                new_utc_ms=None,
                new_day=None,
                new_hour=None,
                source=correction.source.value,
                confidence=float(correction.confidence),
                boot_id=self._clock.boot_id,
                monotonic=float(correction.t),
                clock_trusted=int(self._clock.trusted()),
            )
        )

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

    def _begin_rows(self) -> Rows:
        """At the beginning of a transaction that adds to the chain."""
        self._today.begin(self._utc_ms())
        end, self._end = self._known_end(), None
        return Rows(self._connection, end)

    def _follow(self, rows: Rows) -> None:
        """What was added is on the disk: today's counts and the trail follow."""
        self._end = rows.end
        self._today.moved(rows.moves)
        if not rows.added:
            return
        try:
            if self._trail.last + 1 == rows.added[0].number:
                self._trail.append(rows.added)
            else:
                follow(self._database, self._trail)
        except OSError:
            self._trail.close()  # the next time it is brought level; what counts is in the database

    def _known_end(self) -> End | None:
        """The chain's end as this process left it, unless another connection has written since.

        Two kiosks on one file by mistake so do not fork the chain, and one alone need not read what it wrote itself.
        """
        [version] = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._end_as_of:
            self._end, self._end_as_of = None, version
        return self._end

    def _transaction(self) -> Transaction:
        return Transaction(self._connection, self.path)


def _name(officer: str | None) -> str | None:
    """An officer's name as it may stand in the log: composed, bounded, without what cannot be printed."""
    return " ".join(clean(officer, LONGEST_NAME).text.split()) if officer else officer
