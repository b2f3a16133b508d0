"""The main thread's side: what the core decides and the logbook saves becomes a scene, and the scene a picture.

`decided`, `saved`, `failed`, `shift_saved` and `told` may be called from any thread and only put a value into a box;
everything else belongs to the main thread.
"""

import datetime
import queue
from collections.abc import Callable, Sequence
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from hardware.clock import Clock
from hardware.events import Action
from kiosk.answers import Answers
from kiosk.bell import Bell
from kiosk.decisions import App, Decision, Direction, Entry, Passage, Pressed, Shift, StickAsked
from kiosk.desk import DeskView
from kiosk.handover import Duty
from kiosk.logbook.values import Counts, NotSaved, Saved
from kiosk.screen import cues
from kiosk.screen.scene import Scene
from kiosk.screen.stage import Stage
from kiosk.sound.voice import Voice

LONGEST: Final = 1.0
"""Seconds between two looks at the stage when nothing is due: the faults in the corner may have changed."""

OPEN_BELOW: Final = 0.75
"""Confidence below which a settled arrival is offered to the officer: about where one in four would be wrong."""

OPEN_FOR: Final = 60.0
"""Seconds after a passage in which a press settles it: the rule of the desk."""

News = Sequence[Decision] | Saved | NotSaved | Shift | cues.Cue
Listener = Callable[[Saved], None]


class Picture(Protocol):
    """Where a scene is shown."""

    def show(self, scene: Scene) -> None:
        """Draw what differs from the scene before."""


class Front:
    """Tells the stage what happened and shows what it makes of it. `picture` is None for a kiosk without a screen."""

    def __init__(
        self, stage: Stage, duty: Duty, clock: Clock, zone: ZoneInfo, listener: Listener = lambda _: None
    ) -> None:
        self.stage = stage
        self.duty = duty
        self.desk: Callable[[], DeskView] = DeskView
        """What the officer's fingers are doing, asked at every turn."""
        self.picture: Picture | None = None
        self.woken = Bell()
        """Rings when there is news for the main thread."""
        self._clock = clock
        self._zone = zone
        self._listener = listener
        self.voice: Voice | None = None
        """What lets it be heard; None for a silent kiosk."""
        self.to_stick: Callable[[], None] = lambda: None
        """Begins a copy of the logbook to a USB stick."""
        self._answers = Answers()
        self._last_action = Action.UNDO
        self._opened = clock.monotonic()
        self._box: queue.SimpleQueue[News] = queue.SimpleQueue()

    def decided(self, decisions: Sequence[Decision]) -> None:
        """Take what the core decided, before the logbook gets it, so that no answer comes too early."""
        self._put(decisions)

    def saved(self, saved: Saved) -> None:
        """Take what the logbook has on the disk."""
        self._put(saved)

    def failed(self, failed: NotSaved) -> None:
        """Take what the logbook could not save."""
        self._put(failed)

    def shift_saved(self, shift: Shift) -> None:
        """Take the beginning of a shift that the logbook has on the disk."""
        self._put(shift)

    def told(self, cue: cues.Cue) -> None:
        """Take what another thread has to say to the screen."""
        self._put(cue)

    def counted(self, today: Counts) -> None:
        """Show these counts as today's, before anything new is saved."""
        self.stage.total = today.going(Direction.IN)

    def turn(self) -> float:
        """Take in the news, show the scene, and return the seconds until it changes by itself."""
        self.woken.still()
        while not self._box.empty():
            self._take(self._box.get())
        now = self._clock.monotonic()
        self.stage.desk(self.desk(), now)
        changes_at = self.stage.holds_until(now)
        if changes_at is None:
            scene, changes_at = self.stage.at(now, self.local(self._clock.utc()))
            if self.picture is not None:
                self.picture.show(scene)
        if self.voice is not None:
            self.voice.turn(now)
        return min(max(changes_at - now, 0.0), LONGEST)

    def local(self, utc: float) -> datetime.datetime:
        """The local time of an epoch second."""
        return datetime.datetime.fromtimestamp(utc, self._zone)

    def _cue(self, cue: cues.Cue) -> None:
        self.stage.cue(cue)
        if self.voice is not None:
            self.voice.cue(cue)

    def _put(self, news: News) -> None:
        self._box.put(news)
        self.woken.ring()

    def _take(self, news: News) -> None:
        match news:
            case Saved():
                self.counted(news.today)
                for written in news.decisions:
                    self.duty.shift.see(written)
                for pressed in self._answers.saved(news.decisions):
                    self._answer(pressed)
                self._listener(news)
            case NotSaved():
                find = self._answers.lost if news.given_up else self._answers.late
                if find(news.decisions):
                    self._cue(cues.NotSaved(self._clock.monotonic()))
            case Shift():
                self._cue(self.duty.handed_over(news, self._clock.monotonic()))
            case Sequence():
                for decision in news:
                    self._decided(decision)
            case _:
                self._cue(news)

    def _decided(self, decision: Decision) -> None:
        self.stage.see(decision)
        if self.voice is not None and isinstance(decision, Passage) and decision.t >= self._opened:
            self.voice.see(decision, self.local(self._clock.utc()))
        if isinstance(decision, StickAsked):
            self.to_stick()
        elif isinstance(decision, Pressed):
            if not self._answers.pressed(decision):
                self._cue(cues.Refused(decision.t))
        elif isinstance(decision, Entry) and _is_open(decision):
            now = self._clock.monotonic()
            until = decision.t + OPEN_FOR
            if until > now:
                at = self.local(self._clock.utc() - (now - decision.t))
                self._cue(cues.Question(now, f"{at:%H:%M}", until))

    def _answer(self, pressed: Pressed) -> None:
        now = self._clock.monotonic()
        if pressed.t < self._opened:
            return  # nobody waits for an answer to what a demonstration tells of the past
        total = self.stage.total or 0
        if pressed.action is Action.UNDO:
            self._cue(cues.Undone(now, self._last_action, total))
        else:
            self._last_action = pressed.action
            self._cue(cues.Saved(now, pressed.action, total, pressed.count))


def _is_open(entry: Entry) -> bool:
    """Whether an entry stays unclear and the officer may know better."""
    unclear = entry.app in (App.DETECTED, App.NOT_DETECTED) and entry.confidence < OPEN_BELOW
    return entry.direction is Direction.IN and unclear
