"""The statements that write, prepared: on this path sqlite-utils' own insert costs 1.3 times the whole transaction.

Everything here runs inside the caller's transaction.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from kiosk.logbook.chain import START, link_hash

Cell = tuple[int, str, str]
"""Hour, direction, app: the key of a tally."""


class EntryRow(NamedTuple):
    """The columns of `entries` between `id` and `link`; schema.py says what they mean."""

    utc_ms: int
    day: str
    hour: int
    direction: str
    app: str
    confidence: float
    source: str
    officer: str | None
    boot_id: str
    monotonic: float
    clock_trusted: int


class CorrectionRow(NamedTuple):
    """The columns of `corrections` between `id` and `link`; schema.py says what they mean."""

    entry_id: int
    utc_ms: int
    direction: str | None
    app: str | None
    cancelled: int
    new_utc_ms: int | None
    new_day: str | None
    new_hour: int | None
    source: str
    confidence: float
    boot_id: str
    monotonic: float
    clock_trusted: int


ENTRY_COLUMNS: Final = ("id", *EntryRow._fields, "link", "hash")
CORRECTION_COLUMNS: Final = ("id", *CorrectionRow._fields, "link", "hash")


def _insert(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


_INSERT_ENTRY: Final = _insert("entries", ENTRY_COLUMNS)
_INSERT_CORRECTION: Final = _insert("corrections", CORRECTION_COLUMNS)
_LAST_ENTRY: Final = "SELECT id, link, hash FROM entries ORDER BY id DESC LIMIT 1"
_LAST_CORRECTION: Final = "SELECT id, link, hash FROM corrections ORDER BY id DESC LIMIT 1"
_ONE_MORE: Final = """
INSERT INTO tallies (hour, direction, app, count, revision) VALUES (?, ?, ?, 1, 1)
ON CONFLICT DO UPDATE SET count = count + 1, revision = revision + 1
"""
_ONE_LESS: Final = """
UPDATE tallies SET count = count - 1, revision = revision + 1 WHERE hour = ? AND direction = ? AND app = ?
"""
_OUTCOME: Final = "SELECT hour, direction, app FROM current_entries WHERE id = ?"

_Last = tuple[int, int, bytes]


class Rows:
    """Adds entries and corrections to the chain and keeps the tallies right, within one transaction.

    The chain's end is read anew for each transaction: two kiosks on one file by mistake do not fork it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        entry: _Last = connection.execute(_LAST_ENTRY).fetchone() or (0, 0, START)
        correction: _Last = connection.execute(_LAST_CORRECTION).fetchone() or (0, 0, START)
        self._entry_id, self._correction_id = entry[0], correction[0]
        _, self._link, self._hash = max(entry, correction, key=lambda row: row[1])

    def add_entry(self, row: EntryRow) -> int:
        """Add one entry and count it; returns its id."""
        self._entry_id += 1
        self._add(_INSERT_ENTRY, self._entry_id, row)
        self._connection.execute(_ONE_MORE, (row.hour, row.direction, row.app))
        return self._entry_id

    def add_correction(self, row: CorrectionRow) -> None:
        """Add one correction, and move the entry from the tally it counted in to the one it counts in now, if any."""
        before = self._outcome(row.entry_id)
        self._correction_id += 1
        self._add(_INSERT_CORRECTION, self._correction_id, row)
        after = self._outcome(row.entry_id)
        if before == after:
            return
        if before is not None:
            self._connection.execute(_ONE_LESS, before)
        if after is not None:
            self._connection.execute(_ONE_MORE, after)

    def _outcome(self, entry_id: int) -> Cell | None:
        """The tally in which the entry counts now; None when it is cancelled."""
        cell: Cell | None = self._connection.execute(_OUTCOME, (entry_id,)).fetchone()
        return cell

    def _add(self, statement: str, row_id: int, values: Sequence[Any]) -> None:
        self._link += 1
        row = (row_id, *values, self._link)
        self._hash = link_hash(self._hash, row)
        self._connection.execute(statement, (*row, self._hash))
