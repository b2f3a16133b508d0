"""The logbook: whether it is there and whole, how old the backups are, what was not sent, and what the kiosk says."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from hardware.clock import Clock
from kiosk.doctor.finding import Finding, Grade
from kiosk.errors import LogbookError
from kiosk.health import State
from kiosk.logbook.backups import backups
from kiosk.logbook.database import look_at_pages
from kiosk.logbook.places import Places
from kiosk.logbook.reader import Reader
from kiosk.logbook.standing import Standing, standing

OLD_BACKUP: Final = timedelta(days=3)
"""Backups are made daily; three missed ones are no accident."""

_GRADES: Final = {State.OK: Grade.OK, State.OFF: Grade.OFF, State.DEGRADED: Grade.FAULT, State.DOWN: Grade.FAULT}


def stand(database: Path, timezone: str, clock: Clock) -> Standing | None:
    """How the kiosk stands; None where there is no logbook that could be read."""
    try:
        with Reader.open(database, timezone) as reader:
            return standing(reader, clock)
    except LogbookError:
        return None


def logbook(database: Path, stands: Standing | None) -> Iterator[Finding]:
    """The file and its backups. Raises LogbookError when it cannot be read."""
    if not database.exists():
        yield Finding("logbook", Grade.REMARK, f"{database}: none yet; `kiosk run` begins one")
        return
    look_at_pages(database)
    schema = f", schema {stands.schema}" if stands else ""
    yield Finding("logbook", Grade.OK, f"{database}: whole, {database.stat().st_size // 1024} KiB{schema}")
    places = Places(database)
    if places.damaged.exists():
        yield Finding("damaged files", Grade.FAULT, f"kept in {places.damaged}: look at them, then delete the folder")
    newest = next(iter(backups(places)), None)
    if newest is None:
        yield Finding("backups", Grade.REMARK, "none yet; the kiosk makes one a day, `kiosk backup` makes one now")
    else:
        old = datetime.now(UTC) - newest.made > OLD_BACKUP
        yield Finding(
            "backups", Grade.REMARK if old else Grade.OK, f"the newest is of {newest.made:%Y-%m-%d %H:%M} UTC"
        )


def running(stands: Standing | None) -> Iterator[Finding]:
    """What the kiosk says of its own parts, if it runs."""
    if stands is None or not stands.running:
        yield Finding("running", Grade.REMARK, "no; the parts are tried here")
        return
    yield Finding("running", Grade.OK, "yes; its parts as it says itself")
    for part in stands.parts:
        yield Finding(part.part, _GRADES[part.state], f"{part.state}{': ' if part.detail else ''}{part.detail}")
