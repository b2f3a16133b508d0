"""The thread that keeps the logbook in order: backups when they are due, and what is too old goes."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from hardware.clock import Clock
from kiosk.errors import KioskError, LogbookError
from kiosk.health import State
from kiosk.logbook.backups import Backup, backups, make_backup, prune_backups
from kiosk.logbook.calendar import Calendar
from kiosk.logbook.database import look_at_pages
from kiosk.logbook.patrol import Patrol
from kiosk.logbook.places import Places
from kiosk.logbook.retention import remove_before
from kiosk.logbook.trail import begins_after
from kiosk.logbook.trouble import LogbookTroubleError, Trouble
from kiosk.settings import Settings

LOOK_EVERY: Final = 60.0
"""Seconds between two looks whether something is due: backups and retention are due once a day, where an hour late is
no harm, and a kill costs a minute of what the door has learned, at half the writes of the heartbeat."""

FIRST_AFTER: Final = 20.0
"""Seconds after the start before the first look: the start of a Pi is busy enough."""

_log = logging.getLogger(__name__)


def _nothing() -> None:
    """For a log beside which nothing else is kept."""


class Hears(Protocol):
    """Whom the keeper tells what it did or found: the writer."""

    def backup_made(self, backup: Backup) -> None:
        """A backup is complete."""

    def distrust(self, error: LogbookError) -> None:
        """The file is damaged."""

    def chain_is(self, broken: str) -> None:
        """Where the chain breaks, in one line; empty: nowhere that is known."""


class Keeper:
    """Looks after the files beside the writer; `health` hears how keeping goes.

    `also` is done at each look, whether or not the clock is set: what else is to be kept beside the log.
    """

    def __init__(
        self,
        places: Places,
        clock: Clock,
        settings: Settings,
        writer: Hears,
        health: Callable[[State, str], None],
        also: Callable[[], None] = _nothing,
    ) -> None:
        self._places = places
        self._clock = clock
        self._settings = settings
        self._writer = writer
        self._health = health
        self._also = also
        self._calendar = Calendar.of(settings.kiosk.timezone)
        self._patrol = Patrol(places.database)
        self._removed_on = ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        """Begin to keep."""
        self._thread.start()

    def stop(self, timeout: float = 1.0) -> None:
        """End within `timeout` seconds; a backup half made is thrown away the next time. May be called twice."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def look(self) -> None:
        """Look at every page of the database, once after the start: a large one was opened without."""
        try:
            look_at_pages(self._places.database)
        except LogbookError as error:
            self._writer.distrust(error)

    def turn(self) -> None:
        """Look at a piece of the chain and do what is due, if anything.

        Nothing is due while the clock is not set: ages would be wrong by weeks.
        """
        now = datetime.fromtimestamp(self._clock.utc(), UTC)
        try:
            self._writer.chain_is(self._patrol.turn())
            if self._clock.trusted():
                self._back_up(now)
                self._remove_old(now)
        except KioskError as error:
            _log.warning("keeping the logbook: %s", error)
            if isinstance(error, LogbookTroubleError) and error.trouble is Trouble.DAMAGED:
                self._writer.distrust(error)
            self._health(State.DEGRADED, str(error))
        else:
            self._health(State.OK, "")

    def _back_up(self, now: datetime) -> None:
        log = self._settings.log
        newest = next(iter(backups(self._places)), None)
        if not log.backup_hours:
            return
        fits = newest is not None and newest.link >= begins_after(self._places.trail)
        if newest and fits and now - newest.made < timedelta(hours=log.backup_hours):
            return
        backup = make_backup(self._places, now)
        prune_backups(self._places, log.backup_keep, log.backup_days, now)
        self._writer.backup_made(backup)
        _log.info("made the backup %s", backup.path)

    def _remove_old(self, now: datetime) -> None:
        today = self._calendar.today(round(now.timestamp() * 1000))
        if self._removed_on == today.isoformat():
            return
        first_kept = today - timedelta(days=self._settings.log.keep_days)
        sent_only = bool(self._settings.sync.url)
        removal = remove_before(self._places.database, first_kept, round(now.timestamp() * 1000), sent_only=sent_only)
        self._removed_on = today.isoformat()
        if removal.entries:
            _log.info("retention removed %d entries of days before %s", removal.entries, first_kept)

    def _run(self) -> None:
        wait, todo = FIRST_AFTER, self.look
        while not self._ended.wait(wait):
            for task in (todo, self._also):
                try:
                    task()
                except Exception:  # a fault of ours must not end the keeping
                    _log.exception("the keeper stumbled")
            wait, todo = LOOK_EVERY, self.turn
