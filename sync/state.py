"""How sending goes, kept beside the tallies: for `kiosk status`, the screen's corner and the next attempt.

One row in the table `sync_state`; where the logbook has its table `parts`, the part `sync` says the same in its words.
"""

import hashlib
import sqlite3
from dataclasses import dataclass, replace
from typing import Final

PART: Final = "sync"

STOPPED_SECONDS: Final = 24 * 3600
"""How long a refused token is not tried again: one that was revoked by mistake and given back heals within a day, and
a revoked kiosk costs the district one request a day."""

_CREATE = """
    CREATE TABLE IF NOT EXISTS sync_state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        last_success_ms INTEGER,
        last_failure_ms INTEGER,
        last_failure TEXT,
        stopped_ms INTEGER,
        stopped_token TEXT
    )
"""
_REPORT_PART = """
    INSERT INTO parts (part, state, since_ms, detail, seen_ms) VALUES (:part, :state, :now, :detail, :now)
    ON CONFLICT (part) DO UPDATE SET
        since_ms = CASE WHEN state = excluded.state THEN since_ms ELSE excluded.since_ms END,
        state = excluded.state, detail = excluded.detail, seen_ms = excluded.seen_ms
"""


@dataclass(frozen=True, slots=True)
class SyncState:
    """All times are epoch milliseconds, None for never. `stopped_ms` is when the district said no."""

    last_success_ms: int | None = None
    last_failure_ms: int | None = None
    last_failure: str | None = None
    stopped_ms: int | None = None
    stopped_token: str | None = None

    def stopped(self, token: str, now_ms: int) -> bool:
        """Whether this very token was refused less than a day ago; a new enrolment starts afresh."""
        if self.stopped_ms is None or self.stopped_token != token_mark(token):
            return False
        # A clock that went backwards must not prolong the silence.
        return 0 <= now_ms - self.stopped_ms < STOPPED_SECONDS * 1000


def token_mark(token: str) -> str:
    """Tells two tokens apart without giving either away: the secret part has more than 128 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]


def read_state(connection: sqlite3.Connection) -> SyncState:
    """The latest state; all None where nothing was ever sent. Works on a read-only connection."""
    try:
        row = connection.execute(
            "SELECT last_success_ms, last_failure_ms, last_failure, stopped_ms, stopped_token FROM sync_state"
        ).fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):  # the first attempt makes it
            return SyncState()
        raise
    return SyncState(*row) if row else SyncState()


def note_success(connection: sqlite3.Connection, now_ms: int, detail: str) -> None:
    """All that was due is acknowledged; `detail` is one plain line."""
    _write(connection, SyncState(last_success_ms=now_ms))
    _report_part(connection, "ok", detail, now_ms)


def note_failure(connection: sqlite3.Connection, now_ms: int, line: str, refused_token: str | None = None) -> None:
    """An attempt failed, for the reason in `line`; with `refused_token` the district said no and sending stops."""
    state = replace(read_state(connection), last_failure_ms=now_ms, last_failure=line)
    if refused_token:
        state = replace(state, stopped_ms=now_ms, stopped_token=token_mark(refused_token))
    _write(connection, state)
    _report_part(connection, "down" if refused_token else "degraded", line, now_ms)


def _write(connection: sqlite3.Connection, state: SyncState) -> None:
    connection.execute(_CREATE)
    connection.execute(
        "INSERT OR REPLACE INTO sync_state VALUES (1, ?, ?, ?, ?, ?)",
        (state.last_success_ms, state.last_failure_ms, state.last_failure, state.stopped_ms, state.stopped_token),
    )


def _report_part(connection: sqlite3.Connection, state: str, detail: str, now_ms: int) -> None:
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'parts'").fetchone()
    if known:
        connection.execute(_REPORT_PART, {"part": PART, "state": state, "detail": detail, "now": now_ms})
