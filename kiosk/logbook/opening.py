"""Opens a logbook whatever has happened to its files, and says what had to be done."""

from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from kiosk.logbook.database import explained, open_for_writing
from kiosk.logbook.places import Places
from kiosk.logbook.restoring import is_ours, restore_newest, set_aside
from kiosk.logbook.rows import Rows, links_after
from kiosk.logbook.trail import Trail
from kiosk.logbook.trouble import LogbookTroubleError, Trouble


@dataclass(frozen=True, slots=True)
class Opened:
    """An open logbook, its trail, one line about what was done to the files (empty when all was well), and where
    damaged ones were put, if any."""

    database: Database
    trail: Trail
    remark: str
    set_aside: Path | None


def open_or_restore(places: Places, *, thorough: bool = False) -> Opened:
    """Open the database; a damaged one is set aside and restored from the newest good backup and the trail.

    `thorough` looks at every page first, however large the file. Raises
    LogbookTroubleError when it is locked, not ours, or the disk does not let us.
    """
    remark, aside = "", None
    try:
        _check_presence(places)
        database = open_for_writing(places.database, thorough=thorough)
    except LogbookTroubleError as error:
        if error.trouble is not Trouble.DAMAGED or not is_ours(places):
            raise
        database, remark, aside = _restore(places)
    trail = Trail(places.trail)
    added = add_missing(database, trail, places)
    if added and not remark:
        remark = f"{added} entries and corrections were missing in the database and came back from the trail"
    elif added:
        remark += f", {added} entries and corrections added from the trail"
    return Opened(database, trail, remark, aside)


def add_missing(database: Database, trail: Trail, places: Places) -> int:
    """Bring database and trail level: add to the one what the other has; returns how many came from the trail."""
    connection = database.conn
    with explained(places.database):
        rows = Rows(connection)
        if trail.last > rows.link:
            connection.execute("BEGIN IMMEDIATE")
            rows = Rows(connection)
            for link in trail.read(rows.link):
                rows.add_again(link)
            connection.execute("COMMIT")
        else:
            follow(database, trail)
    return len(rows.added)


def follow(database: Database, trail: Trail) -> None:
    """Add to the trail what the database has beyond it; a disk that does not take it costs the second copy alone."""
    missing = links_after(database.conn, trail.last) if trail.last else []
    try:
        if missing:
            trail.append(missing)
        elif not trail.last:
            trail.begin_anew(Rows(database.conn).link + 1)
    except OSError:
        trail.close()


def _check_presence(places: Places) -> None:
    """A logbook that has been kept here before does not vanish or shrink to nothing by itself."""
    size = places.database.stat().st_size if places.database.exists() else 0
    if size == 0 and is_ours(places):
        raise LogbookTroubleError(Trouble.DAMAGED, f"{places.database}: the file is gone or empty")


def _restore(places: Places) -> tuple[Database, str, Path | None]:
    folder = set_aside(places)
    backup = restore_newest(places)
    database = open_for_writing(places.database)
    kept = f"kept in {folder}" if folder else "gone"
    source = f"restored from {backup.path.name}" if backup else "begun anew"
    return database, f"the database was damaged: {kept}, {source}", folder
