"""Once the clock is set: the corrections that move entries to their right moment."""

import sqlite3
from typing import Final

from hardware.clock import Clock
from kiosk.logbook.calendar import Calendar
from kiosk.logbook.rows import CorrectionRow, Rows

BATCH: Final = 500
"""Entries moved in one transaction: some 20 ms, so that an officer's press does not wait for a week of them."""

GUESSED: Final = 0.5
"""Confidence in the moment of an entry whose boot ended before its clock was set."""

_NOTE_BOOT: Final = """
INSERT INTO boots (boot_id, utc_ms, monotonic, clock_trusted, last_monotonic) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET last_monotonic = max(last_monotonic, excluded.last_monotonic)
"""
_START: Final = "SELECT rowid, utc_ms, monotonic, clock_trusted, behind_ms FROM boots WHERE boot_id = ?"
_NOTE_BEHIND: Final = "UPDATE boots SET behind_ms = ? WHERE boot_id = ? AND behind_ms IS NULL"
_BOOTS_BEFORE: Final = """
SELECT boot_id, utc_ms, monotonic, last_monotonic FROM boots
WHERE rowid < ? AND rowid > (SELECT coalesce(max(rowid), 0) FROM boots WHERE rowid < ? AND clock_trusted)
AND behind_ms IS NULL ORDER BY rowid DESC
"""
_UNMOVED: Final = """
SELECT id, monotonic FROM entries WHERE boot_id = ? AND clock_trusted = 0
AND NOT EXISTS (SELECT 1 FROM corrections WHERE entry_id = entries.id AND new_utc_ms IS NOT NULL) LIMIT ?
"""


class Mover:
    """Moves entries batch by batch, each within a transaction of the caller's."""

    def __init__(self, connection: sqlite3.Connection, clock: Clock, calendar: Calendar) -> None:
        self._connection = connection
        self._clock = clock
        self._calendar = calendar

    def note_boot(self) -> None:
        """Note how far this boot has come, and at first what its clock said when it began."""
        clock, now = self._clock, self._clock.monotonic()
        values = (clock.boot_id, round(clock.utc() * 1000), now, int(clock.trusted()), now)
        self._connection.execute(_NOTE_BOOT, values)

    def move_this_boot(self, rows: Rows) -> int:
        """Move a batch of this boot's entries; returns how many, 0 when none is left.

        The right moment is counted back from now by the clock that never steps, so that it does not matter how often
        the other one was wrong in between.
        """
        now, now_ms = self._clock.monotonic(), self._clock.utc() * 1000
        return self._move(rows, self._clock.boot_id, now_ms - now * 1000, trusted=True)

    def move_boots_before(self, rows: Rows) -> int:
        """Move a batch of entries of boots that ended before their clock was set, which nobody can do exactly.

        They are taken to have ended when the boot after them began: right to the minute when the machine was only
        started again, and never too early. Returns how many, 0 when none is left.
        """
        start = self._connection.execute(_START, (self._clock.boot_id,)).fetchone()
        if start is None:
            return 0
        rowid, utc_ms, _, _, behind_ms = start
        next_began = utc_ms + (behind_ms or 0)
        for boot_id, said_ms, monotonic, last in self._connection.execute(_BOOTS_BEFORE, (rowid, rowid)).fetchall():
            zero_ms = next_began - last * 1000
            moved = self._move(rows, boot_id, zero_ms, trusted=False)
            if moved:
                return moved
            next_began = round(zero_ms + monotonic * 1000)
            self._connection.execute(_NOTE_BEHIND, (next_began - said_ms, boot_id))
        return 0

    def note_behind(self) -> None:
        """Note by how much this boot's clock was wrong when it began."""
        start = self._connection.execute(_START, (self._clock.boot_id,)).fetchone()
        if start is not None and not start[3]:
            _, utc_ms, monotonic, _, _ = start
            began_ms = round((self._clock.utc() - (self._clock.monotonic() - monotonic)) * 1000)
            self._connection.execute(_NOTE_BEHIND, (began_ms - utc_ms, self._clock.boot_id))

    def _move(self, rows: Rows, boot_id: str, zero_ms: float, *, trusted: bool) -> int:
        """Move entries of one boot, `zero_ms` being when its clock that never steps stood at zero."""
        batch = self._connection.execute(_UNMOVED, (boot_id, BATCH)).fetchall()
        for entry_id, monotonic in batch:
            rows.add_correction(self._correction(entry_id, round(zero_ms + monotonic * 1000), trusted=trusted))
        return len(batch)

    def _correction(self, entry_id: int, utc_ms: int, *, trusted: bool) -> CorrectionRow:
        moment = self._calendar.moment(utc_ms)
        return CorrectionRow(
            entry_id=entry_id,
            utc_ms=round(self._clock.utc() * 1000),
            direction=None,
            app=None,
            cancelled=0,
            new_utc_ms=moment.utc_ms,
            new_day=moment.day,
            new_hour=moment.hour,
            source="clock",
            confidence=1.0 if trusted else GUESSED,
            boot_id=self._clock.boot_id,
            monotonic=self._clock.monotonic(),
            clock_trusted=int(trusted),
        )
