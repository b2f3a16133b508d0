"""The officer's desk: raw button edges become presses. Pure; time is a parameter.

An action counts when its button is let go, so that the same button, held, can mean undo: nobody takes back a press
by making another one first. The first and the last button, held together, ask for the log on a stick. GPIO buttons,
keys and touch all arrive here as the same edges.
"""

from dataclasses import dataclass, field
from typing import Final

from hardware.events import Action, Button, Digit, Press

GROUP_WAIT: Final = 5.0
"""Seconds a digit waits for its action: time to find the button, forgotten by the next visitor."""

STUCK_AFTER: Final = 60.0
"""Seconds after which a button held down is a fault, not a finger: nobody holds one a minute."""

PAIR: Final = frozenset({Action.SHOWN, Action.EXIT})
"""The two buttons that ask for the stick when held together: the outermost ones, which no hand covers by chance."""

PAIR_MEANT: Final = 1.0
"""Seconds after which two buttons held together are no two presses any more, whenever they are let go."""


@dataclass(frozen=True, slots=True)
class DeskView:
    """What the screen shows of the desk: the group size typed so far, and since when a button, or the pair, is held.

    Both moments are monotonic seconds.
    """

    group: int = 1
    held_since: float | None = None
    pair_since: float | None = None


@dataclass(slots=True)
class Desk:
    """Turns `Button` and `Digit` events into `Press` values.

    `lockout` is the time in seconds after a press in which the same button is ignored (a double press),
    `undo_hold` the seconds of holding any action button that mean undo, or of holding the pair that mean the stick.
    """

    lockout: float = 0.6
    undo_hold: float = 2.0
    _down: dict[Action, float] = field(default_factory=dict)
    _spent: set[Action] = field(default_factory=set)
    _pair_since: float | None = None
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
            if event.action in PAIR and self._down.keys() >= PAIR and not PAIR & self._spent:
                self._pair_since = event.t
            return presses
        since = self._down.pop(event.action, None)
        if event.action in PAIR:
            self._pair_since = None
        if event.action in self._spent:
            self._spent.discard(event.action)
        elif since is not None:
            presses += self._let_go(event)
        return presses

    def advance(self, t: float) -> list[Press]:
        """Let time pass to `t` (seconds): a button held long enough becomes one undo, once."""
        presses = self._hold_pair(t)
        for action, since in self._held_alone().items():
            if t - since >= self.undo_hold:
                self._spent.add(action)
                presses.append(Press(since + self.undo_hold, Action.UNDO))
        if self._group is not None and t - self._group.t > GROUP_WAIT:
            self._group = None
        return presses

    def stuck(self, t: float) -> list[Action]:
        """The buttons that have been down for longer than a finger holds one."""
        return [action for action, since in self._down.items() if t - since > STUCK_AFTER]

    def view(self) -> DeskView:
        """What to show of the desk now."""
        group, pair_since = self._group, self._pair_since
        held_since = min(self._held_alone().values(), default=None)
        return DeskView(group.value if group else 1, held_since, pair_since)

    def _held_alone(self) -> dict[Action, float]:
        """The buttons whose hold still means undo."""
        paired = PAIR if self._pair_since is not None else frozenset()
        # Copied first, in one step: the main thread asks while the core's thread changes it.
        down = list(self._down.items())
        return {
            action: since
            for action, since in down
            if action not in self._spent and action not in paired and action is not Action.STICK
        }

    def _hold_pair(self, t: float) -> list[Press]:
        since = self._pair_since
        if since is None or t - since < PAIR_MEANT:
            return []
        self._spent |= PAIR
        if t - since < self.undo_hold:
            return []
        self._pair_since = None
        return [Press(since + self.undo_hold, Action.STICK)]

    def _let_go(self, event: Button) -> list[Press]:
        last = self._last.get(event.action)
        if last is not None and 0 <= event.t - last < self.lockout:
            return []
        self._last[event.action] = event.t
        of_people = event.action not in (Action.UNDO, Action.STICK)
        count = self._group.value if self._group and of_people else 1
        self._group = None
        return [Press(event.t, event.action, count)]
