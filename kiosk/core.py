"""The thread in which the entrance decides: events in by a queue, decisions out by a callback.

It keeps deciding apart from drawing and from writing, so that a slow card or a slow frame never delays a press.
"""

import logging
import queue
import threading
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Protocol

from hardware.events import Advert, Event
from kiosk.decisions import Decision
from kiosk.desk import DeskView

TICK: Final = 0.05
"""Seconds between two looks at the clock when nothing is due: what is held or waited for is told in tenths of a second,
and looking more often would only cost more."""

FLOOD: Final = 50_000
"""Waiting events beyond which adverts are let go, never a beam or a press: some 20 MB of the worst crowd."""

BATCH: Final = 500
"""Events taken before the clock is looked at again: a few milliseconds of work."""

log = logging.getLogger(__name__)


class Deciding(Protocol):
    """What this thread drives: `kiosk.entrance.Entrance`."""

    def handle(self, event: Event) -> Sequence[Decision]:
        """Take one event."""

    def advance(self, t: float) -> Sequence[Decision]:
        """Let time pass to monotonic second `t`."""

    def due(self) -> float | None:
        """When an edge proves stable next: somebody's press should not wait for the next look at the clock."""

    def finish(self, t: float) -> Sequence[Decision]:
        """Settle whatever is open."""

    def desk_view(self) -> DeskView:
        """What the screen shows of the officer's fingers; may be asked from any thread."""

    def stuck(self, t: float) -> Sequence[str]:
        """The sensors and buttons that have been active for minutes; may be asked from any thread."""


class Core(threading.Thread):
    """Runs one entrance. `monotonic` is its clock (seconds); `decided` receives decisions in this thread."""

    def __init__(
        self, entrance: Deciding, monotonic: Callable[[], float], decided: Callable[[Sequence[Decision]], None]
    ) -> None:
        super().__init__(name="core", daemon=True)
        self._entrance = entrance
        self._monotonic = monotonic
        self._decided = decided
        self._events: queue.Queue[Event] = queue.Queue()
        self._stopping = threading.Event()
        self._advanced = float("-inf")
        self.dropped = 0
        """Adverts let go in a flood."""
        self.failures = 0
        """Events that the entrance could not take; each has a line in the log."""
        self.seen_at = monotonic()
        """Monotonic second of the last sign of life, for the watchdog."""

    def put(self, event: Event) -> None:
        """Hand over one event, from any thread; never waits."""
        if isinstance(event, Advert) and self._events.qsize() > FLOOD:
            self.dropped += 1
            return
        self._events.put(event)

    def waiting(self) -> int:
        """How many events wait to be taken."""
        return self._events.qsize()

    def stop(self, timeout: float) -> bool:
        """Settle what is open and end; return whether that was done within `timeout` seconds."""
        self._stopping.set()
        if self.is_alive():
            self.join(timeout)
        return not self.is_alive()

    def run(self) -> None:
        """Take events until stopped, then settle."""
        while not (self._stopping.is_set() and self._events.empty()):
            self.turn(self.longest_wait())
        self._decide(partial(self._entrance.finish, self._monotonic()), "the end")

    def turn(self, wait: float) -> None:
        """Take what was put, waiting at most `wait` seconds for the first of it, and let time pass when it is due."""
        self._take(wait)
        self.seen_at = self._monotonic()
        if self._events.empty() and self.seen_at >= self._advances_at():
            self._advance(self.seen_at)

    def longest_wait(self) -> float:
        """Seconds until time has to pass for the entrance again, if nothing happens before; `TICK` at most."""
        return min(max(0.0, self._advances_at() - self._monotonic()), TICK)

    def _advances_at(self) -> float:
        due = self._entrance.due()
        tick = self._advanced + TICK
        return tick if due is None else min(tick, due)

    def _take(self, wait: float) -> None:
        try:
            event = self._events.get(timeout=wait)
            for _ in range(BATCH):
                self._handle(event)
                event = self._events.get_nowait()
            self._handle(event)
        except queue.Empty:
            pass

    def _handle(self, event: Event) -> None:
        """Let time pass up to the event, as it did when it happened: a crowd of waiting events is no single moment."""
        if event.t >= self._advanced + TICK:
            self._advance(event.t)
        self._decide(partial(self._entrance.handle, event), type(event).__name__)

    def _advance(self, t: float) -> None:
        self._advanced = t
        self._decide(partial(self._entrance.advance, t), "time passing")

    def _decide(self, step: Callable[[], Sequence[Decision]], what: str) -> None:
        try:
            decisions = step()
            if decisions:
                self._decided(decisions)
        except Exception as error:  # one bad event must not end the counting
            self.failures += 1
            # The message itself could quote an address, so the log names only the kind and the place.
            place = traceback.extract_tb(error.__traceback__)[-1]
            log.error("the entrance could not take %s: %s in %s", what, type(error).__name__, place.name)
