"""The whole core of one door in a row: edges are debounced, fingers become presses, the doorway decides.

Pure, like its parts: the live kiosk, a replay and a simulation all drive it by `handle` and `advance`.
"""

from collections.abc import Callable, Iterable
from typing import Protocol

from hardware.events import Action, Beam, Button, Digit, Event, Press
from kiosk.debounce import Debouncer
from kiosk.decisions import Correction, Decision, Entry, Pressed, StickAsked
from kiosk.desk import Desk, DeskView
from kiosk.doorway.asking import Answer, Question
from kiosk.doorway.memory import DoorMemory


class Decider(Protocol):
    """The doorway, as the entrance needs it."""

    def handle(self, event: Event) -> list[Decision]:
        """Take one event."""

    def advance(self, t: float) -> list[Decision]:
        """Let time pass to monotonic second `t`."""

    def think_elsewhere(self, ask: Callable[[Question], None]) -> None:
        """Hand what takes long to `ask` from now on."""

    def answered(self, answer: Answer) -> list[Decision]:
        """Take the answer to what was asked."""

    def finish(self, t: float) -> list[Decision]:
        """Settle whatever is open."""

    def memory(self) -> DoorMemory:
        """What this door has learned; may be asked from any thread."""

    def suspect(self, t: float) -> bool:
        """Whether what is said of the app is doubtful at `t`; may be asked from any thread."""


class Entrance:
    """One door. `beam_hold` and `button_hold` are the seconds an edge must stay to count."""

    def __init__(
        self, doorway: Decider, desk: Desk | None = None, *, beam_hold: float = 0.02, button_hold: float = 0.02
    ) -> None:
        self._doorway = doorway
        self._desk = desk or Desk()
        self._beams: Debouncer[Beam] = Debouncer(beam_hold)
        self._buttons: Debouncer[Button] = Debouncer(button_hold)

    def handle(self, event: Event) -> list[Decision]:
        """Take one event and return what is decided at once."""
        match event:
            case Beam():
                return self._broken(self._beams.feed(event))
            case Button(bounces=False):
                return self._fingers([event])
            case Button():
                return self._fingers(self._buttons.feed(event))
            case Digit():
                self._desk.handle(event)
                return []
            case Press():
                return self._press(event)
            case _:
                return self._doorway.handle(event)

    def advance(self, t: float) -> list[Decision]:
        """Let time pass to monotonic second `t` and return what has become certain."""
        decisions = self._broken(self._beams.advance(t)) + self._fingers(self._buttons.advance(t))
        for press in self._desk.advance(t):
            decisions += self._press(press)
        return decisions + self._doorway.advance(t)

    def think_elsewhere(self, ask: Callable[[Question], None]) -> None:
        """Hand what takes long to `ask` from now on."""
        self._doorway.think_elsewhere(ask)

    def answered(self, answer: Answer) -> list[Decision]:
        """Take the answer to what was asked."""
        return self._doorway.answered(answer)

    def due(self) -> float | None:
        """When a raw edge will have held long enough to count; None while all lines rest."""
        return min((due for due in (self._beams.due(), self._buttons.due()) if due is not None), default=None)

    def finish(self, t: float) -> list[Decision]:
        """No more events come: settle everything."""
        return self.advance(t) + self._doorway.finish(t)

    def desk_view(self) -> DeskView:
        """What the screen shows of the officer's fingers."""
        return self._desk.view()

    def stuck(self, t: float) -> list[str]:
        """The sensors and buttons that have been active for so long that they must be at fault."""
        return sorted({*self._beams.stuck(t), *self._desk.stuck(t)})

    def suspect(self, t: float) -> bool:
        """Whether a flood of strangers makes doubtful what is said of the app at monotonic time `t`."""
        return self._doorway.suspect(t)

    def memory(self) -> DoorMemory:
        """What this door has learned, in plain numbers."""
        return self._doorway.memory()

    def _broken(self, edges: Iterable[Beam]) -> list[Decision]:
        return [decision for edge in edges for decision in self._doorway.handle(edge)]

    def _fingers(self, edges: Iterable[Button]) -> list[Decision]:
        presses = [press for edge in edges for press in self._desk.handle(edge)]
        return [decision for press in presses for decision in self._press(press)]

    def _press(self, press: Press) -> list[Decision]:
        if press.action is Action.STICK:
            return [StickAsked(press.t)]  # says nothing about anybody in the doorway
        decisions = self._doorway.handle(press)
        led_to = tuple(decision for decision in decisions if isinstance(decision, Entry | Correction))
        return [*decisions, Pressed(press.t, press.action, press.count, led_to)]
