"""The statements that write, prepared: on this path sqlite-utils' own insert costs 1.3 times the whole transaction.

Every function here runs inside the caller's transaction.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from kiosk.logbook.chain import CORRECTION_COLUMNS, ENTRY_COLUMNS, START, link_hash

Cell = tuple[int, str, str]
"""Hour, direction, app: the key of a tally."""


def _insert(table: str, columns: Sequence[str]) -> str:
    names = (*columns, "hash")
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


_INSERT_ENTRY: Final = _insert("entries", ENTRY_COLUMNS)
_INSERT_CORRECTION: Final = _insert("corrections", CORRECTION_COLUMNS)
_LAST: Final = "SELECT id, link, hash FROM {} ORDER BY id DESC LIMIT 1"
_LAST_ENTRY: Final = _LAST.format("entries")
_LAST_CORRECTION: Final = _LAST.format("corrections")

_TALLY: Final = """
INSERT INTO tallies (hour, direction, app, count, revision) VALUES (?, ?, ?, ?, 1)
ON CONFLICT DO UPDATE SET count = count + excluded.count, revision = revision + 1
"""


class Rows:
    """Adds entries and corrections to the chain, within one transaction.

    The chain's end is read anew for each transaction: two kiosks on one file by mistake do not fork it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        entry = connection.execute(_LAST_ENTRY).fetchone() or (0, 0, START)
        correction = connection.execute(_LAST_CORRECTION).fetchone() or (0, 0, START)
        self._entry_id: int = entry[0]
        self._correction_id: int = correction[0]
        _, self._link, self._hash = max(entry, correction, key=lambda row: row[1])

    def add_entry(self, values: Sequence[Any]) -> int:
        """Add one entry, given the values of its columns between `id` and `link`; returns its id."""
        self._entry_id += 1
        self._add(_INSERT_ENTRY, self._entry_id, values)
        return self._entry_id

    def add_correction(self, values: Sequence[Any]) -> None:
        """Add one correction, given the values of its columns between `id` and `link`."""
        self._correction_id += 1
        self._add(_INSERT_CORRECTION, self._correction_id, values)

    def count(self, cell: Cell, change: int) -> None:
        """Change one tally by `change`; its revision grows."""
        self._connection.execute(_TALLY, (*cell, change))

    def _add(self, statement: str, row_id: int, values: Sequence[Any]) -> None:
        self._link += 1
        row = (row_id, *values, self._link)
        self._hash = link_hash(self._hash, row)
        self._connection.execute(statement, (*row, self._hash))
