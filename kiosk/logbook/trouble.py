"""What can be wrong with the database, as a word that the officer's screen and the writer can act on."""

import sqlite3
from enum import StrEnum
from pathlib import Path
from typing import Final

from kiosk.errors import LogbookError


class Trouble(StrEnum):
    """Why the database did not do what was asked."""

    LOCKED = "locked"  # another program holds it; passes
    FULL = "full"  # no room on the disk
    DAMAGED = "damaged"  # the file is not what was written to it
    FOREIGN = "foreign"  # another program's database, or a newer kiosk's
    REFUSED = "refused"  # a rule of the schema forbids this one row
    BROKEN = "broken"  # the disk does not read or write

    @property
    def code(self) -> str:
        """What an officer reads out to whoever helps; docs/logbook.md lists them."""
        return f"L{list(Trouble).index(self) + 1}"


RESTORED: Final = "L7"
"""The code of a logbook that had to be restored and goes on."""

CHAIN: Final = "L8"
"""The code of a logbook in which a row is not as it was written."""


class LogbookTroubleError(LogbookError):
    """A LogbookError that knows its kind."""

    def __init__(self, trouble: Trouble, message: str) -> None:
        super().__init__(message)
        self.trouble = trouble


# https://www.sqlite.org/rescode.html, primary codes: the low byte of an extended one.
_TROUBLES = {
    sqlite3.SQLITE_BUSY: (Trouble.LOCKED, "another program holds it; the kiosk waits until it lets go"),
    sqlite3.SQLITE_LOCKED: (Trouble.LOCKED, "another program holds it; the kiosk waits until it lets go"),
    sqlite3.SQLITE_FULL: (Trouble.FULL, "the disk is full; make room"),
    sqlite3.SQLITE_CORRUPT: (
        Trouble.DAMAGED,
        "the file is damaged; `kiosk backup --restore` puts a backup back",
    ),
    sqlite3.SQLITE_NOTADB: (Trouble.DAMAGED, "not an SQLite database"),
    sqlite3.SQLITE_CONSTRAINT: (Trouble.REFUSED, "a rule of the schema refuses this row"),
    sqlite3.SQLITE_READONLY: (Trouble.BROKEN, "it may only be read; check the owner and the mount"),
    sqlite3.SQLITE_PERM: (Trouble.BROKEN, "it may not be opened; run as the kiosk's user or a member of its group"),
    sqlite3.SQLITE_CANTOPEN: (Trouble.BROKEN, "it cannot be opened; check that folder and file exist and may be read"),
}


def explain(error: sqlite3.Error, path: Path) -> LogbookTroubleError:
    """The same error with its kind, and a line that names the file and the remedy."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    trouble, remedy = _TROUBLES.get(code, (Trouble.BROKEN, f"SQLite says: {error}"))
    if trouble is Trouble.REFUSED:
        remedy = f"{remedy}: {error}"
    return LogbookTroubleError(trouble, f"{path}: {remedy}")
