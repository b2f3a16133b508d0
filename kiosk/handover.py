"""The hand-over between two duty officers: who takes over, a PIN where one is set, and what the shift counted. Pure."""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from hardware.events import Digit
from kiosk.decisions import App, Correction, Decision, Direction, Entry, Shift
from kiosk.screen.cards import WAITS
from kiosk.screen.cues import Cue, HandOver, HandOverAsk, HandOverEnd, NoOfficers, PinAsk
from kiosk.settings import OfficerSection

TRIES: Final = 3
"""Wrong PINs before the hand-over ends: enough for a slip, too few to guess four digits."""

PAUSE: Final = 30.0
"""Seconds before another try after that: a thousand PINs would take eight hours in front of a full hall."""

WITH_APP: Final = frozenset({App.DETECTED, App.SHOWN, App.INSTALLED_HERE})
"""What counts as having the app."""


@dataclass(slots=True)
class ShiftCount:
    """Arrivals of one shift, told by the decisions as they are made and corrected."""

    _entries: dict[int, tuple[Direction, App]] = field(default_factory=dict)

    def see(self, decision: Decision) -> None:
        """Count an entry, or let a correction change one that was counted."""
        match decision:
            case Entry(number=number, direction=direction, app=app):
                self._entries[number] = (direction, app)
            case Correction(corrects=number) if number in self._entries:
                if decision.cancelled:
                    del self._entries[number]
                else:
                    direction, app = self._entries[number]
                    self._entries[number] = (decision.direction or direction, decision.app or app)
            case _:
                pass

    @property
    def total(self) -> int:
        """Arrivals."""
        return sum(direction is Direction.IN for direction, _ in self._entries.values())

    @property
    def detected(self) -> int:
        """Arrivals with the app."""
        return sum(direction is Direction.IN and app in WITH_APP for direction, app in self._entries.values())


class Duty:
    """Who is on duty, and the steps to whoever is next. Returns cues for the stage.

    `changed` is given each new shift for the log; once it is saved there, `handed_over` is what the screen says.
    A digit belongs to the hand-over while one is going on, else to the desk.
    """

    def __init__(self, officers: Sequence[OfficerSection], changed: Callable[[Shift], None]) -> None:
        self.officer = ""
        self.shift = ShiftCount()
        self._officers = tuple(officers[:9])
        self._changed = changed
        self._asked_at: float | None = None
        self._candidate: OfficerSection | None = None
        self._typed = ""
        self._wrong = 0
        self._closed_until = float("-inf")

    @property
    def handing_over(self) -> bool:
        """Whether digits belong here."""
        return self._asked_at is not None

    def begin(self, t: float) -> list[Cue]:
        """Somebody asked for the hand-over at monotonic time `t`; asking again ends it."""
        if self.handing_over:
            return self._end(t)
        if not self._officers:
            return [NoOfficers(t)]
        if t < self._closed_until:
            return []
        self._asked_at = t
        return [HandOverAsk(t, tuple(officer.name for officer in self._officers))]

    def digit(self, digit: Digit) -> list[Cue]:
        """A digit while handing over: the officer's number, then the PIN."""
        self._asked_at = digit.t
        if self._candidate is None:
            return self._choose(digit)
        self._typed += str(digit.value)
        if len(self._typed) < len(self._candidate.pin):
            return [PinAsk(digit.t, self._candidate.name, len(self._typed))]
        right = hmac.compare_digest(self._typed.encode(), self._candidate.pin.encode())
        self._typed = ""
        if right:
            return self._take_over(digit.t, self._candidate)
        self._wrong += 1
        if self._wrong >= TRIES:
            self._wrong = 0
            self._closed_until = digit.t + PAUSE
            return self._end(digit.t)
        return [PinAsk(digit.t, self._candidate.name, 0)]

    def advance(self, t: float) -> list[Cue]:
        """Let time pass: a hand-over that nobody finishes ends by itself, as its card does."""
        return self._end(t) if self._asked_at is not None and t - self._asked_at >= WAITS else []

    def _choose(self, digit: Digit) -> list[Cue]:
        if not 1 <= digit.value <= len(self._officers):
            return []
        chosen = self._officers[digit.value - 1]
        if not chosen.pin:
            return self._take_over(digit.t, chosen)
        self._candidate = chosen
        return [PinAsk(digit.t, chosen.name, 0)]

    def _take_over(self, t: float, officer: OfficerSection) -> list[Cue]:
        ended, previous = self.shift, self.officer
        self.officer, self.shift = officer.name, ShiftCount()
        self._wrong = 0
        self._changed(Shift(t, officer.name, previous, ended.total, ended.detected))
        return self._end(t)

    @staticmethod
    def handed_over(shift: Shift, t: float) -> HandOver:
        """What the screen says at monotonic time `t` of a shift that is saved."""
        return HandOver(t, shift.officer, shift.previous, shift.total, shift.detected)

    def _end(self, t: float) -> list[Cue]:
        self._asked_at, self._candidate, self._typed = None, None, ""
        return [HandOverEnd(t)]
