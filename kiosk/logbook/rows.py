"""The statements that write, prepared: on this path sqlite-utils' own insert costs 1.3 times the whole transaction.

Everything here runs inside the caller's transaction.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from kiosk.logbook.chain import START, encode, link_hash
from kiosk.logbook.trail import Link

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
_ENTRIES_BACK: Final = f"SELECT {', '.join(ENTRY_COLUMNS)} FROM entries ORDER BY id DESC"
_CORRECTIONS_BACK: Final = f"SELECT {', '.join(CORRECTION_COLUMNS)} FROM corrections ORDER BY id DESC"
_OUTCOME: Final = "SELECT hour, direction, app FROM current_entries WHERE id = ?"

_CELL: Final = slice(ENTRY_COLUMNS.index("hour"), ENTRY_COLUMNS.index("app") + 1)

_Last = tuple[int, int, bytes]


class End(NamedTuple):
    """Where the chain ends: the newest entry's id, the newest correction's, the newest link and its hash."""

    entry_id: int
    correction_id: int
    link: int
    hash: bytes


class Rows:
    """Adds entries and corrections to the chain and keeps the tallies right, within one transaction.

    `end` is the chain's end where the caller knows it, else it is read. `added` is what this transaction adds, for the
    trail; `moves` is which tallies it changes, and by how much.
    """

    def __init__(self, connection: sqlite3.Connection, end: End | None = None) -> None:
        self._connection = connection
        self._entry_id, self._correction_id, self.link, self._hash = end or _read_end(connection)
        self.added: list[Link] = []
        self.moves: list[tuple[Cell, int]] = []

    @property
    def end(self) -> End:
        """Where the chain ends with what was added."""
        return End(self._entry_id, self._correction_id, self.link, self._hash)

    def add_entry(self, row: EntryRow) -> int:
        """Add one entry and count it; returns its id."""
        self._add("entries", (self._entry_id + 1, *row, self.link + 1))
        return self._entry_id

    def add_correction(self, row: CorrectionRow) -> None:
        """Add one correction, and move the entry from the tally it counted in to the one it counts in now, if any."""
        self._add("corrections", (self._correction_id + 1, *row, self.link + 1))

    def add_again(self, link: Link) -> bool:
        """Add a row of the trail as it was, if it is the next of the chain; returns whether it was."""
        if link.number != self.link + 1 or link_hash(self._hash, link.encoded) != link.hash:
            return False
        self._add(link.table, link.values)
        return True

    def _add(self, table: str, values: Sequence[Any]) -> None:
        encoded = encode(values)
        self._hash = link_hash(self._hash, encoded)
        self.link += 1
        if table == "entries":
            self._entry_id = values[0]
            self._connection.execute(_INSERT_ENTRY, (*values, self._hash))
            hour, direction, app = values[_CELL]
            self._count(_ONE_MORE, (hour, direction, app), 1)
        else:
            self._correction_id = values[0]
            self._insert_correction(values[1], (*values, self._hash))
        self.added.append(Link(table, values, encoded, self._hash))

    def _insert_correction(self, entry_id: int, values: Sequence[Any]) -> None:
        before = self._outcome(entry_id)
        self._connection.execute(_INSERT_CORRECTION, values)
        after = self._outcome(entry_id)
        if before == after:
            return
        if before is not None:
            self._count(_ONE_LESS, before, -1)
        if after is not None:
            self._count(_ONE_MORE, after, 1)

    def _count(self, statement: str, cell: Cell, change: int) -> None:
        self._connection.execute(statement, cell)
        self.moves.append((cell, change))

    def _outcome(self, entry_id: int) -> Cell | None:
        """The tally in which the entry counts now; None when it is cancelled."""
        cell: Cell | None = self._connection.execute(_OUTCOME, (entry_id,)).fetchone()
        return cell


def _read_end(connection: sqlite3.Connection) -> End:
    entry: _Last = connection.execute(_LAST_ENTRY).fetchone() or (0, 0, START)
    correction: _Last = connection.execute(_LAST_CORRECTION).fetchone() or (0, 0, START)
    return End(entry[0], correction[0], *max(entry, correction, key=lambda row: row[1])[1:])


def links_after(connection: sqlite3.Connection, link: int) -> list[Link]:
    """The rows of the database beyond that link, in the chain's order."""
    found = []
    for table, statement in (("entries", _ENTRIES_BACK), ("corrections", _CORRECTIONS_BACK)):
        for *values, digest in connection.execute(statement):
            if values[-1] <= link:
                break
            found.append(Link(table, values, encode(values), digest))
    return sorted(found, key=lambda one: one.number)


def newest_link(connection: sqlite3.Connection) -> int:
    """The number of the newest link; 0 in an empty logbook."""
    return _read_end(connection).link
