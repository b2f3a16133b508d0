"""Brings an older logbook's schema up to date: first on a copy, and only if that is whole afterwards, for real."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from kiosk.errors import LogbookError
from kiosk.logbook.schema import migrations


def bring_up_to_date(database: Database, path: Path) -> None:
    """Apply the migrations that are pending, each in one transaction together with its record.

    Raises LogbookError when the rehearsal on a copy fails: the logbook is then as it was.
    """
    if not migrations.pending(database):
        return
    if migrations.applied(database):
        _rehearse(database, path)
    migrations.apply(database)


def _rehearse(database: Database, path: Path) -> None:
    copy = path.with_suffix(".rehearsal")
    names = ", ".join(migration.name for migration in migrations.pending(database))
    try:
        copy.unlink(missing_ok=True)
        with closing(sqlite3.connect(copy, isolation_level=None)) as target:
            database.conn.backup(target)
            migrations.apply(Database(target))
            verdicts = (
                target.execute("PRAGMA quick_check(1)").fetchall()
                + target.execute("PRAGMA foreign_key_check").fetchall()
            )
        if verdicts != [("ok",)]:
            raise LogbookError(f"{path}: not brought up to date ({names}): the copy was not whole afterwards")
    except (sqlite3.Error, OSError) as error:
        raise LogbookError(f"{path}: not brought up to date ({names}), tried on a copy: {error}") from error
    finally:
        for file in (copy, copy.with_name(copy.name + "-wal"), copy.with_name(copy.name + "-shm")):
            file.unlink(missing_ok=True)
