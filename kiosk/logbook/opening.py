"""Opens a logbook whatever has happened to its files, and says what had to be done."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from kiosk.logbook.database import explained, open_for_writing
from kiosk.logbook.places import Places
from kiosk.logbook.restoring import is_ours, restore_newest, set_aside
from kiosk.logbook.rows import Rows, links_after, newest_link
from kiosk.logbook.trail import Trail
from kiosk.logbook.trouble import LogbookTroubleError, Trouble

WHOLE: Final = 50_000
"""Links up to which a trail that is missing is written anew from the database: a second's work, some 15 MB."""


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
    try:
        with explained(places.database):
            trail, added, strange = _bring_level(database, places)
    except BaseException:
        database.conn.close()
        raise
    if added:
        remark += f"{', ' if remark else ''}{added} entries and corrections came back from the trail"
    if strange is not None:
        remark += f"{', ' if remark else ''}the trail did not fit the database and is kept in {strange}"
        aside = aside or strange
    return Opened(database, trail, remark, aside)


def _bring_level(database: Database, places: Places) -> tuple[Trail, int, Path | None]:
    """Add to database and trail what only the other has.

    Returns the trail, how many links the database got from it, and where a trail was put that is none of this database.
    """
    connection, trail = database.conn, Trail(places.trail)
    rows = Rows(connection)
    if trail.last > rows.link:
        connection.execute("BEGIN IMMEDIATE")
        rows = Rows(connection)
        for link in trail.read(rows.link):
            rows.add_again(link)
        connection.execute("COMMIT")
    strange = None
    if trail.last > rows.link:
        # What is left over follows nothing: another logbook's file was put here, or a line is spoilt.
        strange = set_aside(places, [places.trail])
        trail = Trail(places.trail)
    follow(database, trail)
    return trail, len(rows.added), strange


def follow(database: Database, trail: Trail) -> None:
    """Add to the trail what the database has beyond it; a disk that does not take it costs the second copy alone."""
    newest = newest_link(database.conn)
    try:
        if trail.last == 0 and newest > WHOLE:
            trail.begin_anew(newest + 1)  # the keeper makes a backup of what is before it
        elif trail.last < newest:
            trail.append(links_after(database.conn, trail.last))
        elif not trail.folder.exists():
            trail.begin_anew(newest + 1)
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
