"""Counts that come on a stick: the copy of a logbook that `kiosk backup --stick` makes, from a kiosk without a network.

The same rows as over the network, kept by the same rule (the highest revision wins), so a stick may come twice, late,
or after some of it was sent. No token vouches for a file: whoever may write the district's database does, and says
which kiosk's it is; a file that contradicts what that kiosk is known to have counted is refused.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, select

from kiosk.decisions import App, Direction
from sync.district.database import WRITES
from sync.district.ingest import HEARD, keep
from sync.district.tables import tallies
from sync.errors import DistrictError
from sync.wire import BATCH_ROWS, Row, from_epoch

LOGBOOK: Final = 0x4B494F53
"""SQLite's application_id of a kiosk's logbook ("KIOS"), as kiosk/logbook/schema.py sets it."""

_TALLIES: Final = "SELECT hour, direction, app, count, revision FROM tallies ORDER BY hour, direction, app"


@dataclass(frozen=True, slots=True)
class Carried:
    """What a file brought: how many counts it holds, and how many of them were news."""

    rows: int
    news: int


def read_counts(path: Path) -> list[Row]:
    """All tallies of a logbook's copy. Raises DistrictError in one line when it is none, or damaged."""
    if not path.is_file():
        raise DistrictError(f"{path}: no such file; `kiosk backup --stick` makes one")
    try:
        with closing(_open(path)) as connection:
            if connection.execute("PRAGMA application_id").fetchone() != (LOGBOOK,):
                raise DistrictError(f"{path}: no kiosk's logbook; take the file that `kiosk backup --stick` made")
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise DistrictError(f"{path}: this copy is damaged; make another with `kiosk backup --stick`")
            return [_row(*values) for values in connection.execute(_TALLIES)]
    except sqlite3.Error as error:
        raise DistrictError(f"{path}: cannot be read as a kiosk's logbook ({error})") from error
    except ValueError as error:
        raise DistrictError(f"{path}: a count that no kiosk makes ({' '.join(str(error).split())})") from error


def bring_in(engine: Engine, kiosk: str, rows: Sequence[Row], now_ms: Callable[[], int]) -> Carried:
    """Keep the counts as `kiosk`'s, all or nothing. `now_ms` is the wall clock in epoch milliseconds.

    Raises DistrictError for a kiosk nobody knows, and for counts that cannot be that kiosk's.
    """
    with engine.execution_options(**WRITES).begin() as connection:
        known = connection.execute(HEARD, {"kiosk": kiosk, "now": now_ms()}).first()
        if known is None:
            raise DistrictError(f"{kiosk}: no kiosk of that name; make it known with: district enroll-code {kiosk}")
        held = _held(connection, known.id)
        for row in rows:
            count, revision = held.get(row.cell, (row.count, 0))
            if revision == row.revision and count != row.count:
                raise DistrictError(
                    f"{row.hour:%Y-%m-%d %H:%M} UTC: this file counts {row.count} {row.direction}, {row.app},"
                    f" {kiosk} has sent {count}; is it another kiosk's?"
                )
        news = [row for row in rows if row.revision > held.get(row.cell, (0, 0))[1]]
        for start in range(0, len(news), BATCH_ROWS):
            keep(connection, known.id, news[start : start + BATCH_ROWS])
    return Carried(len(rows), len(news))


def _open(path: Path) -> sqlite3.Connection:
    # A finished copy has no journal, and a stick may be mounted read-only: nothing is made beside it then.
    lone = not path.with_name(path.name + "-wal").exists()
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if lone else ''}", uri=True)


def _row(hour: int, direction: str, app: str, count: int, revision: int) -> Row:
    return Row(hour=from_epoch(hour), direction=Direction(direction), app=App(app), count=count, revision=revision)


def _held(connection: Connection, kiosk_id: int) -> dict[tuple[int, Direction, App], tuple[int, int]]:
    """Count and revision of all that is held of a kiosk."""
    columns = (tallies.c.hour, tallies.c.direction, tallies.c.app, tallies.c.count, tallies.c.revision)
    found = connection.execute(select(*columns).where(tallies.c.kiosk_id == kiosk_id))
    return {
        (hour, Direction(direction), App(app)): (count, revision) for hour, direction, app, count, revision in found
    }
