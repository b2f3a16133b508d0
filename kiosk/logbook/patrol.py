"""The kiosk's own walk along its chain: a few links a minute, round and round, so that nobody needs to ask."""

import sqlite3
from pathlib import Path
from typing import Final

from kiosk.logbook.database import explained
from kiosk.logbook.rows import End
from kiosk.logbook.trouble import CHAIN
from kiosk.logbook.verifying import Piece, beginning, holds, near_the_end, open_for_walking, walk

STRIDE: Final = 1000
"""Links at a time: with a turn a minute a year of a usual door is through within the day, five million links within
four days. Takes 15 ms on a desktop, some 100 ms on a small Pi: a five-hundredth of one of its cores."""


class Patrol:
    """First the newest links, then from the beginning on; what was found stands until a whole round finds nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place: End | None = None
        self._first = True
        self._round_is_whole = True
        self._broken = ""

    def turn(self) -> str:
        """Check the next links; returns where the chain breaks with its code, in one line, empty while it is whole.

        Raises LogbookError when the file cannot be read.
        """
        piece = self._next()
        if piece.breaks:
            self._round_is_whole = False
            self._broken = f"{CHAIN} {piece.breaks[0]}; `kiosk log --verify` says more"
        self._place = piece.end
        if piece.links < STRIDE:
            self._end_round()
        return self._broken

    def _next(self) -> Piece:
        connection = open_for_walking(self._path)
        with explained(self._path):
            try:
                connection.execute("BEGIN")
                return walk(connection, self._begin(connection), STRIDE)
            finally:
                connection.close()

    def _begin(self, connection: sqlite3.Connection) -> End:
        if self._place is not None and holds(connection, self._place):
            return self._place
        if self._first:
            return near_the_end(connection, STRIDE)
        return beginning(connection)

    def _end_round(self) -> None:
        if self._round_is_whole and not self._first:
            self._broken = ""
        self._first, self._round_is_whole, self._place = False, True, None
