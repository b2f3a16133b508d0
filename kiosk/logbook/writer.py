"""The thread in front of the logbook: takes decisions from anywhere, makes nobody wait, and says what is saved."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from kiosk.decisions import Shift
from kiosk.errors import LogbookError
from kiosk.health import State
from kiosk.logbook.backups import Backup
from kiosk.logbook.book import Logbook
from kiosk.logbook.trouble import LogbookTroubleError, Trouble
from kiosk.logbook.values import NotSaved, Saved, Writable
from kiosk.logbook.waiting import BATCH, CAPACITY, Waiting

BEAT_EVERY: Final = 30.0
"""Seconds between two heartbeats. Each is a synced write: 3000 a day are nothing to an SD card, one a second would wear
it; and `status` can call a kiosk dead after three."""

RETRY_FIRST: Final = 0.05
RETRY_MOST: Final = 1.0
"""Seconds between two tries, doubling from first to most: a lock passes in milliseconds or is somebody's shell."""

_log = logging.getLogger(__name__)


def _ignore_health(_state: State, _detail: str) -> None:
    """For callers that keep no health."""


class Writer:
    """Writes in a thread of its own. `saved`, `failed` and `health` are called there and must only hand over.

    While the database is locked, full or broken, decisions wait in memory and are tried again; `failed` says so once
    for each that is late, and again when they are given up. `health` hears how the logbook itself is.
    """

    def __init__(
        self,
        logbook: Logbook,
        saved: Callable[[Saved], None],
        failed: Callable[[NotSaved], None],
        health: Callable[[State, str], None] = _ignore_health,
        *,
        capacity: int = CAPACITY,
        beat_every: float = BEAT_EVERY,
    ) -> None:
        self._logbook = logbook
        self._saved = saved
        self._failed = failed
        self._health = health
        self._beat_every = beat_every
        self._next_beat = 0.0
        self._changed = threading.Condition()
        self._waiting = Waiting(capacity)
        self._parts: dict[str, tuple[State, str]] = {}
        self._parts_are_news = False
        self._backup: Backup | None = None
        self._shifts: deque[tuple[Shift, Callable[[], None]]] = deque()
        self._distrusted: LogbookError | None = None
        self._broken_chain = ""
        self._deadline: float | None = None
        self._one_by_one = False
        self._trouble: LogbookError | None = None
        self._said = (State.OK, "")
        self._thread = threading.Thread(target=self._run, name="logbook", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def put(self, decisions: Sequence[Writable], officer: str | None = None) -> None:
        """Hand over decisions that belong together; returns at once, from any thread."""
        with self._changed:
            taken = self._deadline is None and self._waiting.add(decisions, officer, time.monotonic())
            self._changed.notify()
        if not taken:
            self._failed(NotSaved(tuple(decisions), Trouble.BROKEN, "too many wait to be saved already", True))

    def hand_over(self, shift: Shift, done: Callable[[], None]) -> None:
        """Write the beginning of a shift and call `done` once it is on the disk; returns at once, from any thread."""
        with self._changed:
            self._shifts.append((shift, done))
            self._changed.notify()

    def report_part(self, part: str, state: State, detail: str = "") -> None:
        """Note how a part is; returns at once, from any thread."""
        with self._changed:
            if self._parts.get(part) != (state, detail):
                self._parts[part] = (state, detail)
                self._parts_are_news = True
                self._changed.notify()

    def backup_made(self, backup: Backup) -> None:
        """Note that a backup was made: the trail then begins anew; returns at once, from any thread."""
        with self._changed:
            self._backup = backup
            self._parts_are_news = True
            self._changed.notify()

    def distrust(self, error: LogbookError) -> None:
        """The file was found to be damaged: look at it, restore it if so, and go on; returns at once."""
        with self._changed:
            self._distrusted = error
            self._parts_are_news = True
            self._changed.notify()

    def chain_is(self, broken: str) -> None:
        """Note where the chain was found to break, in one line, empty for nowhere; returns at once, from any thread."""
        with self._changed:
            if broken != self._broken_chain:
                self._broken_chain = broken
                self._parts_are_news = True
                self._changed.notify()

    def stop(self, timeout: float = 2.0) -> bool:
        """Write what waits, for at most `timeout` seconds, and close the logbook; returns whether all was saved.

        What could not be saved is given up, and `failed` is told. May be called twice.
        """
        with self._changed:
            if self._deadline is None:
                self._deadline = time.monotonic() + timeout
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout + RETRY_MOST)
        return not self._waiting

    def _run(self) -> None:
        pause = 0.0
        while self._wait(pause):
            pause = 0.0 if self._work() else min(RETRY_MOST, max(RETRY_FIRST, pause * 2))
        if self._waiting:
            decisions, _ = self._waiting.head(len(self._waiting))
            self._tell_failed(decisions, self._trouble, given_up=True)
        self._logbook.close()

    def _wait(self, pause: float) -> bool:
        """Wait for work, or for `pause` seconds after a failure; returns False when it is time to end."""
        with self._changed:
            if pause:
                self._changed.wait_for(lambda: self._deadline is not None, pause)
            else:
                until_beat = max(0.0, self._next_beat - time.monotonic())
                self._changed.wait_for(self._has_work, until_beat)
            if self._deadline is None:
                return True
            return bool(self._waiting or self._shifts) and time.monotonic() < self._deadline

    def _has_work(self) -> bool:
        return bool(self._waiting or self._shifts) or self._parts_are_news or self._deadline is not None

    def _work(self) -> bool:
        """One turn: decisions first, then how the parts are. Returns False when the database did not let us."""
        try:
            self._help_itself()
            while self._waiting:
                self._write_head()
            while self._shifts:
                self._write_shift()
            if self._parts_are_news or time.monotonic() >= self._next_beat:
                self._beat()
        except LogbookError as error:
            self._stumble(error)
            return False
        except Exception as error:  # a fault of ours must not end the only thread that saves
            _log.exception("the logbook's writer stumbled")
            self._stumble(LogbookError(f"unforeseen: {error!r}"))
            return False
        self._one_by_one = False
        self._trouble = None
        self._say(State.OK, "")
        return True

    def _help_itself(self) -> None:
        """What can be done about the trouble of the last try, or what was found since, before the next one."""
        with self._changed:
            found, self._distrusted = self._distrusted, None
        trouble = getattr(found or self._trouble, "trouble", None)
        if trouble is Trouble.FULL:
            self._logbook.make_room()
        elif trouble in (Trouble.DAMAGED, Trouble.BROKEN):
            self._logbook.reopen()

    def _say(self, state: State, detail: str) -> None:
        """Tell how the logbook is, when it is news."""
        if state is State.OK and (fault := self._logbook.fault() or self._broken_chain):
            state, detail = State.DEGRADED, fault
        if (state, detail) != self._said:
            self._said = (state, detail)
            self._health(state, detail)

    def _write_head(self) -> None:
        with self._changed:
            decisions, officer = self._waiting.head(1 if self._one_by_one else BATCH)
        try:
            saved = self._logbook.write(decisions, officer)
        except Exception as error:  # whatever it is, one decision must not hold up all that come after it
            if _may_pass(error):
                raise
            self._refuse(decisions, error)
            return
        self._forget(len(decisions))
        self._saved(saved)

    def _write_shift(self) -> None:
        shift, done = self._shifts[0]
        try:
            self._logbook.hand_over(shift)
        except Exception as error:
            if _may_pass(error):
                raise
            _log.error("gave up the beginning of a shift: %s", error)
            done = _nobody
        self._shifts.popleft()
        done()

    def _refuse(self, decisions: Sequence[Writable], error: Exception) -> None:
        """A row that no second try will save: find it by writing one by one, and give it up alone."""
        if len(decisions) > 1:
            self._one_by_one = True
            return
        self._forget(1)
        _log.error("gave up a decision: %s", error, exc_info=not isinstance(error, LogbookError))
        self._tell_failed(decisions, error, given_up=True)

    def _beat(self) -> None:
        with self._changed:
            parts, self._parts_are_news = dict(self._parts), False
            backup, self._backup = self._backup, None
        if backup is not None:
            self._logbook.trail_begins_after(backup)
        try:
            self._logbook.settle_clock()
            self._logbook.report_parts(parts)
            self._logbook.hold_room()
        except LogbookError:
            self._parts_are_news = True
            raise
        self._next_beat = time.monotonic() + self._beat_every

    def _stumble(self, error: LogbookError) -> None:
        if self._trouble is None:
            _log.warning("not saved yet: %s", error)
        self._trouble = error
        self._say(State.DOWN, f"{_trouble_of(error).code} {error}")
        with self._changed:
            late = self._waiting.newly_late(time.monotonic())
        if late:
            self._tell_failed(late, error, given_up=False)

    def _tell_failed(self, decisions: Sequence[Writable], error: Exception | None, *, given_up: bool) -> None:
        message = str(error) if error else "the kiosk was stopped before it could be saved"
        self._failed(NotSaved(tuple(decisions), _trouble_of(error), message, given_up))

    def _forget(self, count: int) -> None:
        with self._changed:
            self._waiting.remove(count)


def _nobody() -> None:
    """Whoever would have heard that it is saved."""


def _may_pass(error: Exception) -> bool:
    """Whether the same decision may be saved another time: the trouble is the database's and not the decision's."""
    return isinstance(error, LogbookTroubleError) and error.trouble is not Trouble.REFUSED


def _trouble_of(error: Exception | None) -> Trouble:
    return error.trouble if isinstance(error, LogbookTroubleError) else Trouble.BROKEN
