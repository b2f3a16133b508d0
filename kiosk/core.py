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

from hardware.events import Advert, Event, Scanner
from kiosk.decisions import Decision
from kiosk.desk import DeskView
from kiosk.doorway.asking import Answer, Question
from kiosk.doorway.memory import DoorMemory
from kiosk.thinker import Thinker

TICK: Final = 0.05
"""Seconds between two looks at the clock when nothing is due: what is held or waited for is told in tenths of a second,
and looking more often would only cost more."""

FLOOD: Final = 40_000
"""Waiting events beyond which adverts are let go, never a beam or a press: some 18 MB of strangers, so that with all
that is remembered of them the process stays under 30 MB above its rest."""

BATCH: Final = 500
"""Events taken before the clock is looked at again: a few milliseconds of work."""

BEHIND: Final = 2.0
"""Seconds by which an event may be older than now before thinking is waited for: then a crowd of events is being caught
up with, and each must be thought about while what was heard around it is still at hand."""

log = logging.getLogger(__name__)


class Deciding(Protocol):
    """What this thread drives: `kiosk.entrance.Entrance`."""

    def handle(self, event: Event) -> Sequence[Decision]:
        """Take one event."""

    def advance(self, t: float) -> Sequence[Decision]:
        """Let time pass to monotonic second `t`."""

    def think_elsewhere(self, ask: Callable[[Question], None]) -> None:
        """Hand what takes long to `ask` from now on."""

    def answered(self, answer: Answer) -> Sequence[Decision]:
        """Take the answer to what was asked."""

    def due(self) -> float | None:
        """When an edge proves stable next: somebody's press should not wait for the next look at the clock."""

    def finish(self, t: float) -> Sequence[Decision]:
        """Settle whatever is open."""

    def desk_view(self) -> DeskView:
        """What the screen shows of the officer's fingers; may be asked from any thread."""

    def suspect(self, t: float) -> bool:
        """Whether what is said of the app is doubtful at `t`; may be asked from any thread."""

    def stuck(self, t: float) -> Sequence[str]:
        """The sensors and buttons that have been active for minutes; may be asked from any thread."""

    def memory(self) -> DoorMemory:
        """What this door has learned; may be asked from any thread."""


class Core(threading.Thread):
    """Runs one entrance. `monotonic` is its clock (seconds); `decided` receives decisions in this thread.

    With `thinking` what takes long is thought about in a second thread, so that a press never waits for it.
    """

    def __init__(
        self,
        entrance: Deciding,
        monotonic: Callable[[], float],
        decided: Callable[[Sequence[Decision]], None],
        *,
        thinking: bool = False,
    ) -> None:
        super().__init__(name="core", daemon=True)
        self._entrance = entrance
        self._monotonic = monotonic
        self._decided = decided
        self._events: queue.Queue[Event | None] = queue.Queue()  # None: an answer waits
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._thinker = Thinker(self._put_answer) if thinking else None
        self._asked = False
        self._stopping = threading.Event()
        self._advanced = float("-inf")
        self._deaf: set[str] = set()
        self.dropped = 0
        """Adverts let go in a flood."""
        self.failures = 0
        """Events that the entrance could not take; each has a line in the log."""
        self.seen_at = monotonic()
        """Monotonic second of the last sign of life, for the watchdog."""

    def put(self, event: Event) -> None:
        """Hand over one event, from any thread; never waits."""
        if isinstance(event, Advert) and self._lets_go(event):
            self.dropped += 1
            return
        self._events.put(event)

    def waiting(self) -> int:
        """How many events wait to be taken."""
        return self._events.qsize()

    @property
    def flooded(self) -> bool:
        """Whether adverts are being let go now."""
        return bool(self._deaf)

    def _lets_go(self, advert: Advert) -> bool:
        """Whether there are too many already. A radio whose adverts are let go does not listen: the silence of a phone
        then means nothing, and the entrance is told so, once; it listens again when half of them are through."""
        deaf = advert.radio in self._deaf
        if self._events.qsize() > (FLOOD // 2 if deaf else FLOOD):
            if not deaf:
                self._deaf.add(advert.radio)
                self._events.put(Scanner(advert.t, advert.radio, listening=False))
            return True
        if deaf:
            self._deaf.discard(advert.radio)
            self._events.put(Scanner(advert.t, advert.radio, listening=True))
        return False

    def stop(self, timeout: float) -> bool:
        """Settle what is open and end; return whether that was done within `timeout` seconds."""
        self._stopping.set()
        if self.is_alive():
            self.join(timeout)
        return not self.is_alive()

    def run(self) -> None:
        """Take events until stopped, then settle."""
        if self._thinker is not None:
            self._thinker.start()
            self._entrance.think_elsewhere(self._ask)
        while not (self._stopping.is_set() and self._events.empty()):
            self.turn(self.longest_wait())
        if self._thinker is not None:
            self._thinker.stop()
            self._take_answers()
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

    def _ask(self, question: Question) -> None:
        if self._thinker is not None:
            self._asked = True
            self._thinker.ask(question)

    def _put_answer(self, answer: Answer) -> None:
        self._answers.put(answer)
        self._events.put(None)

    def _take_answers(self, *, wait: bool = False) -> None:
        while not self._answers.empty() or (wait and self._asked):
            answer = self._answers.get()
            self._asked = False
            self._decide(partial(self._entrance.answered, answer), "an answer")

    def _take(self, wait: float) -> None:
        try:
            event = self._events.get(timeout=wait)
            for _ in range(BATCH):
                self._handle(event)
                event = self._events.get_nowait()
            self._handle(event)
        except queue.Empty:
            pass

    def _handle(self, event: Event | None) -> None:
        """Let time pass up to the event, as it did when it happened: a crowd of waiting events is no single moment."""
        self._take_answers(wait=event is not None and event.t < self._monotonic() - BEHIND)
        if event is None:
            return
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
