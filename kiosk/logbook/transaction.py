"""All or nothing: one transaction of the writer's connection."""

import sqlite3
from pathlib import Path
from types import TracebackType

from kiosk.logbook.trouble import explain


class Transaction:
    """Begins with the block and is on the disk after it; an error in the block takes everything back.

    IMMEDIATE: another program's lock is waited for here, where nothing is begun, and nowhere later. SQLite's errors
    come out as LogbookTroubleError. A class, because contextlib's generators cost as much as the rows that go in.
    """

    __slots__ = ("_connection", "_path")

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def __enter__(self) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise explain(error, self._path) from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if error is None:
                self._connection.execute("COMMIT")
        except sqlite3.Error as failed:
            error = failed
        if error is not None:
            self._take_back()
        if isinstance(error, sqlite3.Error):
            raise explain(error, self._path) from error

    def _take_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
