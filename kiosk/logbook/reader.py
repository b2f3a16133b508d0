"""Reads the logbook, beside a running kiosk or without one; never writes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sqlite_utils import Database

from hardware.clock import Clock
from kiosk.decisions import App, Direction, Source
from kiosk.health import State
from kiosk.logbook.calendar import Calendar
from kiosk.logbook.database import explained, open_for_reading
from kiosk.logbook.places import Places
from kiosk.logbook.presence import is_held
from kiosk.logbook.schema import migrations
from kiosk.logbook.values import Counts
from kiosk.logbook.writer import BEAT_EVERY
from kiosk.share_band import Beliefs

SILENT_AFTER: Final = 3 * BEAT_EVERY
"""Seconds after which a kiosk without a heartbeat is taken to hang, or for dead where no lock tells: one beat may be
late behind a lock of the database, not three."""

_CELLS: Final = "SELECT direction, app, sum(count) AS count FROM tallies WHERE hour >= ? AND hour < ? GROUP BY 1, 2"
# A row an hour and not a row a tally: SQLite adds up a year ten times faster than Python does.
_HOURS: Final = f"""
SELECT hour, sum(iif(direction = 'out', count, 0)),
{", ".join(f"sum(iif(direction = 'in' AND app = '{app.value}', count, 0))" for app in App)}
FROM tallies WHERE hour >= ? AND hour < ? GROUP BY hour
"""
_FAULTS: Final = """
SELECT part, state, since_ms, until_ms, detail FROM faults WHERE until_ms > :since AND since_ms < :until
UNION ALL
SELECT part, state, since_ms, NULL, detail FROM parts WHERE state IN ('degraded', 'down') AND since_ms < :until
ORDER BY since_ms, part
"""
_UNSENT: Final = """
SELECT count(*) AS rows, count(DISTINCT hour) AS hours, min(hour) AS oldest FROM tallies WHERE revision > acknowledged
"""
_IN_TIME: Final = """id IN (
    SELECT id FROM entries WHERE utc_ms >= :since AND utc_ms < :until
    UNION SELECT entry_id FROM corrections WHERE new_utc_ms >= :since AND new_utc_ms < :until
) AND utc_ms >= :since AND utc_ms < :until"""
_BELIEFS: Final = f"""
SELECT hour, count(*), sum(chance), sum(chance * (1 - chance)) FROM (
    SELECT hour, iif(app = 'detected', confidence, 1 - confidence) AS chance FROM current_entries
    WHERE direction = 'in' AND app IN ('detected', 'not_detected') AND {_IN_TIME}
) GROUP BY hour
"""
_WITHOUT_CLOCK: Final = """
SELECT count(*) FROM entries WHERE clock_trusted = 0
AND NOT EXISTS (SELECT 1 FROM corrections WHERE entry_id = entries.id AND new_utc_ms IS NOT NULL)
"""
_EVER: Final = (-(2**62), 2**62)


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """One row of `current_entries`: `utc_ms` is milliseconds since 1970, UTC."""

    id: int
    utc_ms: int
    direction: Direction
    app: App
    confidence: float
    source: Source
    officer: str | None
    clock_trusted: bool
    corrected: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries to read; times in milliseconds since 1970, UTC, `until` not included; an empty choice means all."""

    since_ms: int | None = None
    until_ms: int | None = None
    directions: Collection[Direction] = ()
    apps: Collection[App] = ()
    sources: Collection[Source] = ()
    after_id: int = 0


@dataclass(frozen=True, slots=True)
class PartReport:
    """How a part was when the kiosk last said so; times in milliseconds since 1970, UTC."""

    part: str
    state: State
    since_ms: int
    detail: str
    seen_ms: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A time in which a part did not work as it should, in milliseconds since 1970, UTC; None: it still lasts."""

    part: str
    state: State
    since_ms: int
    until_ms: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The last sign of life of the kiosk that writes this file; times in milliseconds since 1970, UTC."""

    utc_ms: int
    boot_id: str
    monotonic: float
    clock_trusted: bool
    process: int
    started_ms: int
    version: str
    stopped: bool
    held: bool | None
    """Whether a living kiosk holds the logbook, which ends with its process; None where that cannot be told."""

    def age(self, clock: Clock) -> float:
        """Seconds since then: within one boot by the clock that never steps, else as the clocks say."""
        if self.boot_id == clock.boot_id:
            return clock.monotonic() - self.monotonic
        return clock.utc() - self.utc_ms / 1000

    def is_running(self, clock: Clock) -> bool:
        """Whether that kiosk still runs and works: a process that is there and silent does not."""
        alive = not self.stopped and self.boot_id == clock.boot_id and self.held is not False
        return alive and self.age(clock) <= SILENT_AFTER


@dataclass(frozen=True, slots=True)
class Unsent:
    """Tallies that the district has not confirmed; `oldest` is an hour's start in seconds since 1970, UTC."""

    rows: int
    hours: int
    oldest: int | None


class Reader:
    """A read-only look at the logbook; a context manager."""

    def __init__(self, path: Path, database: Database, calendar: Calendar) -> None:
        self.path = path
        self.calendar = calendar
        self._database = database

    @classmethod
    def open(cls, path: Path, timezone: str = "Asia/Ho_Chi_Minh") -> Self:
        """Open the file. Raises LogbookError in one line when there is none, or it is not ours."""
        return cls(path, open_for_reading(path), Calendar.of(timezone))

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        self._database.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def entries(self, wanted: Wanted = Wanted(), limit: int | None = None) -> Iterator[LoggedEntry]:
        """The entries as they are held to be now, oldest first; the newest `limit` of them if given."""
        conditions, values = _conditions(wanted)
        select = f"SELECT * FROM current_entries WHERE {' AND '.join(conditions)} ORDER BY id"
        if limit is not None:
            values["limit"] = limit
            select = f"SELECT * FROM ({select} DESC LIMIT :limit) ORDER BY id"
        for row in self._rows(select, values):
            yield LoggedEntry(
                row["id"], row["utc_ms"], Direction(row["direction"]), App(row["app"]), row["confidence"],
                Source(row["source"]), row["officer"], bool(row["clock_trusted"]), bool(row["corrected"]),
            )  # fmt: skip

    def last_entry(self) -> LoggedEntry | None:
        """The newest entry."""
        return next(iter(self.entries(limit=1)), None)

    def counts(self, first: date, last: date | None = None) -> Counts:
        """How many went through from the first day to the last, both included, in the kiosk's zone."""
        rows = self._rows(_CELLS, self.calendar.bounds(first, last))
        cells = {(Direction(row["direction"]), App(row["app"])): row["count"] for row in rows if row["count"]}
        return Counts(first.isoformat(), cells)

    def hours(self, since: int, until: int) -> Iterator[tuple[int, dict[App, int], int]]:
        """The hours from `since` to before `until` (seconds since 1970, UTC): start, who came in, how many went out."""
        with explained(self.path):
            for hour, going, *coming in self._database.conn.execute(_HOURS, (since, until)):
                yield hour, {app: count for app, count in zip(App, coming, strict=True) if count}, going

    def beliefs(self, since: int, until: int) -> dict[int, Beliefs]:
        """What the radios made of those who came in, by hour, from `since` to before `until` (seconds since 1970, UTC).

        Reads the entries one by one: 100,000 of them take an eighth of a second on a PC, ten times that on a small Pi.
        """
        with explained(self.path):
            rows = self._database.conn.execute(_BELIEFS, {"since": since * 1000, "until": until * 1000})
            return {hour: Beliefs(*sums) for hour, *sums in rows}

    def unsent(self) -> Unsent:
        """What still waits for the district."""
        return Unsent(**next(self._rows(_UNSENT)))

    def without_clock(self) -> int:
        """How many entries were made before the clock was set and never moved to their right moment."""
        [count] = next(self._rows(_WITHOUT_CLOCK)).values()
        return int(count)

    def parts(self) -> list[PartReport]:
        """How each part was, by name."""
        rows = self._rows("SELECT * FROM parts ORDER BY part")
        return [PartReport(**row | {"state": State(row["state"])}) for row in rows]

    def faults(self, since_ms: int, until_ms: int) -> list[Fault]:
        """What did not work at some time in a period (milliseconds since 1970, UTC), oldest first."""
        rows = self._rows(_FAULTS, {"since": since_ms, "until": until_ms})
        return [Fault(**row | {"state": State(row["state"])}) for row in rows]

    def heartbeat(self) -> Heartbeat | None:
        """The last sign of life, or None when no kiosk has ever run on this file."""
        row = next(self._rows("SELECT * FROM heartbeat"), None)
        if row is None:
            return None
        del row["id"]
        held = is_held(Places(self.path).presence)
        row |= {"clock_trusted": bool(row["clock_trusted"]), "stopped": bool(row["stopped"])}
        return Heartbeat(**row, held=held)

    def schema(self) -> str:
        """The name of the newest migration that the file has had."""
        return migrations.applied(self._database)[-1].name

    def _rows(self, statement: str, values: Any = ()) -> Iterator[dict[str, Any]]:
        with explained(self.path):
            yield from self._database.query(statement, values)


def _conditions(wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    conditions = ["id > :after"]
    values: dict[str, Any] = {"after": wanted.after_id}
    if wanted.since_ms is not None or wanted.until_ms is not None:
        conditions.append(_IN_TIME)
        values["since"] = _EVER[0] if wanted.since_ms is None else wanted.since_ms
        values["until"] = _EVER[1] if wanted.until_ms is None else wanted.until_ms
    for column, choice in (("direction", wanted.directions), ("app", wanted.apps), ("source", wanted.sources)):
        if choice:
            names = [f"{column}_{number}" for number in range(len(choice))]
            conditions.append(f"{column} IN ({', '.join(':' + name for name in names)})")
            values |= dict(zip(names, (one.value for one in choice), strict=True))
    return conditions, values
