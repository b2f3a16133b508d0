"""Today's counts, kept in memory between writes: asking the database each time costs a fifth of an entry's own work."""

import sqlite3
from collections.abc import Iterable
from typing import Final

from kiosk.decisions import App, Direction
from kiosk.logbook.calendar import Calendar
from kiosk.logbook.rows import Cell
from kiosk.logbook.values import Counts

_TODAY: Final = """
SELECT direction, app, sum(count) FROM tallies WHERE hour >= ? AND hour < ? GROUP BY direction, app
"""
_NAMED: Final = {(direction.value, app.value): (direction, app) for direction in Direction for app in App}


class Today:
    """Counts the day that the clock says it is; begins anew from the database when that changes."""

    def __init__(self, connection: sqlite3.Connection, calendar: Calendar) -> None:
        self._connection = connection
        self._calendar = calendar
        self._hours = range(0)
        self._day = ""
        self._cells: dict[tuple[Direction, App], int] = {}

    def moved(self, moves: Iterable[tuple[Cell, int]]) -> None:
        """Take in what a transaction that is on the disk now has changed: the tally and by how much."""
        for (hour, direction, app), change in moves:
            if hour in self._hours:
                cell = _NAMED[direction, app]
                count = self._cells.pop(cell, 0) + change
                if count:
                    self._cells[cell] = count

    def begin(self, utc_ms: int) -> None:
        """Make sure that the day counted is that of this moment; before a transaction changes anything.

        Raises sqlite3.Error, which later on could no longer be told from a failure to save.
        """
        if utc_ms // 1000 not in self._hours:
            self._read(utc_ms)

    def counts(self) -> Counts:
        """The day's counts as they are on the disk."""
        return Counts(self._day, self._cells.copy())

    def _read(self, utc_ms: int) -> None:
        day = self._calendar.today(utc_ms)
        hours = range(*self._calendar.bounds(day))
        found = self._connection.execute(_TODAY, (hours.start, hours.stop)).fetchall()
        self._cells = {_NAMED[direction, app]: count for direction, app, count in found if count}
        self._day, self._hours = day.isoformat(), hours
