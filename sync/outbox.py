"""The outbox: the logbook's tallies that the district has not acknowledged yet.

The logbook writes `tallies`; this module only moves `acknowledged` (and raises a revision that the district
contradicts). It holds no lock while the network is busy: a batch is read, sent, and settled in a transaction of its
own, so counting is never held up.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.decisions import App, Direction
from sync.echo import Cell, Tally, Verdict, compare
from sync.errors import OutboxError
from sync.wire import BATCH_HOURS, Answer, Row, from_epoch

BUSY_SECONDS = 10.0
"""How long to wait for the logbook's writer or an admin's shell: a commit takes milliseconds, a shell seconds."""

_PENDING_HOURS = "SELECT DISTINCT hour FROM tallies WHERE revision > acknowledged ORDER BY hour LIMIT ?"
_PENDING_ROWS = """
    SELECT hour, direction, app, count, revision FROM tallies
    WHERE revision > acknowledged AND hour BETWEEN ? AND ? ORDER BY hour, direction, app
"""
_TALLIES_OF_HOUR = "SELECT hour, direction, app, count, revision, acknowledged FROM tallies WHERE hour = ?"
# Never backwards: a slow answer to an earlier batch may arrive after that of a later one.
_ACKNOWLEDGE = """
    UPDATE tallies SET acknowledged = max(acknowledged, ?) WHERE hour = ? AND direction = ? AND app = ?
"""
_HELD = "SELECT count(*), coalesce(sum(acknowledged), 0) FROM tallies WHERE acknowledged > 0 AND hour >= ?"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What has not been acknowledged: how many rows, in how many hours, the oldest hour (epoch seconds) or None."""

    rows: int
    hours: int
    oldest: int | None


class Outbox:
    """The tallies of one logbook, and what of them is still to be sent."""

    def __init__(self, path: Path, zone: tzinfo) -> None:
        """Open the logbook at `path`; hours are written in `zone`. Raises OutboxError when there is none."""
        self._path = path
        self._zone = zone
        if not path.exists():
            raise OutboxError(f"{path}: no logbook there yet; kiosk run or kiosk demo makes one")
        with self._plain_errors():
            # Autocommit: each transaction below is opened by name, and none is ever left open by accident.
            self.connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
            )

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def next_rows(self) -> tuple[Row, ...]:
        """What is due in the oldest hours, at most BATCH_HOURS of them; empty when all is acknowledged.

        Raises OutboxError for a tally outside the wire format's bounds, naming it: a newer kiosk wrote this logbook.
        """
        with self._plain_errors():
            hours = [hour for (hour,) in self.connection.execute(_PENDING_HOURS, (BATCH_HOURS,))]
            if not hours:
                return ()
            found = self.connection.execute(_PENDING_ROWS, (hours[0], hours[-1])).fetchall()
        try:
            return tuple(self._row(*values) for values in found)
        except ValueError as error:
            raise OutboxError(
                f"{self._path}: a tally that no district takes ({' '.join(str(error).split())})"
            ) from error

    def waiting(self) -> Waiting:
        """How much is still to be sent."""
        with self._plain_errors():
            rows, hours, oldest = self.connection.execute(
                "SELECT count(*), count(DISTINCT hour), min(hour) FROM tallies WHERE revision > acknowledged"
            ).fetchone()
        return Waiting(rows, hours, oldest)

    def oldest_hour(self) -> int | None:
        """Epoch seconds of the oldest hour in the logbook, from which an audit counts; None when it is empty."""
        with self._plain_errors():
            (oldest,) = self.connection.execute("SELECT min(hour) FROM tallies").fetchone()
        return None if oldest is None else int(oldest)

    def settle(self, sent: tuple[Row, ...], answer: Answer) -> Verdict:
        """Take the district's answer to a batch: acknowledge what it holds, put back what it lacks."""
        with self.transaction():
            hours = sorted({row.epoch for row in sent})
            verdict = compare(sent, [tally for hour in hours for tally in self._tallies(hour)], answer.totals)
            self.connection.executemany(_ACKNOWLEDGE, [(revision, *cell) for cell, revision in verdict.settled.items()])
            self.connection.executemany(
                "UPDATE tallies SET acknowledged = 0 WHERE hour = ?", [(hour,) for hour in sorted(verdict.again)]
            )
            self.connection.executemany(
                "UPDATE tallies SET revision = revision + 1 WHERE hour = ? AND direction = ? AND app = ?",
                sorted(verdict.contradicted),
            )
        return verdict

    def audit(self, since: int, held_rows: int, held_revisions: int) -> bool:
        """Whether the district still holds all that it acknowledged; if not, all of it is put back into the outbox.

        `since` is the first hour looked at (epoch seconds); the other two are the district's number of rows from then
        on and the sum of their revisions.

        A district restored from an old backup is noticed here, whichever hours it lost. It may hold more than we
        know of (an answer was lost on the way), never less.
        """
        with self.transaction():
            rows, revisions = self.connection.execute(_HELD, (since,)).fetchone()
            complete = bool(held_rows >= rows and held_revisions >= revisions)
            if not complete:
                self.connection.execute("UPDATE tallies SET acknowledged = 0 WHERE hour >= ?", (since,))
        return complete

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside is written together or not at all. Raises OutboxError when the database refuses."""
        with self._plain_errors():
            # IMMEDIATE: what is compared must not change before it is written.
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def _row(self, hour: int, direction: str, app: str, count: int, revision: int) -> Row:
        return Row(
            hour=from_epoch(hour).astimezone(self._zone),
            direction=Direction(direction),
            app=App(app),
            count=count,
            revision=revision,
        )

    def _tallies(self, hour: int) -> Iterator[Tally]:
        for epoch, direction, app, count, revision, acknowledged in self.connection.execute(_TALLIES_OF_HOUR, (hour,)):
            cell: Cell = (epoch, Direction(direction), App(app))
            yield Tally(cell, count, revision, acknowledged)

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OutboxError(f"{self._path}: the tallies cannot be read or written ({error})") from error
