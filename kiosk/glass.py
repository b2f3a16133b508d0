"""The panel between the stage and the people: shows scenes, hands on keys and touches, finds a lost display again."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from hardware.clock import Clock
from hardware.events import Button, Digit, PutEvent
from kiosk.errors import DisplayError
from kiosk.handover import Duty
from kiosk.health import State
from kiosk.screen import cues
from kiosk.screen.scene import Scene
from kiosk.screen.stage import Stage
from kiosk.screen.touch import Input, Touch, Wish

LONGEST_WAIT: Final = 1 / 16
"""Seconds between two looks at keys and touches.

An officer must be answered within 100 ms; deciding, saving and drawing take 10 to 20 of them. Looking more often would
cost more than everything else on an idle screen.
"""

CONNECTED_WAIT: Final = 0.5
"""Seconds between two looks where the display's connection says by itself when there is something to look at."""

BUSY_FOR: Final = 3.0
"""Seconds after a key or touch in which to look often: what the core makes of it shows on the screen step by step."""

ABSENT_WAIT: Final = 1.0
"""Seconds between two looks when there is no display to look at."""

log = logging.getLogger(__name__)


class Pane(Protocol):
    """`kiosk.screen.window.Window`."""

    @property
    def is_open(self) -> bool:
        """Whether there is a display."""

    def try_open(self, t: float) -> str | None:
        """Look for a display when it is time to; return what is wrong, if anything."""

    def show(self, scene: Scene) -> object:
        """Draw what differs. Raises DisplayError when the display has gone."""

    def poll(self, t: float) -> list[Input]:
        """Keys and touches since the last call."""

    @property
    def finger(self) -> Touch | None:
        """What the finger that is down means."""

    @property
    def descriptor(self) -> int | None:
        """Readable when there may be keys or touches; None where they have to be asked for."""

    @property
    def drew(self) -> bool:
        """Whether anything was drawn since the last poll."""

    @property
    def needs_restart(self) -> bool:
        """Whether there is a display again that only a new process can open."""

    def close(self) -> None:
        """Let go of the display."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the glass hands on what people did: events to the core, to the kiosk the wish to end or to start anew."""

    put: PutEvent
    leave: Callable[[], None]
    restart: Callable[[], None] = lambda: None


class Glass:
    """One panel. Everything is called on the main thread; a missing display is a fault to report, never an error."""

    def __init__(self, pane: Pane, clock: Clock, stage: Stage, duty: Duty, doors: Doors) -> None:
        self._pane = pane
        self._clock = clock
        self._stage = stage
        self._duty = duty
        self._doors = doors
        self._finger: Touch | None = None
        self._given_at = float("-inf")
        self._trouble = ""

    @property
    def longest_wait(self) -> float:
        """Seconds until somebody should look at the keys again."""
        if not self._pane.is_open:
            return ABSENT_WAIT
        if self._pane.drew:
            return 0.0  # drawing may have read keys off the connection, which then stays silent about them
        busy = self._clock.monotonic() - self._given_at < BUSY_FOR
        return LONGEST_WAIT if busy or self._pane.descriptor is None else CONNECTED_WAIT

    @property
    def descriptor(self) -> int | None:
        """What to wait for besides: readable when there are keys or touches to look at."""
        return self._pane.descriptor

    def turn(self) -> None:
        """Find the display if there is none, and hand on what people did."""
        t = self._clock.monotonic()
        trouble = self._pane.try_open(t)
        if trouble:
            self._complain(trouble)
        elif self._pane.is_open:
            self._trouble = ""
        if self._pane.needs_restart:
            self._doors.restart()
        for given in self._pane.poll(t):
            self._given_at = t
            for cue in self._take(given, t):
                self._stage.cue(cue)
        for cue in self._duty.advance(t):
            self._stage.cue(cue)
        if self._pane.finger != self._finger:
            self._finger = self._pane.finger
            self._stage.cue(cues.Finger(t, self._finger))

    def _take(self, given: Input, t: float) -> Sequence[cues.Cue]:
        match given:
            case Digit() if self._duty.handing_over:
                return self._duty.digit(given)
            case Button() | Digit():
                self._doors.put(given)
            case Wish.LISTEN:
                return [cues.Listen(t)]
            case Wish.PAD | Wish.PAD_AWAY:
                return [cues.Pad(t, given is Wish.PAD)]
            case Wish.HAND_OVER:
                return self._duty.begin(t)
            case Wish.LEAVE:
                self._doors.leave()
        return []

    def show(self, scene: Scene) -> None:
        """Draw what differs from the scene before, where there is a display."""
        try:
            self._pane.show(scene)
        except DisplayError as error:
            self._complain(str(error))

    def check(self) -> Iterable[tuple[str, State, str]]:
        """How the screen is, for `kiosk.checks`."""
        yield ("screen", State.DOWN, self._trouble) if self._trouble else ("screen", State.OK, "")

    def close(self) -> None:
        """Let go of the display."""
        self._pane.close()

    def _complain(self, trouble: str) -> None:
        if trouble != self._trouble:
            log.warning("%s; counting goes on without a screen", trouble)
        self._trouble = trouble
