"""The officer's desk: raw button edges become presses. Pure; time is a parameter.

An action counts when its button is let go, so that the same button, held, can mean undo: nobody takes back a press
by making another one first. GPIO buttons, keys and touch all arrive here as the same edges.
"""

from dataclasses import dataclass, field
from typing import Final

from hardware.events import Action, Button, Digit, Press

GROUP_WAIT: Final = 5.0
"""Seconds a digit waits for its action: time to find the button, forgotten by the next visitor."""

STUCK_AFTER: Final = 60.0
"""Seconds after which a button held down is a fault, not a finger: nobody holds one a minute."""


@dataclass(frozen=True, slots=True)
class DeskView:
    """What the screen shows of the desk: the group size typed so far, and since when a button is held (seconds)."""

    group: int = 1
    held_since: float | None = None


@dataclass(slots=True)
class Desk:
    """Turns `Button` and `Digit` events into `Press` values.

    `lockout` is the time in seconds after a press in which the same button is ignored (a double press),
    `undo_hold` the seconds of holding any action button that mean undo.
    """

    lockout: float = 0.6
    undo_hold: float = 2.0
    _down: dict[Action, float] = field(default_factory=dict)
    _undone: set[Action] = field(default_factory=set)
    _last: dict[Action, float] = field(default_factory=dict)
    _group: Digit | None = None

    def handle(self, event: Button | Digit) -> list[Press]:
        """Return the presses that this edge completes."""
        if isinstance(event, Digit):
            self._group = event if 2 <= event.value <= 9 else None
            return []
        presses = self.advance(event.t)
        if event.down:
            self._down.setdefault(event.action, event.t)
            return presses
        since = self._down.pop(event.action, None)
        if event.action in self._undone:
            self._undone.discard(event.action)
        elif since is not None:
            presses += self._let_go(event)
        return presses

    def advance(self, t: float) -> list[Press]:
        """Let time pass to `t` (seconds): a button held long enough becomes one undo, once."""
        presses = []
        for action, since in self._down.items():
            if action not in self._undone and t - since >= self.undo_hold:
                self._undone.add(action)
                presses.append(Press(since + self.undo_hold, Action.UNDO))
        if self._group is not None and t - self._group.t > GROUP_WAIT:
            self._group = None
        return presses

    def stuck(self, t: float) -> list[Action]:
        """The buttons that have been down for longer than a finger holds one."""
        return [action for action, since in self._down.items() if t - since > STUCK_AFTER]

    def view(self) -> DeskView:
        """What to show of the desk now."""
        # Copied first, in one step: the main thread asks while the core's thread changes it.
        held = [since for action, since in list(self._down.items()) if action not in self._undone]
        group = self._group
        return DeskView(group.value if group else 1, min(held, default=None))

    def _let_go(self, event: Button) -> list[Press]:
        last = self._last.get(event.action)
        if last is not None and 0 <= event.t - last < self.lockout:
            return []
        self._last[event.action] = event.t
        count = self._group.value if self._group and event.action is not Action.UNDO else 1
        self._group = None
        return [Press(event.t, event.action, count)]
