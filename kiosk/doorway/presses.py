"""What the officer says, tied to the passages: a press and a beam for the same visitor are one entry.

Works with no sensor and no radio at all: then every press is an arrival of its own.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from hardware.events import Action, Press
from kiosk.decisions import App, Correction, Decision, Direction, Entry, Source
from kiosk.doorway.passing import Passing, Verdict

WITHIN = 60.0
"""Seconds after a passage in which a press is about it: walking up, showing the phone, a short talk."""

UNDO_WITHIN = 30.0
"""Seconds in which the last press can be taken back."""

CLEAR = 0.7
"""Probability of the app from which a passage is no open question: the officer's press is about somebody else first."""

MOST_AT_ONCE = 99
"""The largest group of one press: two digits on the panel."""

STATUS = {
    Action.SHOWN: App.SHOWN,
    Action.INSTALLED_HERE: App.INSTALLED_HERE,
    Action.NO_SMARTPHONE: App.NO_SMARTPHONE,
    Action.DECLINED: App.DECLINED,
}


@dataclass(frozen=True, slots=True)
class _Done:
    """One effect of a press, with what is needed to take it back; `passing` is None for an arrival of its own."""

    number: int
    passing: Passing | None
    direction: Direction | None = None
    said: App | None = None


@dataclass(slots=True)
class _Last:
    t: float
    done: list[_Done] = field(default_factory=list)


class Presses:
    """Applies presses to the passages of the last minute; `number` hands out the numbers of new entries."""

    def __init__(self, number: Callable[[], int], two_beams: bool) -> None:
        self._number = number
        self._two_beams = two_beams
        self._last: deque[_Last] = deque(maxlen=1)

    def apply(self, press: Press, passings: Sequence[Passing]) -> list[Decision]:
        """The entries and corrections that follow from one press."""
        if press.action is Action.UNDO:
            return self._undo(press.t)
        if press.action is not Action.EXIT and press.action not in STATUS:
            return []
        last = _Last(press.t)
        self._last.append(last)
        decisions: list[Decision] = []
        for _ in range(max(1, min(MOST_AT_ONCE, press.count))):
            one = self._exit if press.action is Action.EXIT else self._status
            decisions += one(press, passings, last.done)
        return decisions

    def _status(self, press: Press, passings: Sequence[Passing], done: list[_Done]) -> list[Decision]:
        app = STATUS[press.action]
        passing = _choose(press.t, (p for p in passings if p.direction is Direction.IN))
        if passing is None:
            return [self._own(press.t, Direction.IN, app, done)]
        done.append(_Done(passing.number, passing, said=passing.said if passing.entered else None))
        passing.pressed = True
        passing.said = app
        if passing.entered:
            return [Correction(passing.number, press.t, Source.OFFICER, app=app)]
        passing.entered = True
        reason = f"the officer said so {press.t - passing.t:.0f} s after the passage"
        return [Entry(passing.number, passing.t, passing.direction, app, 1.0, Source.OFFICER, (reason,))]

    def _exit(self, press: Press, passings: Sequence[Passing], done: list[_Done]) -> list[Decision]:
        if self._two_beams:
            outward = _latest(press.t, (p for p in passings if p.direction is Direction.OUT))
            if outward is None:
                return [self._own(press.t, Direction.OUT, App.UNKNOWN, done)]
            done.append(_Done(outward.number, outward, said=outward.said))
            outward.pressed = True
            return []
        passing = _latest(press.t, (p for p in passings if p.direction is Direction.IN))
        if passing is None:
            return [self._own(press.t, Direction.OUT, App.UNKNOWN, done)]
        done.append(_Done(passing.number, passing, passing.direction, passing.said if passing.entered else None))
        passing.pressed = True
        passing.direction = Direction.OUT
        if passing.entered:
            return [Correction(passing.number, press.t, Source.OFFICER, direction=Direction.OUT)]
        passing.entered = True
        return [entry_of(passing, passing.verdict, Source.OFFICER, "the officer said this was an exit")]

    def _own(self, t: float, direction: Direction, app: App, done: list[_Done]) -> Entry:
        number = self._number()
        done.append(_Done(number, None))
        return Entry(number, t, direction, app, 1.0, Source.OFFICER, ("the officer's own entry: no open passage",))

    def _undo(self, t: float) -> list[Decision]:
        if not self._last or not 0 <= t - self._last[0].t <= UNDO_WITHIN:
            return []
        taken_back = self._last.pop()
        return [decision for done in reversed(taken_back.done) for decision in _take_back(done, t)]


def entry_of(passing: Passing, verdict: Verdict, source: Source, *more: str) -> Entry:
    """The entry of a passage as the radios see it; the passage remembers what was said."""
    passing.said = verdict.app
    passing.entered = True
    reasons = (*more, *verdict.reasons)
    return Entry(passing.number, passing.t, passing.direction, verdict.app, verdict.confidence, source, reasons)


def _take_back(done: _Done, t: float) -> list[Decision]:
    passing = done.passing
    if passing is None:
        return [Correction(done.number, t, Source.OFFICER, cancelled=True)]
    passing.pressed = False
    if done.direction is not None:
        passing.direction = done.direction
    if not passing.entered or (passing.said == done.said and done.direction is None):
        return []
    # Before the evidence of the radios is complete that is "unknown"; what they say follows as another correction.
    former = done.said or passing.verdict.app
    changed = former if passing.said != former else None
    passing.said = former
    confidence = passing.verdict.confidence if former is passing.verdict.app else 1.0
    return [Correction(passing.number, t, Source.OFFICER, changed, done.direction, confidence=confidence)]


def _choose(t: float, passings: Iterable[Passing]) -> Passing | None:
    """The most recent passage that is an open question, else the most recent one."""
    near = [p for p in passings if not p.pressed and 0 <= t - p.t <= WITHIN]
    unclear = [p for p in near if p.unclear(CLEAR)]
    return max(unclear or near, key=lambda p: (p.t, p.number), default=None)


def _latest(t: float, passings: Iterable[Passing]) -> Passing | None:
    near = (p for p in passings if not p.pressed and 0 <= t - p.t <= WITHIN)
    return max(near, key=lambda p: (p.t, p.number), default=None)
