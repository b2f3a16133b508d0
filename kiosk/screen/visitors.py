"""What visitors see of what happens: the door that opens for all alike, thanks, the ring that listens. Pure.

Nobody is singled out: a passage without a beacon brings the invitation forward in the same friendly words, a beacon
adds thanks, and the door opens alike for both.
"""

from collections.abc import Callable
from typing import Final

from kiosk.decisions import Closeby, Decision, Direction, Greeting, Passage
from kiosk.languages import Words
from kiosk.screen import acts
from kiosk.screen.motion import FRAME, Motion
from kiosk.screen.scene import Scene
from kiosk.screen.span import Span

OPENS_IN: Final = 0.3
CLOSES_IN: Final = 0.6
"""Seconds: quick enough to belong to the passer-by, slow enough to leave calmly."""

GLANCE: Final = 5.0
"""Seconds a greeting stays: a glance at a screen lasts 4.6 s."""

LEAST_THANKS: Final = 2.5
"""Seconds thanks stay when the next person already passes: half a glance, so that both get theirs."""

LISTENS: Final = 22.0
"""Seconds the ring fills: a Bluezone phone can be silent for 15 s, and the app takes some to start."""

CHECKS: Final = 8.0
"""Seconds the screen says what to check after a ring that heard nothing: two short lines, read twice."""

WARM: Final = 8.0
"""Seconds of thanks to somebody who installed here: long enough to show a companion."""


class Visitors:
    """The visitors' side of the stage. All times are monotonic seconds."""

    def __init__(self) -> None:
        self._door = Motion(0, 0, 0, 0)
        self._open = Span()
        self._passage = Span()
        self._thanks = Span()
        self._warm = Span()
        self._listening = Span()
        self._checking = Span()

    def see(self, decision: Decision) -> bool:
        """Take in what the doorway decided; return whether it brought somebody before the screen."""
        match decision:
            case Passage(t=t, direction=direction):
                self._open_door(t)
                if direction is Direction.IN:
                    self._passage = Span(t, t + GLANCE)
                    self._thanks.until = min(self._thanks.until, max(t, self._thanks.since + LEAST_THANKS))
            case Greeting(t=t, first_after_install=first):
                self._greet(t, first)
            case Closeby(t=t) if t in self._listening or t in self._checking:
                self._greet(t, True)
            case _:
                return False
        return True

    def touch(self, t: float) -> None:
        """Somebody wants to hold a phone to the kiosk; a second touch brings the code back."""
        if t in self._listening or t in self._checking:
            self.stop_listening(t)
        else:
            self.listen(t)

    def listen(self, t: float) -> None:
        """Show the ring from `t` on, and what to check when it is full; thanks to somebody else come first."""
        begin = max(t, self._thanks.since + LEAST_THANKS) if t in self._thanks else t
        self._listening = Span(begin, begin + LISTENS)
        self._checking = Span(begin + LISTENS, begin + LISTENS + CHECKS)

    def stop_listening(self, t: float) -> None:
        """Nobody holds a phone to the kiosk any more."""
        self._listening.until = self._checking.until = t

    def act(self, t: float) -> Scene | None:
        """The scene of what is going on, in order of whom it is for; None at rest."""
        builders: tuple[tuple[Span, Callable[[], Scene]], ...] = (
            (self._warm, lambda: acts.thanking("installed")),
            (self._listening, lambda: acts.listening(round((t - self._listening.since) / LISTENS, 3))),
            (self._checking, acts.checking),
            (self._thanks, lambda: acts.thanking("thanks")),
            (self._passage, lambda: Scene("passage", Words("passage.headline"))),
        )
        return next((build() for span, build in builders if t in span), None)

    def opening(self, t: float) -> float:
        """How far the door is open, 0 to 1; it closes by itself once its time is over."""
        if t >= self._open.until and self._door.end == 1:
            self._door = Motion(self._door.value(self._open.until), 0, self._open.until, CLOSES_IN)
        return round(self._door.value(t), 3)

    def moments(self, t: float) -> list[float]:
        """When something here changes, past moments among them."""
        spans = (self._open, self._passage, self._thanks, self._warm, self._listening, self._checking)
        moments = [moment for span in spans for moment in (span.since, span.until)]
        if self._door.moving(t):
            moments.append(t + FRAME)
        if t in self._listening:
            moments.append(t + 2 * FRAME)
        return moments

    def _greet(self, t: float, first: bool) -> None:
        self._open_door(t)
        if first:
            self.stop_listening(t)
            self._warm = Span(t, t + WARM)
            self._open.until = t + WARM
        else:
            self._thanks = Span(t, t + GLANCE)

    def _open_door(self, t: float) -> None:
        if self._door.end != 1:
            self._door = Motion(self._door.value(t), 1, t, OPENS_IN)
        self._open = Span(t, max(self._open.until, t + GLANCE))
