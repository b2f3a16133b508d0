"""The running kiosk: starts every part, keeps the main thread, stops every part. `kiosk.wiring` builds it."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hardware.clock import Clock
from hardware.errors import KioskError
from hardware.events import EventSource
from kiosk.checks import Checks
from kiosk.core import Core
from kiosk.front import Front
from kiosk.health import State
from kiosk.logbook.keeper import Keeper
from kiosk.logbook.writer import Writer
from kiosk.notify import notify
from kiosk.status_lamp import StatusLamp
from kiosk.stick_copy import StickCopier
from kiosk.unsent import Unsent

if TYPE_CHECKING:
    from kiosk.glass import Glass  # brings pygame, which a kiosk without a screen does without

CHECK_EVERY: Final = 2.0
"""Seconds between two looks at the parts: an officer notices within a few seconds, and a look costs microseconds."""

FIRST_LOOK: Final = 1.0
"""Seconds before the first look: a radio that has just been started has not yet found out how it is."""

RETRY_AFTER: Final = 30.0
"""Seconds before a part that was not there is tried again: whoever plugs it in waits about that long."""

SETTLE_WITHIN: Final = 8.0
SAVE_WITHIN: Final = 2.0
"""Seconds that stopping gives at most to the core and then to the logbook. Together they take well under 2 s; a crowd
in the door of a small Pi on a slow card may need more, and systemd waits 15 s, so nothing is lost for haste."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Source:
    """A part of the hardware under the name that `status` gives it."""

    name: str
    hardware: EventSource
    running: bool = False
    try_at: float = 0.0


@dataclass(slots=True)
class Kiosk:
    """One entrance, wired. `run` owns the calling thread until `stopping` is set."""

    clock: Clock
    core: Core
    writer: Writer
    keeper: Keeper
    front: Front
    checks: Checks
    sources: Sequence[Source]
    glass: "Glass | None" = None
    stopping: threading.Event = field(default_factory=threading.Event)
    on_turn: Callable[[], None] = lambda: None
    unsent: Unsent | None = None
    lamp: StatusLamp | None = None
    settled: Callable[[], None] = lambda: None
    """Done at the end, once everything open is settled."""
    copier: StickCopier | None = None
    restarting: bool = False
    """Whether `run` ended in order to be started anew, by a new process."""
    _check_at: float = float("-inf")

    def show_on(self, glass: "Glass") -> None:
        """Give the kiosk a panel; without one it runs headless."""
        self.glass = glass
        self.front.picture = glass
        self.checks.add("screen", glass.check)

    def run(self) -> bool:
        """Run until stopped; return whether everything decided is on the disk."""
        self.writer.start()
        self.keeper.start()
        self._start_sources()
        self.core.start()
        self._check_at = self.clock.monotonic() + FIRST_LOOK
        notify("READY=1")
        log.info("the entrance is open")
        try:
            while not self.stopping.is_set():
                self._turn()
        finally:
            saved = self._close()
        return saved

    def stop(self) -> None:
        """Ask `run` to end; may be called from any thread or a signal handler."""
        self.stopping.set()
        self.front.woken.ring()

    def restart(self) -> None:
        """Ask `run` to end because a new process is needed; may be called from any thread."""
        self.restarting = True
        self.stop()

    def _turn(self) -> None:
        now = self.clock.monotonic()
        if now >= self._check_at:
            self._check(now)
        if self.glass is not None:
            self.glass.turn()
        wait = self.front.turn()
        self.on_turn()
        longest = self.glass.longest_wait if self.glass is not None else CHECK_EVERY
        descriptor = self.glass.descriptor if self.glass is not None else None
        self.front.woken.wait(min(wait, longest, CHECK_EVERY), descriptor)

    def _check(self, now: float) -> None:
        self._check_at = now + CHECK_EVERY
        self._start_sources()
        faults = self.checks.turn(now)
        stage = self.front.stage
        if self.unsent is not None:
            stage.enrolled = self.unsent.enrolled
            stage.report((*faults, *self.unsent.faults(now)), self.unsent.days)
        else:
            stage.report(faults)
        if self.lamp is not None:
            self.lamp.show(faults)
        # A core that hangs is what systemd's watchdog is there for: then it must hear nothing.
        if not any(fault.name == "core" and fault.state is State.DOWN for fault in faults):
            notify("WATCHDOG=1")

    def _start_sources(self) -> None:
        """Start what does not run yet. A part that is missing is noted and tried again; the others go on."""
        now = self.clock.monotonic()
        for source in self.sources:
            if source.running or now < source.try_at:
                continue
            try:
                source.hardware.start(self.core.put)
            except KioskError as error:
                source.try_at = now + RETRY_AFTER
                self.checks.report(source.name, State.DOWN, str(error), t=now)
            else:
                source.running = True

    def _close(self) -> bool:
        notify("STOPPING=1")
        for source in self.sources:
            try:
                source.hardware.stop()
            except Exception as error:  # a part that will not stop must not keep the others from saving
                log.warning("%s did not stop: %s", source.name, type(error).__name__)
        self.keeper.stop(0.0)
        if self.copier is not None:
            self.copier.close()
        settled = self.core.stop(SETTLE_WITHIN)
        self.settled()
        saved = self.writer.stop(SAVE_WITHIN)
        self.front.turn()
        self.on_turn()
        if self.front.voice is not None:
            self.front.voice.close()
        if self.glass is not None:
            self.glass.close()
        if self.lamp is not None:
            self.lamp.close()
        log.info("the entrance is closed")
        return settled and saved
